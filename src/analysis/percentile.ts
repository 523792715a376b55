/**
 * The nearest-rank percentile: the smallest of the values that at least `percent` per cent of them do not exceed. It is
 * always a value that occurred, never one between two.
 *
 *     10 values   1 2 3 4 5 6 7 8 9 10
 *     p50 = 5             ^
 *     p95 = 10                      ^
 *
 * `sorted` ascends and is not empty; `percent` is a whole number from 1 to 100.
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  // Whole numbers first: 0.95 × n is inexact and would now and then round up to the next rank.
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1];
}
