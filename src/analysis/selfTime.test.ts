import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { flatSpan, TEST_EPOCH_NANO } from '../../testkit/flatSpan';
import { assembleTrace } from '../model/assembleTrace';
import { computeSelfTime } from './selfTime';

const id = (digits: string) => digits.padStart(16, '0');

function selfTimeOfParent(...children: Array<[from: number, to: number]>): number | undefined {
  const trace = assembleTrace([
    flatSpan({ durationNano: 20 }),
    ...children.map(([from, to], index) =>
      flatSpan({
        spanId: id(`b${index}`),
        parentSpanId: id('a1'),
        startUnixNano: TEST_EPOCH_NANO + BigInt(from),
        durationNano: to - from,
      })
    ),
  ]);
  const parent = trace?.spans.find((span) => span.spanId === id('a1'));
  return parent && computeSelfTime(parent);
}

describe('computeSelfTime', () => {
  it.each<[string, Array<[number, number]>, number]>([
    ['without children, all of it', [], 20],
    [
      'children side by side',
      [
        [2, 5],
        [5, 9],
      ],
      13,
    ],
    [
      'children at the same time, counted once',
      [
        [2, 10],
        [4, 12],
      ],
      10,
    ],
    [
      'a child within the time of another',
      [
        [2, 12],
        [4, 6],
        [11, 14],
      ],
      8,
    ],
    ['a child that outlives its parent', [[15, 40]], 15],
    ['a child that starts before its parent', [[-5, 3]], 17],
    [
      'children that run after the parent ended',
      [
        [20, 30],
        [25, 26],
      ],
      20,
    ],
    [
      'children that cover everything',
      [
        [-1, 10],
        [10, 25],
      ],
      0,
    ],
  ])('%s', (_, children, self) => {
    expect(selfTimeOfParent(...children)).toBe(self);
  });

  it('is never negative and never more than the duration', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, (spans) => {
        for (const span of assembleTrace(spans)?.spans ?? []) {
          expect(computeSelfTime(span)).toBeGreaterThanOrEqual(0);
          expect(computeSelfTime(span)).toBeLessThanOrEqual(span.duration);
        }
      })
    );
  });
});
