/** What happens to a trace between the store's answer and the frame: corrections, findings, folding. */
import { annotateSpansSteps, CRITICAL_PATH_MS, FOLD_OPENS, type Annotation } from '../analysis/annotateSpans';
import { correctClockSkewSteps } from '../analysis/clockSkew';
import { pauseForOtherTasks, runInSlices, type Steps } from '../analysis/cooperative';
import { computeCriticalPath } from '../analysis/criticalPath';
import { computeTimeOnPath } from '../analysis/criticalPathSummary';
import { describeFolding, foldTraceSteps, type Fold } from '../analysis/fold/foldTrace';
import { findInsightsSteps } from '../analysis/insights/findInsights';
import type { Insight } from '../analysis/insights/insight';
import { subtreeSteps } from '../analysis/subtreeOf';
import type { Notice } from '../model/notice';
import { toMillis, type Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import type { TraceIdQuery } from '../query/query';
import { clockSkewSentence, foldedSentence, noSuchSpanSentence, subtreeSentence } from './messages';
import type { Run } from './run';

export interface PreparedTrace {
  readonly trace: Trace;
  readonly notices: readonly Notice[];
  /** Some spans stand for others. */
  readonly isFolded: boolean;
}

/** Long enough to get work done, short enough that a click is answered at once. */
const SLICE_MS = 40;

/** Runs long work with pauses for the page; rejects when nobody waits for it any more. */
export function runCooperatively<T>(steps: Steps<T>, run: Run): Promise<T> {
  return runInSlices(steps, {
    sliceMs: SLICE_MS,
    now: run.services.now,
    pause: pauseForOtherTasks,
    signal: run.context.signal,
  });
}

/** The spans that were asked for, at the times they most likely had; what every view starts from. */
export async function narrowTrace(trace: Trace, query: TraceIdQuery, run: Run): Promise<PreparedTrace> {
  const corrected = await correctClocks(trace, query.clockSkew, run);
  const subtree = await openSubtree(corrected.trace, query.rootSpanId, run);
  return { trace: subtree.trace, notices: [...corrected.notices, ...subtree.notices], isFolded: false };
}

/** Moves calls that cannot have happened when they say; only when the query, or else the settings, want it. */
export async function correctClocks(
  trace: Trace,
  wish: TraceIdQuery['clockSkew'],
  run: Run
): Promise<{ readonly trace: Trace; readonly notices: readonly Notice[] }> {
  const isWanted = wish === undefined ? run.settings.correctsClockSkew : wish === 'correct';
  if (!isWanted) {
    return { trace, notices: [] };
  }
  const { trace: corrected, corrections } = await runCooperatively(correctClockSkewSteps(trace), run);
  if (corrections.length === 0) {
    return { trace, notices: [] };
  }
  const moved = corrections.reduce((sum, { spanCount }) => sum + spanCount, 0);
  return { trace: corrected, notices: [{ severity: 'warning', text: clockSkewSentence(corrections.length, moved) }] };
}

async function openSubtree(trace: Trace, rootSpanId: string | undefined, run: Run) {
  const spanId = rootSpanId?.trim().toLowerCase();
  if (!spanId) {
    return { trace, notices: [] };
  }
  const subtree = await runCooperatively(subtreeSteps(trace, spanId), run);
  const notice: Notice = subtree
    ? { severity: 'info', text: subtreeSentence(subtree.spans.length, trace.spans.length, subtree.spans[0].name) }
    : { severity: 'warning', text: noSuchSpanSentence(spanId) };
  return { trace: subtree ?? trace, notices: [notice] };
}

/** The trace as the trace view gets it: marked with what was found, and folded where it is too large to draw. */
export async function prepareForTraceView(trace: Trace, query: TraceIdQuery, run: Run): Promise<PreparedTrace> {
  const { settings } = run;
  const insights = await runCooperatively(findInsightsSteps(trace, { enabled: settings.insights }), run);
  const timeOnPath = settings.hasCriticalPathMarks ? criticalMillis(trace) : new Map<string, number>();
  const threshold = query.showAll ? Infinity : settings.largeTraceThreshold;
  const folded = await runCooperatively(foldTraceSteps(trace, { threshold, keepSpanId: query.spanId }), run);

  const foldById = new Map(folded.folds.map((fold) => [fold.spanId, fold]));
  const warnings = warningsBySpan(insights);
  const marked = annotateSpansSteps(folded.trace, ({ spanId }) =>
    annotationOf(foldById.get(spanId), timeOnPath.get(spanId), warnings.get(spanId))
  );
  const sentence = describeFolding(folded);
  return {
    trace: await runCooperatively(marked, run),
    notices: [
      ...(sentence === undefined ? [] : [{ severity: 'warning' as const, text: foldedSentence(sentence) }]),
      ...insights.map(({ severity, text }) => ({ severity, text })),
    ],
    isFolded: folded.folds.length > 0,
  };
}

/** A fold has the id of a span that it hides: the time on the path is not its own, what was found there concerns it. */
function annotationOf(
  fold: Fold | undefined,
  millis: number | undefined,
  warnings: readonly string[] | undefined
): Annotation {
  if (fold) {
    return { attributes: [{ key: FOLD_OPENS, value: fold.parentSpanId ?? fold.spanId }], warnings };
  }
  return { attributes: millis === undefined ? [] : [{ key: CRITICAL_PATH_MS, value: millis }], warnings };
}

function criticalMillis(trace: Trace): ReadonlyMap<string, number> {
  const millis = new Map<string, number>();
  computeTimeOnPath(computeCriticalPath(trace)).forEach((time: Nanoseconds, { spanId }: Span) =>
    millis.set(spanId, toMillis(time))
  );
  return millis;
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
