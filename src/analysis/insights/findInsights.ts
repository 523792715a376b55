import { runAtOnce, type Steps } from '../../model/cooperative';
import type { Trace } from '../../model/trace';
import type { TimeOnPath } from '../criticalPathSummary';
import { OperationNumbers } from '../operationNumbers';
import { CallNumbers } from './callIdentity';
import { findClockSkewSteps } from './findClockSkew';
import { findErrorOriginSteps } from './findErrorOrigin';
import { findLongestGap } from './findLongestGap';
import { findNPlusOneSteps } from './findNPlusOne';
import { findOrphansSteps } from './findOrphans';
import { findRetriesSteps } from './findRetries';
import { findSequentialCallsSteps } from './findSequentialCalls';
import { findWaiting } from './findWaiting';
import type { Finder } from './finder';
import { INSIGHT_KINDS, type Insight, type InsightKind } from './insight';

export interface InsightOptions {
  /** All kinds when missing. */
  readonly enabled?: ReadonlySet<InsightKind>;
  /** On the critical path of the trace, where it is known already. */
  readonly timeOnPath?: TimeOnPath;
  /** Of the trace, where others ask for them, too. */
  readonly operations?: OperationNumbers;
}

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
  const numbers = new CallNumbers(options.operations ?? new OperationNumbers(trace));
  const known = { numbers, timeOnPath: options.timeOnPath };
  for (const kind of INSIGHT_KINDS) {
    if (options.enabled?.has(kind) ?? true) {
      insights.push(...(yield* FINDERS[kind](trace, known)));
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
