/** What happens to a trace before the trace view gets it: findings, marks of the critical path, folding. */
import { annotateSpansSteps } from '../analysis/annotateSpans';
import { traceTimeOnPathSteps } from '../analysis/criticalPathSummary';
import { LARGEST_DRAWN } from '../analysis/fold/foldSpan';
import { describeFolding, foldTraceSteps, type FoldedTrace } from '../analysis/fold/foldTrace';
import { findInsightsSteps } from '../analysis/insights/findInsights';
import type { Insight, InsightKind } from '../analysis/insights/insight';
import { rankInsights } from '../analysis/insights/rankInsights';
import { OperationNumbers } from '../analysis/operationNumbers';
import { CRITICAL_PATH_MS } from '../analysis/ownAttributes';
import type { Steps } from '../model/cooperative';
import { normalizeSpanId } from '../model/ids';
import type { Notice } from '../model/notice';
import { nanoseconds, toMillis } from '../model/time';
import type { Trace } from '../model/trace';
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
  const timeOnPath = hasMarks || trace.spans.length > threshold ? yield* traceTimeOnPathSteps(trace) : undefined;
  const operations = new OperationNumbers(trace);
  const insights = yield* findInsightsSteps(trace, { enabled: options.insights, timeOnPath, operations });
  const folded = yield* foldTraceSteps(trace, {
    threshold,
    keepSpanId: normalizeSpanId(options.spanId ?? ''),
    toldSpanIds: new Set(insights.map(({ spanIds }) => spanIds[0])),
    timeOnPath,
    operations,
  });

  const marks = hasMarks ? folded.timeOnPath : undefined;
  const warnings = warningsBySpan(insights);
  const marked = yield* annotateSpansSteps(folded.trace, ({ spanId, position }) => {
    const time = marks?.[position];
    return {
      attributes: time ? [{ key: CRITICAL_PATH_MS, value: toMillis(nanoseconds(time)) }] : [],
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
