import { nanoseconds } from '../model/time';
import { countText, durationShareText, durationText, rateText, rateUnit } from './statText';

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

it.each([
  [1, ['0.02/s', '1/s', '1.5K/s']],
  [1 / 60, ['1/min', '60/min', '90K/min']],
  [0.0001, ['60/h', '3.6K/h', '5.4M/h']],
])('counts rates in the unit that suits %d per second', (suited, texts) => {
  expect([1 / 60, 1, 1500].map((rate) => rateText(rate, rateUnit(suited)))).toEqual(texts);
});

it('does not call a rare rate none', () => {
  expect(rateText(1 / 3600, rateUnit(1))).toBe('<0.01/s');
});
