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
  ['a selector in backticks', { expr: '{app=`shop`} |= `x`' }, { queryType: 'search', service: 'shop' }],
  ['a selector by pattern', { expr: '{app=~"shop.*"}' }, empty],
  ['a metric', { expr: 'up' }, empty],
  ["Tempo's filters", { queryType: 'nativeSearch', serviceName: 'shop' }, { queryType: 'search', service: 'shop' }],
  [
    'TraceQL of a simple shape',
    { queryType: 'traceql', query: '{ resource.service.name = "shop" && duration > 1s }' },
    { queryType: 'search', service: 'shop', minDuration: '1s' },
  ],
  ['TraceQL without a service', { queryType: 'traceql', query: '{ } >> { nestedSetParent < 0 }' }, empty],
  [
    'TraceQL between spans',
    { queryType: 'traceql', query: '{ resource.service.name = "cart" } >> { duration > 1s }', filters: [] },
    { queryType: 'search', service: 'cart', minDuration: undefined },
  ],
  [
    'TraceQL with a comparison that no row has',
    { queryType: 'traceql', query: '{ resource.service.name="cart" && span.http.status_code >= 500 && span.a = "b" }' },
    { queryType: 'search', service: 'cart', tags: 'a=b' },
  ],
  [
    'TraceQL with fields of the span',
    {
      queryType: 'traceql',
      query: '{ resource.service.name="cart" && kind = server && status = error && span.x != nil }',
    },
    {
      queryType: 'search',
      service: 'cart',
      status: 'error',
      tags: 'span.kind=server',
      filters: [{ key: 'x', operator: 'exists', value: '' }],
    },
  ],
  [
    'TraceQL with a pipeline',
    { queryType: 'traceql', query: '{ resource.service.name = "cart" } | count() > 3', limit: 7 },
    { queryType: 'search', service: 'cart', limit: 7 },
  ],
  [
    'TraceQL with alternatives',
    {
      queryType: 'traceql',
      query:
        '{ resource.service.name = "a" || name = "b" && (.x = 1 || .y = "&& )") && .z !~ "q" } with (most_recent=true)',
    },
    {
      queryType: 'search',
      service: undefined,
      operation: undefined,
      filters: [{ key: 'z', operator: '!~', value: 'q' }],
    },
  ],
  [
    "rows of Tempo's builder",
    {
      queryType: 'traceqlSearch',
      filters: [
        { tag: 'service.name', scope: 'resource', operator: '=', value: ['cart'] },
        { tag: 'name', scope: 'span', operator: '=', value: 'GET /cart' },
        { tag: 'http.method', scope: 'span', operator: '!=', value: 'GET' },
        { tag: 'http.status_code', scope: 'span', operator: '>=', value: '500' },
      ],
    },
    {
      queryType: 'search',
      service: 'cart',
      operation: 'GET /cart',
      filters: [{ key: 'http.method', operator: '!=', value: 'GET' }],
    },
  ],
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
  expect(imported).toEqual({ ...expected, refId: 'B', key: 'k', schemaVersion: 1 });
});
