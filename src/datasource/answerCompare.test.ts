import type { DataFrame } from '@grafana/data';

import { traceFromText } from '../../testkit/traceFromText';
import type { RequestContext, SearchRequest, TraceRequest } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { summarizeTrace } from '../model/summary';
import { unixMillis, unixNanoFromMillis } from '../model/time';
import type { Trace } from '../model/trace';
import { column, HOUR, kinds, noticesOf, runTarget, sentenceOf } from './testing/runTarget';
import { START_MS } from './testing/spans';

const GOOD = '1'.repeat(32);
const BAD = '2'.repeat(32);

const traces = [
  traceFromText('shop  GET /cart  [0---20]  {version="1"}\ncart    load     [2-6]', { traceId: GOOD }),
  traceFromText('shop  GET /cart  [0---50]  {version="2"}\ncart    load     [2-46]', { traceId: BAD }),
];

/** A store with a good and a bad trace: the bad one is what is found with `error=true`. */
function store() {
  const searched: SearchRequest[] = [];
  const searchTraces = async (request: SearchRequest) => {
    searched.push(request);
    const found = traces.filter(({ traceId }) => (request.attributes.length > 0 ? traceId === BAD : true));
    return { summaries: found.map(summarizeTrace), isLimited: false, notices: [] };
  };
  const fetchTrace = async ({ traceId }: TraceRequest) => {
    const trace = traces.find((one) => one.traceId === traceId);
    if (!trace) {
      throw new BackendError('trace-not-found', { backend: 'fake' });
    }
    return trace;
  };
  return { searched, methods: { searchTraces, fetchTrace } };
}

const trace = (query: string) => ({ queryType: 'traceql', query });
const target = (fields: object) => ({
  refId: 'D',
  queryType: 'compare',
  baseline: trace(GOOD),
  comparison: trace(BAD),
  ...fields,
});

it.each([
  [undefined, 'flamegraph', 'Difference flame graph'],
  ['flameGraph', 'flamegraph', 'Difference flame graph'],
  ['operations', 'table', 'Comparison'],
  ['attributes', 'table', 'Attributes that differ'],
])('the view %s is one frame for the panel %s', async (view, kind, name) => {
  const frames = await runTarget(target({ view }), store());
  expect(kinds(frames)).toEqual([kind]);
  expect(frames[0]).toMatchObject({ name, refId: 'D' });
});

it('the baseline is left, the comparison right', async () => {
  const [flame] = await runTarget(target({}), store());
  expect([column(flame, 'value')?.[0], column(flame, 'valueRight')?.[0]]).toEqual([20e6, 50e6]);
  const [operations] = await runTarget(target({ view: 'operations' }), store());
  expect([column(operations, 'operation')?.[0], column(operations, 'selfChange')?.[0]]).toEqual(['load', 40e6]);
});

it('a search is compared with another, or with a trace', async () => {
  const comparison = { queryType: 'search', tags: 'error=true' };
  const { searched, methods } = store();
  const query = target({ baseline: { queryType: 'search' }, comparison, view: 'attributes' });
  const [frame] = await runTarget(query, { methods });
  expect(searched).toHaveLength(2);
  expect(column(frame, 'attributeValue')).toContain('1');
  const [mixed] = await runTarget(target({ comparison, view: 'operations' }), store());
  expect(column(mixed, 'selfChange')?.[0]).toBe(40e6);
});

it('a search may look at an earlier time', async () => {
  const { searched, methods } = store();
  const side = { queryType: 'search', service: 'shop' };
  await runTarget(target({ baseline: { ...side, earlierBy: '1h' }, comparison: side }), { methods });
  expect(searched.map(({ window }) => [unixMillis(window.fromUnixNano), unixMillis(window.toUnixNano)])).toEqual([
    [START_MS - 2 * HOUR, START_MS - HOUR],
    [START_MS - HOUR, START_MS],
  ]);
});

it('tells which side a remark is about', async () => {
  const [frame] = await runTarget(target({ comparison: { ...trace(BAD), rootSpanId: 'dead' } }), store());
  expect(noticesOf(frame)).toEqual([expect.stringMatching(/^Comparison: This trace has no span dead/)]);
});

it.each([
  ['a trace that is not there', { comparison: trace('3'.repeat(32)) }, /3333.* was not found in Fake/],
  ['a side without a trace', { baseline: trace('') }, /^Baseline: Enter a trace ID/],
  ['a view it does not have', { view: 'list' }, /“list” is not a view of a comparison/],
])('%s is told in words', async (_, fields, said) => {
  await expect(sentenceOf(runTarget(target(fields), store()))).resolves.toMatch(said);
});

it('lists no attributes beside a side without traces, but says why', async () => {
  const { methods } = store();
  const searchTraces: typeof methods.searchTraces = async (request) =>
    request.window.toUnixNano < unixNanoFromMillis(START_MS)
      ? { summaries: [], isLimited: false, notices: [] }
      : methods.searchTraces(request);
  const side = { queryType: 'search', service: 'shop' };
  const query = target({ baseline: { ...side, earlierBy: '1h' }, comparison: side, view: 'attributes' });
  const [frame] = await runTarget(query, { methods: { ...methods, searchTraces } });
  expect([frame.length, noticesOf(frame)]).toEqual([0, [expect.stringMatching(/^Baseline: No trace matches/)]]);
});

it('stops reading one side when the other fails', async () => {
  const { methods } = store();
  let signal: AbortSignal | undefined;
  const fetchTrace = async (request: TraceRequest, context: RequestContext) => {
    if (request.traceId === BAD) {
      signal = context.signal;
      return new Promise<Trace>(() => {});
    }
    throw new Error('gone');
  };
  await expect(runTarget(target({}), { methods: { ...methods, fetchTrace } })).rejects.toThrow();
  expect(signal?.aborted).toBe(true);
});

it('shows what there is so far once both sides have something', async () => {
  const partials: DataFrame[] = [];
  let time = 0;
  const side = { queryType: 'search', service: 'shop' };
  const { methods } = store();
  const fetchTrace: typeof methods.fetchTrace = async (request) => {
    await new Promise((resolve) => setTimeout(resolve));
    time += 1000;
    return methods.fetchTrace(request);
  };
  await runTarget(target({ baseline: side, comparison: side }), {
    methods: { ...methods, fetchTrace },
    now: () => time,
    onPartial: ([frame]) => partials.push(frame),
  });
  expect(partials.length).toBeGreaterThan(0);
  expect(noticesOf(partials[0]).join(' ')).toMatch(/1 of 2 traces read/);
});
