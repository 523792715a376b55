import { nanoseconds, type Nanoseconds } from '../model/time';

/** One stretch of durations; `from` belongs to it, `to` to the next. */
export interface DurationBucket {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
}

/** Each bucket is wider than the one before by the square root of 2. */
const PER_DOUBLING = 2;
/** About a microsecond: what is shorter counts there. */
const LOWEST = 10 * PER_DOUBLING;

/** Which bucket a duration lies in; neighbours have neighbouring numbers. */
export function bucketOf(duration: Nanoseconds): number {
  const index = Math.floor(Math.log2(Math.max(1, duration)) * PER_DOUBLING);
  return Math.max(LOWEST, index);
}

export function bucketBounds(index: number): DurationBucket {
  const bound = (at: number) => nanoseconds(2 ** (at / PER_DOUBLING));
  return { from: bound(index), to: bound(index + 1) };
}
