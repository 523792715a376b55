import { measure, median } from './measure';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it('gives the subject what the baseline made, in the same round, as often', () => {
  let made = 0;
  const taken: number[] = [];
  const timed = measure(
    5,
    () => ++made,
    (input) => taken.push(input)
  );
  expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(timed.ratio).toBeGreaterThan(0);
});
