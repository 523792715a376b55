/** How long one thing takes, told by what another takes in the same process: a slower machine slows down both. */
export interface Timed {
  /** Milliseconds a run, medians over the rounds. */
  readonly baseline: number;
  readonly subject: number;
  /** Median of subject ÷ baseline of the same round: what disturbs the machine for a while disturbs both. */
  readonly ratio: number;
}

export interface Effort {
  readonly rounds: number;
  /**
   * Runs per round of each of the two, one after the other. Garbage is collected some time after it was made, and in
   * single runs each would be charged for the other's: of large inputs too, where one collection costs as much as the
   * run and would fall into the same one of the two round after round.
   */
  readonly repeats: number;
}

/** Long enough for the compiler to have settled. */
const WARM_UP_ROUNDS = 3;

/**
 * Runs the baseline and then the subject on its result, round by round. Garbage collection is never forced: it throws
 * away compiled code along with the last objects of a shape, and what would then be measured is the compiler.
 */
export function measure<T>(effort: Effort, baseline: () => T, subject: (input: T) => unknown): Timed {
  const baselines: number[] = [];
  const subjects: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < effort.rounds; round++) {
    const start = now();
    let input = baseline();
    for (let run = 1; run < effort.repeats; run++) {
      input = baseline();
    }
    const between = now();
    for (let run = 0; run < effort.repeats; run++) {
      subject(input);
    }
    const end = now();
    if (round >= 0) {
      baselines.push((between - start) / effort.repeats);
      subjects.push((end - between) / effort.repeats);
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
