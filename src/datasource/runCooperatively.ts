import { pauseForOtherTasks, runInSlices, type Steps } from '../model/cooperative';
import type { Run } from './run';

/** Long enough to get work done, short enough that a click is answered at once. */
const SLICE_MS = 40;

/** Runs long work with pauses for the page; rejects when nobody waits for it any more. */
export function runCooperatively<T>(steps: Steps<T>, run: Run): Promise<T> {
  return runInSlices(steps, {
    sliceMs: SLICE_MS,
    now: run.services.now,
    pause: pauseForOtherTasks,
    signal: run.context.signal,
  });
}
