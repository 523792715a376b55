import { importForeignQueries } from './importForeignQueries';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const empty = { queryType: 'traceql', query: '' };

test.each<[string, object, object]>([
  ['a lookup of another source', { query: ID, queryType: 'traceID' }, { queryType: 'traceql', query: ID }],
  ['a log line filter with an id', { expr: `{app="shop"} |= "${ID}"` }, { queryType: 'traceql', query: ID }],
  ['a structured filter with an id', { expr: `{app="shop"} | trace_id="${ID}"` }, { queryType: 'traceql', query: ID }],
  ['an id as label', { expr: `{trace_id="${ID}"}` }, { queryType: 'traceql', query: ID }],
  [
    'a log selector',
    { expr: '{namespace="x", service_name="shop"} |= "err"' },
    { queryType: 'search', service: 'shop' },
  ],
  [
    'a metric selector',
    { expr: 'rate(http_total{job="shop", service="cart"}[5m])' },
    { queryType: 'search', service: 'cart' },
  ],
  ['a selector by pattern', { expr: '{app=~"shop.*"}' }, empty],
  ['a metric', { expr: 'up' }, empty],
  ["Tempo's filters", { queryType: 'nativeSearch', serviceName: 'shop' }, { queryType: 'search', service: 'shop' }],
  [
    'TraceQL of a simple shape',
    { queryType: 'traceql', query: '{ resource.service.name = "shop" && duration > 1s }' },
    { queryType: 'search', service: 'shop', minDuration: '1s' },
  ],
  ['TraceQL', { queryType: 'traceql', query: '{ } >> { duration > 1s }' }, empty],
  [
    "Jaeger's search",
    { queryType: 'search', service: 'shop', tags: 'a=b', maxDuration: '1s' },
    { queryType: 'search', service: 'shop', tags: 'a=b', maxDuration: '1s' },
  ],
  [
    "Tempo's search for logs",
    { queryType: 'search', linkedQuery: { expr: '{app="shop"}' } },
    { queryType: 'search', service: 'shop' },
  ],
  [
    "Tempo's search for logs with an id",
    { queryType: 'search', linkedQuery: { expr: `{app="shop"} |= "${ID}"` } },
    { queryType: 'traceql', query: ID },
  ],
  ['SQL', { queryType: 'sql', rawSql: 'SELECT 1' }, empty],
])('%s', (_name, query, expected) => {
  const [imported] = importForeignQueries([{ ...query, refId: 'B', key: 'k' }], { dialects: [] });
  expect(imported).toMatchObject({ ...expected, refId: 'B', key: 'k' });
});
