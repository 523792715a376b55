import { exploreHref, isEmptyQuery, nextRefId, readExploreState } from './exploreUrl';

const searchOf = (href: string) => href.slice(href.indexOf('?'));

test('what is written is read back, without what was undefined', () => {
  const state = {
    datasource: 'traces',
    queries: [{ refId: 'B', query: 'a&b="ü"', queryType: undefined }],
    range: { from: 'now-1h', to: 'now' },
  };
  expect(readExploreState(searchOf(exploreHref(state)))).toEqual({
    ...state,
    queries: [{ refId: 'B', query: 'a&b="ü"' }],
  });
});

test('a link without refIds gets them', () => {
  const href = `/explore?left=${encodeURIComponent('{"datasource":"x","queries":[{"query":"1"},{"query":"2"}]}')}`;
  expect(readExploreState(searchOf(href)).queries.map(({ refId }) => refId)).toEqual(['A', 'B']);
});

test('the first of several panes is read', () => {
  const panes = { one: { datasource: 'x', queries: [{ query: '1' }] }, two: { datasource: 'y', queries: [] } };
  const search = `?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
  expect(readExploreState(search)).toEqual({ datasource: 'x', queries: [{ refId: 'A', query: '1' }] });
});

test.each([
  '',
  '?panes={',
  '?panes=null',
  '?panes={}',
  '?left=',
  '?left={',
  '?left=null',
  '?left={"queries":7}',
  '?left={"queries":[null,3]}',
])('an unreadable address %p is an empty state', (search) => {
  expect(readExploreState(search).queries).toEqual([]);
});

test.each([
  [[], 'A'],
  [['A', 'C'], 'B'],
  [[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'], 'AA'],
])('after %j comes %s', (used, expected) => {
  expect(nextRefId(used.map((refId) => ({ refId })))).toBe(expected);
});

test.each([
  [{ refId: 'A', queryType: 'traceql', datasource: { uid: 'x' } }, true],
  [{ refId: 'A', query: '' }, true],
  [{ refId: 'A', query: '1' }, false],
])('%j is new: %s', (query, expected) => {
  expect(isEmptyQuery(query)).toBe(expected);
});
