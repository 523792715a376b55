import type { Steps } from '../model/cooperative';
import { runForPage } from '../model/runForPage';
import type { Run } from './run';

/** `runForPage` for one run of a query, on its clock. */
export function runCooperatively<T>(steps: Steps<T>, run: Run): Promise<T> {
  return runForPage(steps, run.context.signal, run.services.now);
}
