import { nanoseconds } from '../model/time';
import { countText, durationShareText, durationText } from './statText';

it.each([
  [0, '0ns'],
  [999, '999ns'],
  [1_000, '1µs'],
  [1_234, '1.23µs'],
  [12_345, '12.3µs'],
  [123_456, '123µs'],
  [999_999, '1000µs'],
  [9_996_000, '10ms'],
  [20_000_000, '20ms'],
  [1_500_000_000, '1.5s'],
  [5_400_000_000_000, '5400s'],
])('%d ns is printed as %s', (nanos, text) => {
  expect(durationText(nanoseconds(nanos))).toBe(text);
});

it('prints shares with three digits', () => {
  expect([1, 0.12345, 0.00001, 0].map((share) => durationShareText(nanoseconds(5), share))).toEqual([
    '5ns (100%)',
    '5ns (12.3%)',
    '5ns (0%)',
    '5ns (0%)',
  ]);
});

it('prints counts short', () => {
  expect([0, 1, 999, 1_250, 3_000_000].map((count) => countText(count, 'call'))).toEqual([
    '0 calls',
    '1 call',
    '999 calls',
    '1.3K calls',
    '3M calls',
  ]);
});
