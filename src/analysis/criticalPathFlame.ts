import { nanoseconds } from '../model/time';
import type { Trace } from '../model/trace';
import { runAtOnce, type Steps } from '../model/cooperative';
import type { CriticalPath } from './criticalPath';
import { timeOnPathSteps, type TimeOnPath } from './criticalPathSummary';
import { mergePathsSteps, type FlameTree } from './flameTree';

/** A flame tree of path time: `self` is the time on the critical path, `count` the spans that are on it. */
export function computeCriticalPathFlame(paths: readonly CriticalPath[]): FlameTree {
  return runAtOnce(criticalPathFlameSteps(paths));
}

/** `computeCriticalPathFlame` in steps. */
export function* criticalPathFlameSteps(paths: readonly CriticalPath[]): Steps<FlameTree> {
  const timesByTrace = new Map<Trace, TimeOnPath>();
  for (const path of paths) {
    timesByTrace.set(path.trace, yield* timeOnPathSteps(path));
  }
  return yield* mergePathsSteps([...timesByTrace.keys()], (span, trace) => {
    const time = timesByTrace.get(trace)?.[span.position];
    return time ? nanoseconds(time) : undefined;
  });
}
