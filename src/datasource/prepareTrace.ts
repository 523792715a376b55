/** What happens to a trace between the store's answer and the frame: corrections, findings, folding. */
import { subtreeSteps } from '../analysis/subtreeOf';
import type { Notice } from '../model/notice';
import type { Trace } from '../model/trace';
import type { TraceIdQuery } from '../query/query';
import { ClockCorrections } from './clockCorrections';
import { noSuchSpanSentence, subtreeSentence } from './messages';
import type { Run } from './run';
import { runCooperatively } from './runCooperatively';
import { traceViewSteps, type PreparedTrace } from './traceViewSteps';

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

/** The trace as the trace view gets it. */
export function prepareForTraceView(trace: Trace, query: TraceIdQuery, run: Run): Promise<PreparedTrace> {
  const { insights, hasCriticalPathMarks, largeTraceThreshold: threshold } = run.settings;
  const { showAll, spanId } = query;
  return runCooperatively(traceViewSteps(trace, { insights, hasCriticalPathMarks, threshold, showAll, spanId }), run);
}
