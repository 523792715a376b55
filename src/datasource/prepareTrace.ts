/** What happens to a trace between the store's answer and the frame: corrections, findings, folding. */
import { annotateSpansSteps } from '../analysis/annotateSpans';
import type { Steps } from '../model/cooperative';
import { criticalPathSteps, type CriticalPath } from '../analysis/criticalPath';
import { timeOnPathSteps } from '../analysis/criticalPathSummary';
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
import { ClockCorrections } from './clockCorrections';
import { foldedSentence, moreInsightsSentence, noSuchSpanSentence, subtreeSentence } from './messages';
import type { Run } from './run';
import { runCooperatively } from './runCooperatively';

export interface PreparedTrace {
  readonly trace: Trace;
  readonly notices: readonly Notice[];
  /** Some spans stand for others. */
  readonly isFolded: boolean;
}

/** The spans that were asked for, at the times they most likely had; what every view starts from. */
export async function narrowTrace(trace: Trace, query: TraceIdQuery, run: Run): Promise<PreparedTrace> {
  const clocks = new ClockCorrections(run, query.clockSkew === undefined ? undefined : query.clockSkew === 'correct');
  const corrected = await clocks.correct(trace);
  const subtree = await openSubtree(corrected, query.rootSpanId, run);
  return { trace: subtree.trace, notices: [...clocks.notices, ...subtree.notices], isFolded: false };
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
  const hasMarks = settings.hasCriticalPathMarks;
  const isLarge = trace.spans.length > threshold;
  const criticalPath = hasMarks || isLarge ? await runCooperatively(criticalPathSteps(trace), run) : undefined;
  const folding = foldTraceSteps(trace, { threshold, keepSpanId: query.spanId, criticalPath });
  const folded = await runCooperatively(folding, run);

  const timeOnPath =
    hasMarks && criticalPath ? await runCooperatively(markSteps(criticalPath, folded.folds), run) : undefined;
  const warnings = warningsBySpan(insights);
  const marked = annotateSpansSteps(folded.trace, ({ spanId }) => {
    const time = timeOnPath?.get(spanId);
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
function* markSteps(path: CriticalPath, folds: readonly Fold[]): Steps<ReadonlyMap<string, Nanoseconds>> {
  const marks = new Map<string, Nanoseconds>();
  for (const [{ spanId }, time] of yield* timeOnPathSteps(path)) {
    marks.set(spanId, time);
  }
  folds.forEach(({ spanId, timeOnPath }) => marks.set(spanId, timeOnPath));
  return marks;
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
