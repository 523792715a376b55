/** How long one thing takes, told by what another takes in the same process: a slower machine slows down both. */
export interface Timed {
  /** Milliseconds, medians over the rounds. */
  readonly baseline: number;
  readonly subject: number;
  /** Median of subject ÷ baseline of the same round: what disturbs the machine for a while disturbs both. */
  readonly ratio: number;
}

/** Long enough for the compiler to have settled. */
const WARM_UP_ROUNDS = 8;

/**
 * Runs the baseline and then the subject on its result, `rounds` times over. Garbage is not collected in between: a
 * forced collection throws away compiled code along with the last objects of a shape, and what would then be measured
 * is the compiler.
 */
export function measure<T>(rounds: number, baseline: () => T, subject: (input: T) => unknown): Timed {
  const baselines: number[] = [];
  const subjects: number[] = [];
  for (let round = -Math.min(WARM_UP_ROUNDS, rounds); round < rounds; round++) {
    const start = now();
    const input = baseline();
    const between = now();
    subject(input);
    const end = now();
    if (round >= 0) {
      baselines.push(between - start);
      subjects.push(end - between);
    }
  }
  return {
    baseline: median(baselines),
    subject: median(subjects),
    ratio: median(subjects.map((time, round) => time / baselines[round])),
  };
}

/** Milliseconds, from no particular moment on. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
