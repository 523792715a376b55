import type { TimeWindow } from '../model/time';
import type { BackendCapabilities } from './capabilities';
import { compileSearch, statusPlace } from './compileSearch';
import type { SearchQuery } from './query';

const panel: TimeWindow = { fromUnixNano: 1_000_000_000n, toUnixNano: 9_000_000_000n };
const capable: BackendCapabilities = {
  search: 'any',
  attributeOperators: ['='],
  durationRange: true,
  spanNames: true,
  attributeCatalogue: false,
  dependencies: true,
  timeSeries: false,
  rawTraces: true,
  traceWindow: true,
};
const compile = (fields: Partial<SearchQuery>, capabilities: Partial<BackendCapabilities> = {}) =>
  compileSearch({ refId: 'A', queryType: 'search', ...fields }, panel, { ...capable, ...capabilities });

it('asks for everything when nothing is said', () => {
  expect(compile({ service: ' ', operation: '', tags: '', minDuration: '' })).toEqual({
    services: [],
    spanNames: [],
    common: { attributes: [], limit: 20, window: panel },
  });
});

it('writes names as the store keeps them', () => {
  const named = { service: 'Shop', operation: 'GET /Cart', remoteService: ' Bank ', tags: 'Key=Value' };
  const { services, spanNames, common } = compile(named, { lowerCaseNames: true });
  expect([services, spanNames, common.remoteService]).toEqual([['shop'], ['get /cart'], 'bank']);
  expect(common.attributes).toEqual([{ key: 'Key', operator: '=', value: 'Value' }]);
  expect(compile(named)).toMatchObject({ services: ['Shop'], common: { remoteService: 'Bank' } });
});

it('gives a store that takes one value for a key the first, and applies the others here', () => {
  const filter = (key: string, value: string) => ({ key, operator: '=' as const, value });
  const { common, here } = compile({ tags: 'a=1 b=1 a=2 a=1', filters: [filter('a', '3'), filter('b', '1')] });
  expect(common.attributes).toEqual([filter('a', '1'), filter('b', '1'), filter('a', '1'), filter('b', '1')]);
  expect(here).toEqual({ attributes: [filter('a', '2'), filter('a', '3')] });
});

it('reads every field', () => {
  expect(
    compile(
      {
        service: 'shop ',
        operation: '{GET,POST}',
        tags: 'a=1 a=2',
        minDuration: '1.5ms',
        maxDuration: '2s',
        limit: '7',
      },
      { repeatedKeys: true }
    )
  ).toEqual({
    services: ['shop'],
    spanNames: ['GET', 'POST'],
    common: {
      attributes: [
        { key: 'a', operator: '=', value: '1' },
        { key: 'a', operator: '=', value: '2' },
      ],
      minDuration: 1_500_000,
      maxDuration: 2_000_000_000,
      limit: 7,
      window: panel,
    },
  });
});

test.each(['.*', '.+', '*', '$__all', '{a,.*}'])('a service of %s is any', (service) => {
  expect(compile({ service }).services).toEqual([]);
});

it('gives the server the operators it knows, and keeps the others', () => {
  const filters = [
    { key: 'b', operator: '!=', value: '1' },
    { key: 'c', operator: '=', value: '2' },
    { key: 'd', operator: 'exists', value: '' },
  ] as const;
  expect(compile({ tags: 'a=0', filters })).toMatchObject({
    common: { attributes: [{ key: 'a', operator: '=', value: '0' }, filters[1]] },
    here: { attributes: [filters[0], filters[2]] },
  });
  const all = compile({ filters }, { attributeOperators: ['=', '!=', 'exists'] });
  expect(all.common.attributes).toEqual(filters);
  expect(all).not.toHaveProperty('here');
});

test.each<[string | undefined, Partial<BackendCapabilities>, object, 'server' | 'browser' | undefined]>([
  [undefined, {}, { common: { attributes: [] } }, undefined],
  ['{ok,error,unset}', {}, { common: { attributes: [] } }, undefined],
  ['error', {}, { common: { attributes: [{ key: 'error', operator: '=', value: 'true' }] } }, 'server'],
  ['error', { statusFilter: true }, { common: { status: 'error', attributes: [] } }, 'server'],
  ['error', { attributeOperators: [] }, { here: { statuses: ['error'] } }, 'browser'],
  ['ok', {}, { common: { attributes: [] }, here: { statuses: ['ok'] } }, 'browser'],
  ['ok', { statusFilter: true }, { common: { status: 'ok' } }, 'server'],
  ['{ok,unset}', { statusFilter: true }, { here: { statuses: ['ok', 'unset'] } }, 'browser'],
])('status %s on a server with %j', (status, capabilities, expected, place) => {
  expect(compile({ status }, capabilities)).toMatchObject(expected);
  expect(statusPlace(status, { ...capable, ...capabilities })).toBe(place);
});

it('looks at the window of the address it came from', () => {
  const { window } = compile({ fromMs: 1767225600000, toMs: 1767229200000 }).common;
  expect(window.fromUnixNano).toBe(1_767_225_600_000_000_000n);
});

test.each<[Partial<SearchQuery>, RegExp]>([
  [{ tags: 'a="' }, /quote/],
  [{ minDuration: '5' }, /unit/],
])('refuses %j', (fields, message) => {
  expect(() => compile(fields)).toThrow(message);
});
