import { flatSpan, TEST_EPOCH_NANO } from '../../testkit/flatSpan';
import { traceFromText } from '../../testkit/traceFromText';
import { assembleTrace } from '../model/assembleTrace';
import { SPANS_PER_STEP } from '../model/cooperative';
import { NANOS_PER_MILLI } from '../model/time';
import type { Trace } from '../model/trace';
import { computeCriticalPath } from './criticalPath';

function pathOf(trace: Trace): string[] {
  const millis = (time: number) => time / NANOS_PER_MILLI;
  return computeCriticalPath(trace).sections.map(
    ({ span, start, end }) => `${span.name} ${millis(start)}-${millis(end)}`
  );
}

/** Children that end in the order in which they begin are not sorted; here they do not, each in another place. */
describe('computeCriticalPath, with children whose ends are equal or out of order', () => {
  it.each<[string, string, string]>([
    [
      'two that are at the same time all along: the first of them',
      `
      s  root  [0-----------20]
      s    a     [2-------15]
      s    b     [2-------15]
      `,
      'root 0-2, a 2-15, root 15-20',
    ],
    [
      'the first, which ends after the others',
      `
      s  root  [0-------------20]
      s    a     [1------10]
      s    b       [2-4]
      s    c          [5-6]
      `,
      'root 0-1, a 1-10, root 10-20',
    ],
    [
      'the last, which ends before the others',
      `
      s  root  [0-------------20]
      s    a     [1---6]
      s    b       [2-----10]
      s    c         [3-4]
      `,
      'root 0-2, b 2-10, root 10-20',
    ],
    [
      'all of them, the other way round',
      `
      s  root  [0-------------20]
      s    a     [1--------18]
      s    b       [2-----15]
      s    c         [3-9]
      `,
      'root 0-1, a 1-18, root 18-20',
    ],
    [
      'two that touch with one of no duration between them',
      `
      s  root  [0-------------20]
      s    a     [1----8]
      s    m           [8]
      s    b           [8----15]
      `,
      'root 0-1, a 1-8, b 8-15, root 15-20',
    ],
  ])('%s', (_, drawing, path) => {
    expect(pathOf(traceFromText(drawing)).join(', ')).toBe(path);
  });

  it('of more calls than are sorted at once', () => {
    const calls = 2 * SPANS_PER_STEP + 3;
    const rootId = 'f'.repeat(16);
    const spanOf = (index: number, from: number, to: number) =>
      flatSpan({
        spanId: (index + 1).toString(16).padStart(16, '0'),
        parentSpanId: rootId,
        name: `call ${index}`,
        startUnixNano: TEST_EPOCH_NANO + BigInt(from * NANOS_PER_MILLI),
        durationNano: (to - from) * NANOS_PER_MILLI,
      });
    const root = flatSpan({ spanId: rootId, name: 'root', durationNano: calls * NANOS_PER_MILLI });
    const inSequence = Array.from({ length: calls }, (_, index) => spanOf(index, index, index + 1));
    expect(pathOf(assembleTrace([root, ...inSequence]) as Trace)).toEqual(
      inSequence.map(({ name }, index) => `${name} ${index}-${index + 1}`)
    );
    // One more, which begins after the first and ends with the last.
    const longest = spanOf(calls, 1, calls);
    expect(pathOf(assembleTrace([root, ...inSequence, longest]) as Trace)).toEqual([
      'call 0 0-1',
      `call ${calls} 1-${calls}`,
    ]);
  });
});
