/** What happens to a trace before the trace view gets it: findings, marks of the critical path, folding. */
import { annotateSpansSteps } from '../analysis/annotateSpans';
import { criticalPathSteps } from '../analysis/criticalPath';
import { timeOnPathSteps } from '../analysis/criticalPathSummary';
import { LARGEST_DRAWN } from '../analysis/fold/foldSpan';
import { describeFolding, foldTraceSteps, type FoldedTrace } from '../analysis/fold/foldTrace';
import { findInsightsSteps } from '../analysis/insights/findInsights';
import type { Insight, InsightKind } from '../analysis/insights/insight';
import { rankInsights } from '../analysis/insights/rankInsights';
import { CRITICAL_PATH_MS } from '../analysis/ownAttributes';
import { sliceSteps, type Steps } from '../model/cooperative';
import { normalizeSpanId } from '../model/ids';
import type { Notice } from '../model/notice';
import { toMillis, type Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { foldedSentence, moreInsightsSentence } from './messages';

export interface TraceViewOptions {
  /** The kinds of findings to tell. */
  readonly insights: ReadonlySet<InsightKind>;
  readonly hasCriticalPathMarks: boolean;
  /** Traces of more spans are folded; `Infinity` for none. */
  readonly threshold: number;
  /** Folds only what the trace view could not draw. */
  readonly showAll?: boolean;
  /** The span that a link leads to. */
  readonly spanId?: string;
}

export interface PreparedTrace {
  readonly trace: Trace;
  readonly notices: readonly Notice[];
  /** Some spans stand for others. */
  readonly isFolded: boolean;
}

/** The trace marked with what was found, and folded where it is too large to draw. */
export function* traceViewSteps(trace: Trace, options: TraceViewOptions): Steps<PreparedTrace> {
  const threshold = options.showAll ? Math.max(options.threshold, LARGEST_DRAWN) : options.threshold;
  const hasMarks = options.hasCriticalPathMarks;
  const criticalPath = hasMarks || trace.spans.length > threshold ? yield* criticalPathSteps(trace) : undefined;
  const timeOnPath = criticalPath && (yield* timeOnPathSteps(criticalPath));
  const insights = yield* findInsightsSteps(trace, { enabled: options.insights, timeOnPath });
  const folded = yield* foldTraceSteps(trace, {
    threshold,
    keepSpanId: normalizeSpanId(options.spanId ?? ''),
    toldSpanIds: new Set(insights.map(({ spanIds }) => spanIds[0])),
    criticalPath,
    timeOnPath,
  });

  const marks = hasMarks && timeOnPath ? yield* markSteps(timeOnPath, folded) : undefined;
  const warnings = warningsBySpan(insights);
  const marked = yield* annotateSpansSteps(folded.trace, ({ spanId }) => {
    const time = marks?.get(spanId);
    return {
      attributes: time ? [{ key: CRITICAL_PATH_MS, value: toMillis(time) }] : [],
      // A span that stands for others has the id of one of them: what was found there concerns it.
      warnings: warnings.get(spanId),
    };
  });
  return {
    trace: marked,
    notices: [...foldNotices(folded), ...insightNotices(insights, folded)],
    isFolded: folded.folds.length > 0,
  };
}

/** By id, of spans that are shown; of a span that stands for others, the time of all of them. */
function* markSteps(
  times: ReadonlyMap<Span, Nanoseconds>,
  { trace, folds }: FoldedTrace
): Steps<ReadonlyMap<string, Nanoseconds>> {
  const shown = new Set(trace.spans.map(({ spanId }) => spanId));
  const marks = new Map<string, Nanoseconds>();
  yield* sliceSteps([...times.keys()], (slice) => {
    for (const span of slice) {
      if (shown.has(span.spanId)) {
        marks.set(span.spanId, times.get(span) as Nanoseconds);
      }
    }
  });
  folds.forEach(({ spanId, timeOnPath }) => marks.set(spanId, timeOnPath));
  return marks;
}

function foldNotices(folded: FoldedTrace): Notice[] {
  const sentence = describeFolding(folded);
  return sentence === undefined
    ? []
    : [{ severity: 'warning', text: foldedSentence(sentence, folded.total <= LARGEST_DRAWN) }];
}

function insightNotices(insights: readonly Insight[], { trace, folds }: FoldedTrace): Notice[] {
  const shown = folds.length === 0 ? undefined : new Set(trace.spans.map(({ spanId }) => spanId));
  const { told, more } = rankInsights(insights, (spanId) => shown?.has(spanId) ?? true);
  return [
    ...told.map(({ severity, text }) => ({ severity, text })),
    ...(more === 0 ? [] : [{ severity: 'info' as const, text: moreInsightsSentence(more) }]),
  ];
}

function warningsBySpan(insights: readonly Insight[]): ReadonlyMap<string, readonly string[]> {
  const warnings = new Map<string, string[]>();
  for (const { spanIds, text } of insights) {
    for (const spanId of spanIds) {
      const told = warnings.get(spanId) ?? [];
      told.push(text);
      warnings.set(spanId, told);
    }
  }
  return warnings;
}
