import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { percentile } from './percentile';

describe('percentile', () => {
  it.each([
    [[7], 50, 7],
    [[7], 1, 7],
    [[1, 2], 50, 1],
    [[1, 2], 51, 2],
    [[1, 2, 3], 50, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 95, 10],
    [Array.from({ length: 20 }, (_, index) => index + 1), 95, 19],
    [Array.from({ length: 60 }, (_, index) => index + 1), 95, 57],
    [[1, 2, 3], 100, 3],
  ])('of %j at %d per cent is %d', (sorted, percent, value) => {
    expect(percentile(sorted, percent)).toBe(value);
  });

  it('is the smallest value that so many do not exceed', () => {
    const values = fc.array(fc.nat(50), { minLength: 1, maxLength: 200 });
    checkProperty(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const enough = list.filter(
          (candidate) => list.filter((value) => value <= candidate).length * 100 >= percent * list.length
        );
        const sorted = [...list].sort((a, b) => a - b);
        expect(percentile(sorted, percent)).toBe(Math.min(...enough));
      })
    );
  });
});
