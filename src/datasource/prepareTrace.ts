/** What happens to a trace between the store's answer and the frame: corrections, findings, folding. */
import { annotateSpansSteps } from '../analysis/annotateSpans';
import { correctClockSkewSteps } from '../analysis/clockSkew';
import { pauseForOtherTasks, runInSlices, type Steps } from '../analysis/cooperative';
import { computeCriticalPath } from '../analysis/criticalPath';
import { computeTimeOnPath } from '../analysis/criticalPathSummary';
import { describeFolding, foldTraceSteps, type Fold } from '../analysis/fold/foldTrace';
import { findInsightsSteps } from '../analysis/insights/findInsights';
import type { Insight } from '../analysis/insights/insight';
import { rankInsights } from '../analysis/insights/rankInsights';
import { CRITICAL_PATH_MS } from '../analysis/ownAttributes';
import { subtreeSteps } from '../analysis/subtreeOf';
import type { Notice } from '../model/notice';
import { toMillis, type Nanoseconds } from '../model/time';
import type { Trace } from '../model/trace';
import type { TraceIdQuery } from '../query/query';
import {
  clockSkewSentence,
  foldedSentence,
  moreInsightsSentence,
  noSuchSpanSentence,
  subtreeSentence,
} from './messages';
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
  const threshold = query.showAll ? Infinity : settings.largeTraceThreshold;
  const folded = await runCooperatively(foldTraceSteps(trace, { threshold, keepSpanId: query.spanId }), run);

  const timeOnPath = settings.hasCriticalPathMarks
    ? criticalTimes(trace, folded.folds)
    : new Map<string, Nanoseconds>();
  const warnings = warningsBySpan(insights);
  const marked = annotateSpansSteps(folded.trace, ({ spanId }) => {
    const time = timeOnPath.get(spanId);
    return {
      attributes: time ? [{ key: CRITICAL_PATH_MS, value: toMillis(time) }] : [],
      // A span that stands for others has the id of one of them: what was found there concerns it.
      warnings: warnings.get(spanId),
    };
  });
  const sentence = describeFolding(folded);
  return {
    trace: await runCooperatively(marked, run),
    notices: [
      ...(sentence === undefined ? [] : [{ severity: 'warning' as const, text: foldedSentence(sentence) }]),
      ...insightNotices(insights),
    ],
    isFolded: folded.folds.length > 0,
  };
}

/** By span id; of a span that stands for others, the time of all of them. */
function criticalTimes(trace: Trace, folds: readonly Fold[]): ReadonlyMap<string, Nanoseconds> {
  const times = new Map<string, Nanoseconds>();
  computeTimeOnPath(computeCriticalPath(trace)).forEach((time, { spanId }) => times.set(spanId, time));
  folds.forEach(({ spanId, timeOnPath }) => times.set(spanId, timeOnPath));
  return times;
}

function insightNotices(insights: readonly Insight[]): Notice[] {
  const { told, more } = rankInsights(insights);
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
