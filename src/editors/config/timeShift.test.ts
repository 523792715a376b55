import { rangeUtil } from '@grafana/data';

import { timeShiftProblem } from './timeShift';

describe('timeShiftProblem', () => {
  it.each(['-5m', '5m', '0s', '300ms', '-1h', '2d', '1w', '1M', '1y'])('accepts %s, which Grafana can read', (text) => {
    expect(timeShiftProblem(text)).toBeUndefined();
    expect(() => rangeUtil.intervalToMs(text)).not.toThrow();
  });

  it.each([undefined, ''])('takes an empty field for the default', (text) => {
    expect(timeShiftProblem(text)).toBeUndefined();
  });

  it.each(['0', '5', '1.5h', '5 m', '5x', '--5m', 'five minutes', '5m3'])('refuses %s in words', (text) => {
    expect(timeShiftProblem(text)).toContain(`"${text}" is not a time shift`);
  });
});
