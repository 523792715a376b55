import { nanoseconds, type Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { runAtOnce, sortSteps, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { joinIdentities, readGroupValue, valueIdentity, type GroupKey, type GroupValue } from './groupKey';
import { percentile } from './percentile';
import { computeSelfTime } from './selfTime';

/** What the spans of one group have in common, and how long they took. */
export interface SpanGroup {
  /** One per key, in the order of the keys, as its first span spells it. */
  readonly values: readonly GroupValue[];
  readonly count: number;
  /** Spans of status `error`. */
  readonly errors: number;
  /** Sum of the durations: spans within one another or at the same time count each. */
  readonly total: Nanoseconds;
  /** Sum of the self times (`computeSelfTime`). */
  readonly self: Nanoseconds;
  /** Self time of the group ÷ self time of all spans, 0 to 1: the shares of all groups add up to 1. */
  readonly share: number;
  readonly min: Nanoseconds;
  readonly mean: Nanoseconds;
  /** Nearest rank (`percentile`), as p95. */
  readonly p50: Nanoseconds;
  readonly p95: Nanoseconds;
  readonly max: Nanoseconds;
  /** The first span that took `max`. */
  readonly slowest: { readonly trace: Trace; readonly span: Span };
}

interface OpenGroup {
  readonly values: readonly GroupValue[];
  readonly durations: number[];
  errors: number;
  total: number;
  self: number;
  slowest: { readonly trace: Trace; readonly span: Span };
}

/**
 * Groups the spans of all traces by all keys together (no key: one group) and sums up each group. Most self time first;
 * groups of the same self time in order of their first span.
 */
export function computeSpanStatistics(traces: readonly Trace[], groupBy: readonly GroupKey[]): readonly SpanGroup[] {
  return runAtOnce(spanStatisticsSteps(traces, groupBy));
}

/** `computeSpanStatistics` in steps. */
export function* spanStatisticsSteps(
  traces: readonly Trace[],
  groupBy: readonly GroupKey[]
): Steps<readonly SpanGroup[]> {
  const groups = new Map<string, OpenGroup>();
  let allSelf = 0;
  let turns = 0;
  for (const trace of traces) {
    for (const span of trace.spans) {
      const self = computeSelfTime(span);
      allSelf += self;
      addSpan(groupOf(groups, trace, span, groupBy), trace, span, self);
      if (++turns % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  const closed: SpanGroup[] = [];
  for (const group of groups.values()) {
    closed.push(closeGroup(group, allSelf));
    // There may be as many groups as spans.
    if (++turns % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return yield* sortSteps(closed, (a, b) => b.self - a.self);
}

function groupOf(groups: Map<string, OpenGroup>, trace: Trace, span: Span, groupBy: readonly GroupKey[]): OpenGroup {
  const values = groupBy.map((groupKey) => readGroupValue(span, groupKey));
  const identity = joinIdentities(values.map(valueIdentity));
  let group = groups.get(identity);
  if (group === undefined) {
    group = { values, durations: [], errors: 0, total: 0, self: 0, slowest: { trace, span } };
    groups.set(identity, group);
  }
  return group;
}

function addSpan(group: OpenGroup, trace: Trace, span: Span, self: number): void {
  group.durations.push(span.duration);
  group.errors += span.status.code === 'error' ? 1 : 0;
  group.total += span.duration;
  group.self += self;
  if (span.duration > group.slowest.span.duration) {
    group.slowest = { trace, span };
  }
}

function closeGroup({ values, durations, errors, total, self, slowest }: OpenGroup, allSelf: number): SpanGroup {
  const sorted = Float64Array.from(durations).sort();
  return {
    values,
    count: sorted.length,
    errors,
    total: nanoseconds(total),
    self: nanoseconds(self),
    share: allSelf > 0 ? self / allSelf : 0,
    min: nanoseconds(sorted[0]),
    mean: nanoseconds(total / sorted.length),
    p50: nanoseconds(percentile(sorted, 50)),
    p95: nanoseconds(percentile(sorted, 95)),
    max: nanoseconds(sorted[sorted.length - 1]),
    slowest,
  };
}
