import { traceFromText } from '../../testkit/traceFromText';
import type { SearchRequest, TraceBackend } from '../backends/backend';
import { summarizeTrace, type TraceSummary } from '../model/summary';
import type { AdHocFilter } from '../query/adHocFilters';
import { spanTestOf } from './adHoc';
import { column, noticesOf, runTarget } from './testing/runTarget';
import { fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './testing/fakeServices';
import { chainTrace, TRACE_ID } from './testing/spans';
import { TraceDataSource } from './TraceDataSource';

const sourceOf = (methods: Partial<TraceBackend>) =>
  new TraceDataSource(instanceSettings(), fakeServices(fakeDefinition(() => fakeBackend(methods))));
const source = sourceOf({
  listServices: async () => ['cart', 'web'],
  listSpanNames: async (service) => [{ name: `GET ${service}`, kinds: [] }],
  listAttributeKeys: async () => [{ key: 'http.route' }],
  listAttributeValues: async ({ key }) => [`${key}!`],
});
const texts = (values: ReadonlyArray<{ readonly text: string }>) => values.map(({ text }) => text);
const adHoc = (key: string, operator: string, value: string, values?: string[]): AdHocFilter => ({
  key,
  operator,
  value,
  ...(values && { values }),
});
const serviceIs = (value: string) => ({ key: 'service.name', operator: '=', value });

it('offers the fields of a search, then attributes', async () => {
  expect(texts(await source.getTagKeys())).toEqual(['service.name', 'operation', 'status', 'duration', 'http.route']);
});

test.each<[string, Parameters<typeof source.getTagValues>[0]['filters'], readonly string[]]>([
  ['service.name', [serviceIs('web')], ['cart', 'web']],
  ['operation', [], ['GET cart', 'GET web']],
  ['operation', [serviceIs('web')], ['GET web']],
  ['status', [], ['ok', 'error', 'unset']],
  ['http.route', [], ['http.route!']],
])('offers values of %s with the filters %j', async (key, filters, expected) => {
  expect(texts(await source.getTagValues({ key, filters }))).toEqual(expected);
});

describe('spans', () => {
  const [root, child] = traceFromText(`
    web   GET /  [0---20]  server {code=500}
    cart    load   [2-7]   client ! {code=200}
  `).spans;
  const kept = (...filters: AdHocFilter[]) => {
    const keeps = spanTestOf(filters);
    return keeps && [root, child].filter(keeps).map(({ name }) => name);
  };

  test.each<[AdHocFilter, readonly string[]]>([
    [adHoc('service.name', '=', 'cart'), ['load']],
    [adHoc('service.name', '!=', 'cart'), ['GET /']],
    [adHoc('operation', '=', 'load'), ['load']],
    [adHoc('operation', '!=|', 'load', ['load', 'save']), ['GET /']],
    [adHoc('operation', '=~', 'GET .*'), ['GET /']],
    [adHoc('status', '=', 'error'), ['load']],
    [adHoc('status', '=|', 'ok', ['ok', 'unset']), ['GET /']],
    [adHoc('status', '!=', 'error'), ['GET /']],
    [adHoc('duration', '>', '10ms'), ['GET /']],
    [adHoc('duration', '>', '20ms'), ['GET /']],
    [adHoc('duration', '<', '5ms'), ['load']],
    [adHoc('code', '>', '300'), ['GET /']],
    [adHoc('a', '=', ''), ['GET /', 'load']],
  ])('that %j leaves', (adHoc, names) => {
    expect(kept(adHoc) ?? ['GET /', 'load']).toEqual(names);
  });

  it('must fulfil all filters', () => {
    expect(kept(adHoc('status', '=', 'error'), adHoc('duration', '>', '10ms'))).toEqual([]);
    expect(kept()).toBeUndefined();
  });
});

describe('a panel', () => {
  const trace = chainTrace(['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb']);
  const summaries: TraceSummary[] = [summarizeTrace(trace)];
  const filters = [{ key: 'service.name', operator: '=', value: 'checkout' }];

  it('asks what the filters leave', async () => {
    const asked: SearchRequest[] = [];
    const searchTraces = async (request: SearchRequest) => {
      asked.push(request);
      return { summaries, isLimited: false, notices: [] };
    };
    const methods = { searchTraces };
    await runTarget({ refId: 'A', queryType: 'search' }, { methods, request: { filters } });
    expect(asked).toMatchObject([{ service: 'checkout' }]);
    const left = [{ key: 'x', operator: '>=', value: '1' }];
    const [frame] = await runTarget({ refId: 'A', queryType: 'search' }, { methods, request: { filters: left } });
    expect(noticesOf(frame)).toEqual([expect.stringContaining('cannot be applied to this query: x >= 1')]);
  });

  test.each([
    ['checkout', 2],
    ['web', 0],
  ])('shows spans of %s in a table of spans', async (value, rows) => {
    const [frame] = await runTarget(
      { refId: 'A', queryType: 'traceql', query: TRACE_ID, view: 'spans' },
      { methods: { fetchTrace: async () => trace }, request: { filters: [{ ...filters[0], value }] } }
    );
    expect(column(frame, 'spanID')?.length).toBe(rows);
  });
});

it('hands its filters over to Explore', () => {
  const [query] = source.interpolateVariablesInQueries([{ refId: 'A', queryType: 'search' }], {}, [serviceIs('web')]);
  expect(query).toMatchObject({ service: 'web' });
});
