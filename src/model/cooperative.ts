/**
 * Long work in a browser. It is written as a generator that yields every few thousand spans; who runs it decides whether
 * others get a turn in between. Nothing here knows a clock or a browser: both come in.
 */

/** Work in steps that are short; the result comes with the last one. */
export type Steps<T> = Generator<void, T, void>;

/** Settles when others had their turn. */
export type Pause = () => Promise<void>;

/**
 * How many spans a loop handles between two yields. A step over them takes about a millisecond, and asking the clock
 * that often costs nothing that can be measured.
 */
export const SPANS_PER_STEP = 2_048;

export interface SliceOptions {
  /** Work goes on for this long before others get a turn; a single step may outlast it. */
  readonly sliceMs: number;
  /** Milliseconds on a clock that never goes back, such as `performance.now`. */
  readonly now: () => number;
  readonly pause: Pause;
  /** Ends the work between two steps; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** For small input, tests, and wherever nobody waits. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

/** Runs the steps in slices with pauses between them. Work that fits one slice is never paused. */
export async function runInSlices<T>(steps: Steps<T>, options: SliceOptions): Promise<T> {
  const { sliceMs, now, pause, signal } = options;
  let sliceEnd = now() + sliceMs;
  for (;;) {
    if (signal?.aborted) {
      // Lets the generator close what it holds.
      steps.return(undefined as never);
      throw signal.reason;
    }
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
    if (now() >= sliceEnd) {
      await pause();
      sliceEnd = now() + sliceMs;
    }
  }
}

/** Gives events, painting and other tasks of the page a turn. */
export const pauseForOtherTasks: Pause = () => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Hands out `items` in order, a slice of at most `SPANS_PER_STEP` per step. `work` is a plain function, because engines
 * do not compile the bodies of generators to fast code.
 */
export function* sliceSteps<T>(items: readonly T[], work: (slice: readonly T[], from: number) => void): Steps<void> {
  const isShort = items.length < SPANS_PER_STEP;
  yield* rangeSteps(items.length, (from, to) => work(isShort ? items : items.slice(from, to), from));
}

/** The same by index, for those that read several lists: `[from, to)` of the indexes below `count`. */
export function* rangeSteps(count: number, work: (from: number, to: number) => void): Steps<void> {
  for (let from = 0; from < count; from += SPANS_PER_STEP) {
    work(from, Math.min(from + SPANS_PER_STEP, count));
    // Short lists, of which a trace has many, are no step of their own.
    if (from + SPANS_PER_STEP <= count) {
      yield;
    }
  }
}

/** `items.sort(compare)` in steps, and as stable: stretches are sorted on their own, then merged in pairs. */
export function* sortSteps<T>(items: readonly T[], compare: (a: T, b: T) => number): Steps<T[]> {
  let sorted = [...items];
  for (let from = 0; from < items.length; from += SPANS_PER_STEP) {
    const stretch = sorted.slice(from, from + SPANS_PER_STEP).sort(compare);
    for (let i = 0; i < stretch.length; i++) {
      sorted[from + i] = stretch[i];
    }
    yield;
  }
  for (let length = SPANS_PER_STEP; length < items.length; length *= 2) {
    const merged: T[] = [];
    for (let from = 0; from < items.length; from += 2 * length) {
      yield* mergeSteps(sorted, from, Math.min(from + length, items.length), from + 2 * length, compare, merged);
    }
    sorted = merged;
  }
  return sorted;
}

/** Merges `[from, middle)` and `[middle, to)` to the end of `merged`. */
function* mergeSteps<T>(
  items: readonly T[],
  from: number,
  middle: number,
  to: number,
  compare: (a: T, b: T) => number,
  merged: T[]
): Steps<void> {
  const end = Math.min(to, items.length);
  let left = from;
  let right = middle;
  while (left < middle || right < end) {
    const takesLeft = right >= end || (left < middle && compare(items[left], items[right]) <= 0);
    merged.push(takesLeft ? items[left++] : items[right++]);
    if (merged.length % SPANS_PER_STEP === 0) {
      yield;
    }
  }
}
