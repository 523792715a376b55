import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { formatGoDuration, nanoseconds } from '../model/time';
import { parseDurationText } from './durationText';

test.each([
  ['5ms', 5_000_000],
  ['5 sec', 5_000_000_000],
  ['1.5ms', 1_500_000],
  ['.5s', 500_000_000],
  ['1h30m', 5_400_000_000_000],
  ['2h 45m', 9_900_000_000_000],
  ['300us', 300_000],
  ['300µs', 300_000],
  ['300\u03bcs', 300_000],
  ['7ns', 7],
  ['1d', 86_400_000_000_000],
  ['  10MS ', 10_000_000],
  ['2 minutes', 120_000_000_000],
  ['0s', 0],
])('%s is %d ns', (text, value) => {
  expect(parseDurationText(text)).toEqual({ value });
});

test.each([
  ['', 'Write a number and a unit, such as 5ms or 1.5s.'],
  ['5', '“5”: write a unit behind 5, such as 5ms or 5s.'],
  ['1h30', '“1h30”: write a unit behind 30, such as 30ms or 30s.'],
  ['5 parsecs', '“5 parsecs”: there is no unit “parsecs”. Use ns, us, ms, s, m, h or d.'],
  ['-5ms', '“-5ms”: a duration cannot be negative.'],
  ['1,5s', '“1,5s”: write decimals with a point, such as 1.5s.'],
  ['fast', '“fast” is no duration. Write a number and a unit, such as 5ms, 1.5s or 1h30m.'],
  ['5ms!', '“5ms!” is no duration. Write a number and a unit, such as 5ms, 1.5s or 1h30m.'],
  ['1e3ms', '“1e3ms”: write the number in full, such as 1000ms in place of 1e3ms.'],
  ['2E+6us', '“2E+6us”: write the number in full, such as 1000ms in place of 1e3ms.'],
  ['1M', '“1M”: “M” is a month in Grafana and a minute elsewhere. Write 1m for minutes.'],
  ['1h 30M', '“1h 30M”: “M” is a month in Grafana and a minute elsewhere. Write 30m for minutes.'],
  ['5ms constructor', '“5ms constructor” is no duration. Write a number and a unit, such as 5ms, 1.5s or 1h30m.'],
  ['5 constructor', '“5 constructor”: there is no unit “constructor”. Use ns, us, ms, s, m, h or d.'],
  ['99y', '“99y” is longer than this search can express (104 days).'],
])('%j is refused', (text, problem) => {
  expect(parseDurationText(text)).toEqual({ problem });
});

describe('formatGoDuration', () => {
  test.each([
    [0, '0ns'],
    [7, '7ns'],
    [1_500, '1500ns'],
    [300_000, '300us'],
    [1_500_000, '1500us'],
    [90_000_000_000, '90s'],
  ])('%d ns is %s', (nanos, text) => {
    expect(formatGoDuration(nanoseconds(nanos))).toBe(text);
  });

  it('is read back exactly', () => {
    checkProperty(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (nanos) => {
        expect(parseDurationText(formatGoDuration(nanoseconds(nanos)))).toEqual({ value: nanos });
      }),
      { numRuns: 1000 }
    );
  });
});
