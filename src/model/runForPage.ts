import { pauseForOtherTasks, runInSlices, type Steps } from './cooperative';

/** Long enough to get work done, short enough that a click is answered at once. */
const SLICE_MS = 40;

/**
 * Runs long work with pauses for the page; rejects with the signal's reason when nobody waits for it any more. `now` is
 * a clock in milliseconds.
 */
export function runForPage<T>(
  steps: Steps<T>,
  signal: AbortSignal | undefined,
  now: () => number = () => performance.now()
): Promise<T> {
  return runInSlices(steps, { sliceMs: SLICE_MS, now, pause: pauseForOtherTasks, signal });
}
