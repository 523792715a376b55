import type { Trace } from '../../model/trace';
import { runAtOnce, type Steps } from '../cooperative';
import { findClockSkew } from './findClockSkew';
import { findErrorOrigin } from './findErrorOrigin';
import { findLongestGap } from './findLongestGap';
import { findNPlusOne } from './findNPlusOne';
import { findOrphans } from './findOrphans';
import { findRetries } from './findRetries';
import { findSequentialCalls } from './findSequentialCalls';
import { findWaiting } from './findWaiting';
import { INSIGHT_KINDS, type Insight, type InsightKind } from './insight';

export interface InsightOptions {
  /** All kinds when missing. */
  readonly enabled?: ReadonlySet<InsightKind>;
}

const FINDERS: Readonly<Record<InsightKind, (trace: Trace) => readonly Insight[]>> = {
  'error-origin': findErrorOrigin,
  'n-plus-one': findNPlusOne,
  retries: findRetries,
  sequential: findSequentialCalls,
  'waiting-on-one-child': findWaiting,
  'longest-gap': findLongestGap,
  'clock-skew': findClockSkew,
  orphans: findOrphans,
};

/** What stands out in a trace, in the order of `INSIGHT_KINDS`; of one kind the weightiest first. */
export function findInsights(trace: Trace, options: InsightOptions = {}): readonly Insight[] {
  return runAtOnce(findInsightsSteps(trace, options));
}

/** `findInsights` in steps, one a kind: each looks at every span once or twice. */
export function* findInsightsSteps(trace: Trace, options: InsightOptions = {}): Steps<readonly Insight[]> {
  const insights: Insight[] = [];
  for (const kind of INSIGHT_KINDS) {
    if (options.enabled?.has(kind) ?? true) {
      insights.push(...FINDERS[kind](trace));
      yield;
    }
  }
  return insights;
}
