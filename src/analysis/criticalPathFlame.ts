import type { Trace } from '../model/trace';
import { runAtOnce, type Steps } from '../model/cooperative';
import type { CriticalPath } from './criticalPath';
import { timeOnPathSteps, type computeTimeOnPath } from './criticalPathSummary';
import { mergePathsSteps, type FlameTree } from './flameTree';

/** A flame tree of path time: `self` is the time on the critical path, `count` the spans that are on it. */
export function computeCriticalPathFlame(paths: readonly CriticalPath[]): FlameTree {
  return runAtOnce(criticalPathFlameSteps(paths));
}

/** `computeCriticalPathFlame` in steps. */
export function* criticalPathFlameSteps(paths: readonly CriticalPath[]): Steps<FlameTree> {
  const timesByTrace = new Map<Trace, ReturnType<typeof computeTimeOnPath>>();
  for (const path of paths) {
    timesByTrace.set(path.trace, yield* timeOnPathSteps(path));
  }
  return yield* mergePathsSteps([...timesByTrace.keys()], (span, trace) => timesByTrace.get(trace)?.get(span));
}
