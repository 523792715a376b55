import { NANOS_PER_MICRO, NANOS_PER_MILLI, NANOS_PER_SECOND, type Nanoseconds } from '../../model/time';

const UNITS: ReadonlyArray<readonly [suffix: string, nanos: number]> = [
  ['s', NANOS_PER_SECOND],
  ['ms', NANOS_PER_MILLI],
  ['us', NANOS_PER_MICRO],
];

/** As Go's `time.ParseDuration` reads it: a whole number of the largest unit that keeps every digit. */
export function goDuration(duration: Nanoseconds): string {
  const nanos = Math.round(duration);
  for (const [suffix, size] of UNITS) {
    if (nanos % size === 0) {
      return `${nanos / size}${suffix}`;
    }
  }
  return `${nanos}ns`;
}
