import { getFieldDisplayName } from '@grafana/data';

import { checkFrames } from '../../testkit/frameLaws';
import { summarizeTrace, type TraceSummary } from '../model/summary';
import { unixNanoFromMillis } from '../model/time';
import { noticesOf, runTarget } from './testing/runTarget';
import { chainTrace, START_MS } from './testing/spans';

const trace = chainTrace(['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'], { startMs: START_MS - 5_000 });
const slower: TraceSummary = {
  ...summarizeTrace(trace),
  traceId: 'c'.repeat(32),
  startUnixNano: unixNanoFromMillis(START_MS - 600_000),
  duration: summarizeTrace(trace).duration,
  errorCount: 1,
};
const found = { summaries: [summarizeTrace(trace), slower], isLimited: false, notices: [], traces: [trace] };
const target = (view: string) => ({ refId: 'A', queryType: 'search', service: 'checkout', view });
const run = (view: string, result: object = {}) =>
  runTarget(target(view), { methods: { searchTraces: async () => ({ ...found, ...result }) } });

it.each([
  ['red', ['p50', 'p95', 'p99', 'error share', 'rate', 'exemplar']],
  ['histogram', ['Durations']],
  ['heatmap', ['Durations', 'exemplar']],
  ['scatter', ['Traces', 'Traces with errors']],
  ['serviceGraph', ['nodes', 'edges']],
])('%s is drawn from what a search found', async (view, names) => {
  const frames = await run(view);
  expect(frames.map((frame) => frame.name)).toEqual(names);
  expect(noticesOf(frames[0])[0]).toMatch(/from a sample of/);
  expect(checkFrames(frames)).toEqual([]);
});

it('names what a legend shows', async () => {
  const frames = await run('red');
  expect(
    frames.slice(0, 5).map((frame) => [getFieldDisplayName(frame.fields[1], frame), frame.fields[1].config.unit])
  ).toEqual([
    ['p50', 's'],
    ['p95', 's'],
    ['p99', 's'],
    ['error share', 'percentunit'],
    ['rate', 'count:traces/min'],
  ]);
});

it.each(['red', 'histogram', 'heatmap', 'scatter'])('%s says what was cut, and when there is nothing', async (view) => {
  expect(noticesOf((await run(view, { isLimited: true }))[0])[0]).toMatch(/limit of the search cut it/);
  const empty = await run(view, { summaries: [], traces: [] });
  expect(noticesOf(empty[0])).toEqual(['No trace matches this search in this time range.']);
  expect(checkFrames(empty)).toEqual([]);
});

it('leaves out a share of errors that nobody tells', async () => {
  const { errorCount, ...blind } = slower;
  const frames = await run('red', { summaries: [blind] });
  expect(frames.map(({ name }) => name)).not.toContain('error share');
  expect(noticesOf(frames[0])[1]).toMatch(/does not tell which of them have errors/);
});
