import { applyAdHocFilters, type AdHocFilter } from './adHocFilters';
import type { SearchQuery, TraceQuery } from './query';

const search = (fields: Partial<SearchQuery> = {}): TraceQuery => ({ refId: 'A', queryType: 'search', ...fields });
const filter = (key: string, operator: string, value: string, values?: string[]): AdHocFilter => ({
  key,
  operator,
  value,
  ...(values && { values }),
});

test.each<[string, Partial<SearchQuery>, AdHocFilter, Partial<SearchQuery>]>([
  ['a service', {}, filter('service.name', '=', 'a'), { service: 'a' }],
  ['several services', {}, filter('service.name', '=|', 'a', ['a', 'b']), { service: '{a,b}' }],
  ['one of the services asked for', { service: '{a,b}' }, filter('service.name', '=', 'b'), { service: 'b' }],
  [
    'all services but one',
    { service: 'a' },
    filter('service.name', '!=', 'b'),
    { service: 'a', filters: [{ key: 'service.name', operator: '!=', value: 'b' }] },
  ],
  ['an operation', {}, filter('operation', '=', 'GET /'), { operation: 'GET /' }],
  ['a status', {}, filter('status', '=', 'error'), { status: 'error' }],
  ['any other status', {}, filter('status', '!=', 'error'), { status: '{ok,unset}' }],
  ['a shortest duration', {}, filter('duration', '>', '1s'), { minDuration: '1s' }],
  ['a longest duration', {}, filter('duration', '<', '1s'), { maxDuration: '1s' }],
  [
    'an attribute, beside those of the query',
    { filters: [{ key: 'a', operator: 'exists', value: '' }] },
    filter('b', '=~', 'x.*'),
    {
      filters: [
        { key: 'a', operator: 'exists', value: '' },
        { key: 'b', operator: '=~', value: 'x.*' },
      ],
    },
  ],
  [
    'an attribute with any of several values',
    {},
    filter('a', '=|', 'x.y', ['x.y', 'z']),
    { filters: [{ key: 'a', operator: '=~', value: 'x\\.y|z' }] },
  ],
  [
    'an attribute with none of several values',
    {},
    filter('a', '!=|', 'x', ['x', 'z']),
    { filters: [{ key: 'a', operator: '!~', value: 'x|z' }] },
  ],
  ['nothing, while it is being chosen', {}, filter('a', '=', ''), {}],
])('narrows a search by %s', (_name, fields, adHoc, expected) => {
  expect(applyAdHocFilters(search(fields), [adHoc])).toEqual({ query: search(expected), leftOut: [] });
});

test.each([filter('a', '>=', '5'), filter('operation', '!=', 'GET /'), filter('duration', '=', '1s')])(
  'tells that %j does not fit',
  (adHoc) => {
    const { query, leftOut } = applyAdHocFilters(search(), [adHoc]);
    expect(query).toEqual(search());
    expect(leftOut).toEqual([`${adHoc.key} ${adHoc.operator} ${adHoc.value}`]);
  }
);

it('says when nothing can match both', () => {
  const { query } = applyAdHocFilters(search({ service: 'a' }), [filter('service.name', '=', 'b')]);
  expect(query).toMatchObject({
    queryType: 'unsupported',
    reason: 'The query asks for the service a, the filter of the dashboard for b: nothing can match both.',
  });
});

it('narrows the searches of a comparison, and leaves a lookup what it is', () => {
  const lookup: TraceQuery = { refId: 'A', queryType: 'traceql', query: 'ab' };
  const filters = [filter('service.name', '=', 'b')];
  expect(applyAdHocFilters(lookup, filters)).toEqual({ query: lookup, leftOut: [] });
  const compare: TraceQuery = {
    refId: 'A',
    queryType: 'compare',
    baseline: { queryType: 'search', earlierBy: '1d' },
    comparison: { queryType: 'traceql', query: 'ab' },
  };
  expect(applyAdHocFilters(compare, filters).query).toEqual({
    ...compare,
    baseline: { queryType: 'search', service: 'b', earlierBy: '1d' },
  });
});

it('narrows a graph to what is around services, and tells what else was asked', () => {
  const graph: TraceQuery = { refId: 'A', queryType: 'serviceGraph' };
  const narrowed = (query: TraceQuery, ...filters: AdHocFilter[]) => applyAdHocFilters(query, filters);
  expect(narrowed(graph, filter('service.name', '=', 'b'), filter('a', '=', 'b'))).toEqual({
    query: { ...graph, service: 'b' },
    leftOut: ['a = b'],
  });
  expect(narrowed(graph, filter('service.name', '=|', 'b', ['b', 'c']))).toEqual({
    query: { ...graph, service: '{b,c}' },
    leftOut: [],
  });
  expect(narrowed({ ...graph, service: '{a,b}' }, filter('service.name', '=|', 'b', ['b', 'c'])).query).toEqual({
    ...graph,
    service: 'b',
  });
  expect(narrowed(graph, filter('service.name', '!=', 'b')).leftOut).toEqual(['service.name != b']);
  expect(narrowed({ ...graph, service: 'a' }, filter('service.name', '=', 'b')).query).toMatchObject({
    reason: expect.stringMatching(/^The query asks for the service a/),
  });
});

it('tells of a text in the language of a store that it is not narrowed', () => {
  const query: TraceQuery = { refId: 'A', queryType: 'language', query: '{ }' };
  expect(applyAdHocFilters(query, [filter('a', '=', 'b')])).toEqual({ query, leftOut: ['a = b'] });
});

test.each<[TraceQuery, readonly string[]]>([
  [{ refId: 'A', queryType: 'traceql', query: 'ab', view: 'spans' }, ['code >= 5']],
  [{ refId: 'A', queryType: 'traceql', query: 'ab', view: 'statistics' }, []],
  [{ refId: 'A', queryType: 'document', text: '{}' }, ['code >= 5']],
  [{ refId: 'A', queryType: 'search', view: 'spans' }, ['code >= 5']],
  [{ refId: 'A', queryType: 'search' }, ['operation != load', 'code >= 5']],
])('spans of %j are read one by one, but for what no span can be asked', (query, leftOut) => {
  const filters = [filter('operation', '!=', 'load'), filter('code', '>=', '5')];
  expect(applyAdHocFilters(query, filters)).toEqual({ query, leftOut });
});
it('narrows metrics by service and operation, and by all else the traces of a sample', () => {
  const metrics: TraceQuery = { refId: 'A', queryType: 'metrics', services: ['a', 'b'] };
  const filters = [
    filter('service.name', '=', 'b'),
    filter('operation', '=|', 'GET /', ['GET /', 'PUT /']),
    filter('x', '=', '1'),
    filter('status', '=', 'error'),
    filter('duration', '>', '1s'),
    filter('duration', '=', '2s'),
  ];
  expect(applyAdHocFilters(metrics, filters)).toEqual({
    query: {
      ...metrics,
      services: ['b'],
      operation: '{GET /,PUT /}',
      narrowedBy: { filters: [{ key: 'x', operator: '=', value: '1' }], status: 'error', minDuration: '1s' },
    },
    leftOut: ['duration = 2s'],
  });
  expect(applyAdHocFilters(metrics, filters.slice(0, 1)).query).toEqual({ ...metrics, services: ['b'] });
  expect(applyAdHocFilters(metrics, [filter('service.name', '=', 'c')]).query).toHaveProperty(
    'reason',
    'The query asks for the service a or b, the filter of the dashboard for c: nothing can match both.'
  );
});
