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

it('tells of a graph that it is not narrowed', () => {
  const { leftOut } = applyAdHocFilters({ refId: 'A', queryType: 'serviceGraph' }, [filter('a', '=', 'b')]);
  expect(leftOut).toEqual(['a = b']);
});

it('narrows metrics by service and operation, and tells what else was asked', () => {
  const metrics: TraceQuery = { refId: 'A', queryType: 'metrics', services: ['a', 'b'] };
  const filters = [filter('service.name', '=', 'b'), filter('operation', '=', 'GET /'), filter('x', '=', '1')];
  expect(applyAdHocFilters(metrics, filters)).toEqual({
    query: { ...metrics, services: ['b'], operation: 'GET /' },
    leftOut: ['x = 1'],
  });
  expect(applyAdHocFilters(metrics, [filter('service.name', '=', 'c')]).query).toHaveProperty(
    'reason',
    'The query asks for the service a or b, the filter of the dashboard for c: nothing can match both.'
  );
});
