import type { Trace } from '../../model/trace';
import { runAtOnce, type Steps } from '../../model/cooperative';
import type { CriticalPath } from '../criticalPath';
import { findClockSkewSteps } from './findClockSkew';
import { findErrorOriginSteps } from './findErrorOrigin';
import { findLongestGap } from './findLongestGap';
import { findNPlusOneSteps } from './findNPlusOne';
import { findOrphansSteps } from './findOrphans';
import { findRetriesSteps } from './findRetries';
import { findSequentialCallsSteps } from './findSequentialCalls';
import { findWaiting } from './findWaiting';
import { INSIGHT_KINDS, type Insight, type InsightKind } from './insight';

export interface InsightOptions {
  /** All kinds when missing. */
  readonly enabled?: ReadonlySet<InsightKind>;
  /** Of the trace, where it is known already. */
  readonly criticalPath?: CriticalPath;
}

type Finder = (trace: Trace, criticalPath: CriticalPath | undefined) => Steps<readonly Insight[]>;

const FINDERS: Readonly<Record<InsightKind, Finder>> = {
  'error-origin': findErrorOriginSteps,
  'n-plus-one': findNPlusOneSteps,
  retries: findRetriesSteps,
  sequential: findSequentialCallsSteps,
  'waiting-on-one-child': inOneStep(findWaiting),
  'longest-gap': inOneStep(findLongestGap),
  'clock-skew': findClockSkewSteps,
  orphans: findOrphansSteps,
};

/** What stands out in a trace, in the order of `INSIGHT_KINDS`; of one kind the weightiest first. */
export function findInsights(trace: Trace, options: InsightOptions = {}): readonly Insight[] {
  return runAtOnce(findInsightsSteps(trace, options));
}

/** `findInsights` in steps. */
export function* findInsightsSteps(trace: Trace, options: InsightOptions = {}): Steps<readonly Insight[]> {
  const insights: Insight[] = [];
  for (const kind of INSIGHT_KINDS) {
    if (options.enabled?.has(kind) ?? true) {
      insights.push(...(yield* FINDERS[kind](trace, options.criticalPath)));
      yield;
    }
  }
  return insights;
}

/** For those that look at every span once and at little of it. */
function inOneStep(find: (trace: Trace) => readonly Insight[]): Finder {
  return function* (trace) {
    return find(trace);
  };
}
