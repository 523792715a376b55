import { Attributes, type Attribute } from '../model/attributes';
import type { Span, Trace } from '../model/trace';
import { sliceSteps, type Steps } from '../model/cooperative';
import { draftOf, rebuildTraceSteps, type SpanDraft } from './rebuildTrace';

/** What is added to a span; its own attributes and warnings come first. */
export interface Annotation {
  readonly attributes?: readonly Attribute[];
  readonly warnings?: readonly string[];
}

/** The trace with annotations on its spans; the trace itself when there are none. */
export function* annotateSpansSteps(trace: Trace, annotate: (span: Span) => Annotation | undefined): Steps<Trace> {
  const drafts: SpanDraft[] = [];
  const path: SpanDraft[] = [];
  let isChanged = false;
  yield* sliceSteps(trace.spans, (slice) => {
    for (const span of slice) {
      const draft = draftOf(span);
      // Spans come depth first, so what stands at each depth above a span is its line of ancestors.
      draft.parent = span.depth === 0 ? undefined : path[span.depth - 1];
      path[span.depth] = draft;
      const { attributes = [], warnings = [] } = annotate(span) ?? {};
      if (attributes.length > 0) {
        draft.attributes = Attributes.from([...span.attributes.entries, ...attributes]);
        isChanged = true;
      }
      if (warnings.length > 0) {
        draft.warnings = [...span.warnings, ...warnings];
        isChanged = true;
      }
      drafts.push(draft);
    }
  });
  return isChanged ? yield* rebuildTraceSteps(trace, drafts) : trace;
}
