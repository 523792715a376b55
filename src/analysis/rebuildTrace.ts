import { nanoseconds } from '../model/time';
import type { Span, SpanEvent, Trace } from '../model/trace';
import { SPANS_PER_STEP, type Steps } from '../model/cooperative';

/** A span of a trace that is being derived from another: its fields may be set until the trace is rebuilt. */
export type SpanDraft = { -readonly [Key in Exclude<keyof Span, 'parent' | 'children'>]: Span[Key] } & {
  parent: SpanDraft | undefined;
  children: SpanDraft[];
};

const NO_CHILDREN: SpanDraft[] = [];

/** The span as it is, without its place in the tree: a root until `parent` is set. */
export function draftOf(span: Span): SpanDraft {
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: span.kind,
    status: span.status,
    start: span.start,
    duration: span.duration,
    resource: span.resource,
    scope: span.scope,
    traceState: span.traceState,
    attributes: span.attributes,
    events: span.events,
    links: span.links,
    parent: undefined,
    children: NO_CHILDREN,
    depth: 0,
    warnings: span.warnings,
  };
}

/**
 * A trace of the drafts, with the id and the warnings of `source`. Unlike `assembleTrace` it repairs nothing, as the
 * spans come from a trace that was assembled; it holds to the same order and lets times count from the earliest start.
 * The drafts become the spans and must not be changed afterwards. Parents are among the drafts.
 */
export function* rebuildTraceSteps(source: Trace, drafts: readonly SpanDraft[]): Steps<Trace> {
  const earliest = yield* earliestStart(drafts);
  const roots: SpanDraft[] = [];
  let latestEnd = 0;
  for (let i = 0; i < drafts.length; i++) {
    const draft = drafts[i];
    if (earliest !== 0) {
      draft.start = nanoseconds(draft.start - earliest);
      draft.events = shiftEvents(draft.events, -earliest);
    }
    latestEnd = Math.max(latestEnd, draft.start + draft.duration);
    addTo(draft.parent, roots, draft);
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  sortSiblings(roots);
  const spans: SpanDraft[] = [];
  const open = [...roots].reverse();
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    span.depth = span.parent === undefined ? 0 : span.parent.depth + 1;
    spans.push(span);
    sortSiblings(span.children);
    for (let i = span.children.length - 1; i >= 0; i--) {
      open.push(span.children[i]);
    }
    if (spans.length % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return {
    traceId: source.traceId,
    epochUnixNano: source.epochUnixNano + BigInt(earliest),
    duration: nanoseconds(latestEnd),
    spans,
    roots,
    warnings: source.warnings,
  };
}

/** The events that much later; the same list when they do not move. */
export function shiftEvents(events: readonly SpanEvent[], by: number): readonly SpanEvent[] {
  return events.length === 0 || by === 0
    ? events
    : events.map((event) => ({ ...event, time: nanoseconds(event.time + by) }));
}

function* earliestStart(drafts: readonly SpanDraft[]): Steps<number> {
  let earliest = drafts.length === 0 ? 0 : Infinity;
  for (let i = 0; i < drafts.length; i++) {
    earliest = Math.min(earliest, drafts[i].start);
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return earliest;
}

function addTo(parent: SpanDraft | undefined, roots: SpanDraft[], draft: SpanDraft): void {
  if (parent === undefined) {
    roots.push(draft);
  } else if (parent.children === NO_CHILDREN) {
    parent.children = [draft];
  } else {
    parent.children.push(draft);
  }
}

/** As siblings are in every trace: by start, equal starts by id. Most lists come sorted. */
function sortSiblings(spans: SpanDraft[]): void {
  for (let i = 1; i < spans.length; i++) {
    if (compareSiblings(spans[i - 1], spans[i]) > 0) {
      spans.sort(compareSiblings);
      return;
    }
  }
}

function compareSiblings(a: SpanDraft, b: SpanDraft): number {
  return a.start - b.start || (a.spanId < b.spanId ? -1 : a.spanId > b.spanId ? 1 : 0);
}
