import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import {
  ceilToMicros,
  ceilToMillis,
  floorToMicros,
  floorToMillis,
  fromMicros,
  fromMillis,
  nanoseconds,
  toMicros,
  toMillis,
  toRfc3339,
  unixMillis,
  unixNanoFromMicros,
  unixNanoFromMillis,
} from './time';

test('units', () => {
  expect([fromMicros(1.5), fromMillis(2)]).toEqual([1_500, 2_000_000]);
  expect([toMicros(nanoseconds(1_500)), toMillis(nanoseconds(1_500_000))]).toEqual([1.5, 1.5]);
});

test.each([
  [0, 0n],
  [1_772_366_400_123, 1_772_366_400_123_000_000n],
  [1_772_366_400_123.5, 1_772_366_400_123_500_000n],
  [8_640_000_000_000_000, 8_640_000_000_000_000_000_000n],
  [-1, -1_000_000n],
  [-0.25, -250_000n],
])('unixNanoFromMillis(%d) is %d', (millis, expected) => {
  expect(unixNanoFromMillis(millis)).toBe(expected);
});

test.each([
  [1_772_366_400_123_456, 1_772_366_400_123_456_000n],
  [0.5, 500n],
  [-1.25, -1_250n],
])('unixNanoFromMicros(%d) is %d', (micros, expected) => {
  expect(unixNanoFromMicros(micros)).toBe(expected);
});

test.each([
  [1_999n, 1n, 2n],
  [2_000n, 2n, 2n],
  [0n, 0n, 0n],
  [-1n, -1n, 0n],
  [-1_000n, -1n, -1n],
  [-1_001n, -2n, -1n],
])('%d ns lie between %d and %d µs', (nanos, floor, ceil) => {
  expect([floorToMicros(nanos), ceilToMicros(nanos)]).toEqual([floor, ceil]);
  expect([floorToMillis(nanos * 1_000n), ceilToMillis(nanos * 1_000n)]).toEqual([floor, ceil]);
});

describe('unixMillis', () => {
  test.each([
    [0n, 0],
    [1_772_366_400_123_000_000n, 1_772_366_400_123],
    [1_772_366_400_123_500_000n, 1_772_366_400_123.5],
    [-500_000n, -0.5],
    [-1_500_000n, -1.5],
  ])('of %d is %d', (unixNano, expected) => {
    expect(unixMillis(unixNano)).toBe(expected);
  });

  it('is off by less than a microsecond for four hundred years, and by nothing on whole milliseconds', () => {
    const unixNano = fc.bigInt({ min: 0n, max: 12_622_780_800_000_000_000n });
    checkProperty(
      fc.property(unixNano, (nano) => {
        const millis = unixMillis(nano);
        const error = unixNanoFromMillis(millis) - nano;
        expect(error < 1_000n && error > -1_000n).toBe(true);
        expect(unixMillis((nano / 1_000_000n) * 1_000_000n)).toBe(Number(nano / 1_000_000n));
      })
    );
  });

  it('keeps the order of times', () => {
    const unixNano = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });
    checkProperty(fc.property(unixNano, fc.nat(), (a, later) => unixMillis(a) <= unixMillis(a + BigInt(later))));
  });
});

test.each([
  [0n, '1970-01-01T00:00:00.000000000Z'],
  [1_772_366_400_123_456_789n, '2026-03-01T12:00:00.123456789Z'],
  [1_000_000_005n, '1970-01-01T00:00:01.000000005Z'],
  [-1n, '1969-12-31T23:59:59.999999999Z'],
  [10n ** 30n, '+275760-09-13T00:00:00.000000000Z'],
])('toRfc3339(%d) is %s', (unixNano, expected) => {
  expect(toRfc3339(unixNano)).toBe(expected);
});
