import { countOf, formatDuration, formatShare } from './numberText';

it.each([
  [0, '0ns'],
  [999, '999ns'],
  [1_000, '1µs'],
  [1_250, '1.3µs'],
  [999_400, '999µs'],
  [999_600, '1ms'],
  [1_200_000, '1.2ms'],
  [12_340_000, '12.3ms'],
  [999_600_000, '1s'],
  [59_900_000_000, '59.9s'],
  [59_960_000_000, '1m'],
  [125_000_000_000, '2m 5s'],
  [7_200_000_000_000, '120m'],
])('%d ns are %s', (nanos, text) => {
  expect(formatDuration(nanos)).toBe(text);
});

it.each([
  [0, '0%'],
  [0.374, '37%'],
  [0.999, '99%'],
  [1, '100%'],
])('the share %d is %s', (share, text) => {
  expect(formatShare(share)).toBe(text);
});

it('counts in words', () => {
  expect([0, 1, 4312].map((count) => countOf(count, 'span'))).toEqual(['0 spans', '1 span', '4,312 spans']);
});
