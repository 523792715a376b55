import type { Trace } from '../model/trace';
import type { CriticalPath } from './criticalPath';
import { computeTimeOnPath } from './criticalPathSummary';
import { mergePaths, type FlameTree } from './flameTree';

/** A flame tree of path time: `self` is the time on the critical path, `count` the spans that are on it. */
export function computeCriticalPathFlame(paths: readonly CriticalPath[]): FlameTree {
  const timesByTrace = new Map<Trace, ReturnType<typeof computeTimeOnPath>>();
  for (const path of paths) {
    timesByTrace.set(path.trace, computeTimeOnPath(path));
  }
  return mergePaths([...timesByTrace.keys()], (span, trace) => timesByTrace.get(trace)?.get(span));
}
