import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { coveredLength, type Interval } from './intervals';

const interval = (start: number, end: number): Interval => ({ start, duration: end - start });
const byStart = (a: Interval, b: Interval) => a.start - b.start;

describe('coveredLength', () => {
  const window = interval(10, 30);

  it.each<[string, Interval[], number]>([
    ['nothing', [], 0],
    ['one inside', [interval(12, 15)], 3],
    ['one over both ends', [interval(0, 40)], 20],
    ['one that hangs over the start', [interval(5, 12)], 2],
    ['one that hangs over the end', [interval(28, 35)], 2],
    ['before and after', [interval(0, 10), interval(30, 40)], 0],
    ['touching neighbours', [interval(12, 15), interval(15, 18)], 6],
    ['overlapping ones, counted once', [interval(12, 18), interval(15, 20)], 8],
    ['one within another, then a third', [interval(12, 20), interval(14, 16), interval(18, 22)], 10],
    ['empty ones', [interval(12, 12), interval(14, 14)], 0],
  ])('%s', (_, intervals, covered) => {
    expect(coveredLength(window, intervals)).toBe(covered);
  });

  it('agrees with a sweep over every unit of the window', () => {
    const anInterval = fc.record({ start: fc.integer({ min: -20, max: 60 }), duration: fc.nat(30) });
    checkProperty(
      fc.property(anInterval, fc.array(anInterval, { maxLength: 12 }), (someWindow, intervals) => {
        let swept = 0;
        for (let unit = someWindow.start; unit < someWindow.start + someWindow.duration; unit++) {
          swept += intervals.some(({ start, duration }) => start <= unit && unit < start + duration) ? 1 : 0;
        }
        expect(coveredLength(someWindow, [...intervals].sort(byStart))).toBe(swept);
      })
    );
  });
});
