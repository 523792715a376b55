/** A half-open stretch `[start, start + duration)` in any unit; every `Span` is one. */
export interface Interval {
  readonly start: number;
  readonly duration: number;
}

/**
 * How much of the window the intervals cover together, where they overlap counted once:
 *
 *     window      [--------------)
 *     intervals [----)  [---)
 *                         [----)
 *     covered     ####  #######
 *
 * The intervals must be sorted by start. Linear time; nothing is allocated.
 */
export function coveredLength(window: Interval, sortedByStart: readonly Interval[]): number {
  const end = window.start + window.duration;
  let covered = 0;
  let reached = window.start;
  for (const { start, duration } of sortedByStart) {
    if (start >= end) {
      break;
    }
    const from = Math.max(start, reached);
    const to = Math.min(start + duration, end);
    if (to > from) {
      covered += to - from;
      reached = to;
    }
  }
  return covered;
}
