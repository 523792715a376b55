import { jaegerDialects } from './jaegerDialect';

const convert = (query: Record<string, unknown>) => jaegerDialects.find((it) => it.recognizes(query))?.convert(query);

it.each<[name: string, query: Record<string, unknown>, converted: unknown]>([
  [
    'a search with every field',
    {
      queryType: 'search',
      service: 'cart',
      operation: 'GET /',
      tags: 'error=true http.status_code=500',
      minDuration: '1ms',
      maxDuration: '2s',
      limit: 20,
      query: '',
    },
    {
      queryType: 'search',
      service: 'cart',
      operation: 'GET /',
      tags: 'error=true http.status_code=500',
      minDuration: '1ms',
      maxDuration: '2s',
      limit: 20,
    },
  ],
  ['all operations', { queryType: 'search', service: 'a', operation: 'All' }, { queryType: 'search', service: 'a' }],
  ['a search without its type', { service: 'a', limit: '7' }, { queryType: 'search', service: 'a', limit: '7' }],
  ['the dependency graph', { queryType: 'dependencyGraph' }, { queryType: 'serviceGraph' }],
  [
    'a search for logs of the built-in Tempo source',
    { queryType: 'search', linkedQuery: { expr: '{app="a"}' } },
    undefined,
  ],
  ['an upload, which is no store’s own', { queryType: 'upload' }, undefined],
  ['a lookup, which needs no dialect', { query: '${traceId}' }, undefined],
  ['nothing', {}, undefined],
])('%s', (_, query, converted) => {
  expect(convert(query)).toEqual(converted);
});
