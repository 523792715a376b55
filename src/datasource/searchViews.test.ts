import type { DataFrame } from '@grafana/data';

import { traceFromText } from '../../testkit/traceFromText';
import type { RequestContext, SearchResult, TraceRequest } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { summarizeTrace } from '../model/summary';
import { unixMillis } from '../model/time';
import type { Trace } from '../model/trace';
import type { TraceJsonData } from './settings';
import { column, HOUR, kinds, noticesOf, runTarget } from './testing/runTarget';
import { chainTrace, START_MS } from './testing/spans';

const traces: Trace[] = [0, 1, 2].map((index) => ({
  ...chainTrace(['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'], { startMs: START_MS - index }),
  traceId: `${index}`.repeat(32).replace(/0/g, 'f'),
}));

/** A store that lists three traces and hands out each. */
function store(result: Partial<SearchResult> = {}) {
  const asked: TraceRequest[] = [];
  const searchTraces = async () => ({
    summaries: traces.map(summarizeTrace),
    isLimited: false,
    notices: [],
    ...result,
  });
  const fetchTrace = async (request: TraceRequest) => {
    asked.push(request);
    return traces.find(({ traceId }) => traceId === request.traceId)!;
  };
  return { asked, methods: { searchTraces, fetchTrace } };
}

const target = (fields: object) => ({ refId: 'C', queryType: 'search', service: 'checkout', ...fields });

it.each([
  [undefined, 'table', 'Traces', 0],
  ['list', 'table', 'Traces', 0],
  ['statistics', 'table', 'Statistics', 3],
  ['flameGraph', 'flamegraph', 'Flame graph', 3],
  ['spans', 'table', 'Spans', 3],
])('the view %s is one frame for the panel %s', async (view, kind, name, reads) => {
  const { asked, methods } = store();
  const frames = await runTarget(target({ view }), { methods });
  expect(kinds(frames)).toEqual([kind]);
  expect(frames[0]).toMatchObject({ name, refId: 'C' });
  expect(asked).toHaveLength(reads);
});

it('sums up over all traces', async () => {
  const [frame] = await runTarget(target({ view: 'statistics', groupBy: ['service'] }), store());
  expect([column(frame, 'service'), column(frame, 'count')]).toEqual([['checkout'], [6]]);
});

it('looks for each trace around its own time, where the store can be told', async () => {
  const { asked, methods } = store();
  await runTarget(target({ view: 'flameGraph' }), { methods });
  expect(asked[0].window && unixMillis(asked[0].window.fromUnixNano)).toBe(START_MS - HOUR / 2);
  const deaf = store();
  await runTarget(target({ view: 'flameGraph' }), { ...deaf, capabilities: { traceWindow: false } });
  expect(deaf.asked[0].window).toBeUndefined();
});

it('corrects clocks in every trace where the settings want it, and sums up what moved', async () => {
  const drawing = `
    shop  call        [20-----40]  client
    cart    answer  [0-----10]     server
  `;
  const skewed = [1, 2].map((index) => ({ ...traceFromText(drawing), traceId: `${index}`.repeat(32) }));
  const summaries = skewed.map(summarizeTrace);
  const startsOf = async (jsonData: TraceJsonData) => {
    const [frame] = await runTarget(target({ view: 'spans' }), { ...store({ summaries, traces: skewed }), jsonData });
    const starts = column(frame, 'startTime') as number[];
    return [starts[1] - starts[0], starts[3] - starts[2], ...noticesOf(frame)];
  };
  expect(await startsOf({})).toEqual([-20, -20]);
  const [first, second, ...notices] = await startsOf({ clockSkew: { correct: true } });
  expect([first, second]).toEqual([5, 5]);
  expect(notices).toEqual([expect.stringMatching(/^Clocks disagree: 2 calls .* 2 spans were moved/)]);
});

it('asks for nothing when the store answered with whole traces', async () => {
  const { asked, methods } = store({ traces });
  const [frame] = await runTarget(target({ view: 'spans' }), { methods });
  expect([frame.length, asked]).toEqual([6, []]);
});

it('tells that the limit cut the search, that nothing was found, and what the store remarked', async () => {
  const [cut] = await runTarget(
    target({ view: 'statistics', limit: 3 }),
    store({ isLimited: true, notices: [{ severity: 'info', text: 'Slow store.' }] })
  );
  expect(noticesOf(cut)).toEqual([expect.stringContaining('limit of 3'), 'Slow store.']);
  const [empty] = await runTarget(target({ view: 'flameGraph' }), store({ summaries: [] }));
  expect(noticesOf(empty)).toEqual([expect.stringMatching(/^No trace matches/)]);
});

it('shows what there is so far, and how much that is', async () => {
  const partials: DataFrame[] = [];
  let time = 0;
  const { methods } = store();
  const fetchTrace: typeof methods.fetchTrace = async (request) => {
    await new Promise((resolve) => setTimeout(resolve));
    time += 1000;
    return methods.fetchTrace(request);
  };
  const [whole] = await runTarget(target({ view: 'spans' }), {
    methods: { ...methods, fetchTrace },
    now: () => time,
    onPartial: ([frame]) => partials.push(frame),
  });
  expect(partials.map((frame) => [frame.length, ...noticesOf(frame)])).toContainEqual([
    4,
    '2 of 3 traces read: what is shown is not complete yet.',
  ]);
  expect([whole.length, noticesOf(whole)]).toEqual([6, []]);
});

it('leaves out what cannot be read, and says why', async () => {
  const { methods } = store();
  const fetchTrace = async (request: TraceRequest) => {
    if (request.traceId === traces[1].traceId) {
      throw new BackendError('server', { backend: 'fake', status: 500, serverMessage: 'disk on fire' });
    }
    return methods.fetchTrace(request);
  };
  const [frame] = await runTarget(target({ view: 'spans' }), { methods: { ...methods, fetchTrace } });
  expect(frame.length).toBe(4);
  expect(noticesOf(frame)).toEqual([expect.stringMatching(/^1 of 3 traces is missing here: .*disk on fire/)]);
});

it('is cancelled with the query', async () => {
  const controller = new AbortController();
  const fetchTrace = (_: TraceRequest, { signal }: RequestContext) =>
    new Promise<Trace>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new BackendError('cancelled', { backend: 'fake' })));
      controller.abort();
    });
  const { methods } = store();
  const answer = runTarget(target({ view: 'spans' }), {
    methods: { ...methods, fetchTrace },
    signal: controller.signal,
  });
  await expect(answer).rejects.toMatchObject({ kind: 'cancelled' });
});
