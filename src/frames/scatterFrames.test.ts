import { checkFrames } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import type { TraceSummary } from '../model/summary';
import { fromMillis } from '../model/time';
import { buildScatterFrames } from './scatterFrames';

const options = {
  refId: 'A',
  notices: [{ severity: 'info' as const, text: 'A sample.' }],
  datasource: { uid: 'traces', name: 'Traces' },
};

const found = (id: string, second: number, millis: number, errorCount?: number): TraceSummary => ({
  traceId: id.repeat(32),
  startUnixNano: 1_772_366_400_000_000_000n + BigInt(second) * 1_000_000_000n,
  duration: fromMillis(millis),
  rootServiceName: 'shop',
  rootSpanName: 'GET /',
  services: [],
  ...(errorCount !== undefined && { errorCount }),
});

it('has a dot for each trace, in time, those with errors apart and in red', () => {
  const frames = buildScatterFrames([found('b', 2, 1500, 0), found('c', 1, 20, 3), found('a', 0, 5)], options);
  expect(
    `\n${frames.map((frame) => frameToText(frame, { columns: ['Time', 'Duration', 'rootOperation'] })).join('\n\n')}\n`
  ).toBe(`
Time                     | Duration | rootOperation
2026-03-01T12:00:00.000Z | 0.005    | GET /
2026-03-01T12:00:02.000Z | 1.5      | GET /

Time                     | Duration | rootOperation
2026-03-01T12:00:01.000Z | 0.02     | GET /
`);
  expect(frames.map(({ fields }) => fields[1].config.color?.fixedColor)).toEqual(['blue', 'red']);
  expect(frames.map(({ meta }) => meta?.notices?.length ?? 0)).toEqual([1, 0]);
  expect(checkFrames(frames)).toEqual([]);
});

it('leads from a dot to its trace, in the time of that trace', () => {
  const [frame] = buildScatterFrames([found('b', 2, 1500)], options);
  const [link] = frame.fields[1].config.links ?? [];
  const query = link.internal?.query as unknown as (row: object) => object;
  expect(query({ replaceVariables: (text: string) => (text.includes('traceID') ? 'b'.repeat(32) : text) })).toEqual({
    queryType: 'traceql',
    query: 'b'.repeat(32),
    fromMs: Date.UTC(2026, 2, 1, 11, 30, 2),
    toMs: Date.UTC(2026, 2, 1, 12, 30, 3, 500),
  });
});
