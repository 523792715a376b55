import { measure, median } from './measure';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it('gives the subject what the baseline made last, as often as the baseline ran', () => {
  let made = 0;
  const taken: number[] = [];
  const timed = measure(
    { rounds: 2, repeats: 3 },
    () => ++made,
    (input) => taken.push(input)
  );
  // Three rounds to warm up, two that count.
  expect(taken).toEqual([3, 3, 3, 6, 6, 6, 9, 9, 9, 12, 12, 12, 15, 15, 15]);
  expect(timed.ratio).toBeGreaterThan(0);
});
