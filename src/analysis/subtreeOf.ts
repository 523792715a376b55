import type { Trace } from '../model/trace';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { draftOf, rebuildTraceSteps, type SpanDraft } from './rebuildTrace';

/**
 * The span and all below it as a trace of its own, with times from its earliest start. Its root keeps its
 * `parentSpanId`: that is the way back up. Undefined when the trace has no such span.
 */
export function subtreeOf(trace: Trace, spanId: string): Trace | undefined {
  return runAtOnce(subtreeSteps(trace, spanId));
}

/** `subtreeOf` in steps. */
export function* subtreeSteps(trace: Trace, spanId: string): Steps<Trace | undefined> {
  const { spans } = trace;
  const first = spans.findIndex((span) => span.spanId === spanId);
  if (first === -1) {
    return undefined;
  }
  // Descendants follow their ancestor, deeper than it.
  const top = spans[first];
  const drafts: SpanDraft[] = [];
  const path: SpanDraft[] = [];
  for (let i = first; i < spans.length && (i === first || spans[i].depth > top.depth); i++) {
    const draft = draftOf(spans[i]);
    const depth = spans[i].depth - top.depth;
    draft.parent = depth === 0 ? undefined : path[depth - 1];
    path[depth] = draft;
    drafts.push(draft);
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return drafts.length === spans.length ? trace : yield* rebuildTraceSteps(trace, drafts);
}
