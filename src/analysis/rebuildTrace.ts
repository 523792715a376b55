import { compareByStart } from '../model/spanNode';
import { nanoseconds } from '../model/time';
import type { Span, SpanEvent, Trace } from '../model/trace';
import { sliceSteps, sortSteps, SPANS_PER_STEP, type Steps } from '../model/cooperative';

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
    position: 0,
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
  yield* sliceSteps(drafts, (slice) => {
    for (const draft of slice) {
      countFrom(earliest, draft);
      latestEnd = Math.max(latestEnd, draft.start + draft.duration);
      addTo(draft.parent, roots, draft);
    }
  });
  const sortedRoots = yield* sortSiblingsSteps(roots, drafts);
  return {
    traceId: source.traceId,
    epochUnixNano: source.epochUnixNano + BigInt(earliest),
    duration: nanoseconds(latestEnd),
    spans: yield* depthFirstSteps(sortedRoots),
    roots: sortedRoots,
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
  yield* sliceSteps(drafts, (slice) => {
    for (const { start } of slice) {
      earliest = Math.min(earliest, start);
    }
  });
  return earliest;
}

function countFrom(earliest: number, draft: SpanDraft): void {
  if (earliest !== 0) {
    draft.start = nanoseconds(draft.start - earliest);
    draft.events = shiftEvents(draft.events, -earliest);
  }
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

/** Puts the children of all drafts into their order; answers the roots in theirs. */
function* sortSiblingsSteps(roots: SpanDraft[], drafts: readonly SpanDraft[]): Steps<SpanDraft[]> {
  const large: SpanDraft[] = [];
  yield* sliceSteps(drafts, (slice) => {
    for (const draft of slice) {
      if (draft.children.length > SPANS_PER_STEP) {
        large.push(draft);
      } else if (!areSorted(draft.children)) {
        draft.children.sort(compareByStart);
      }
    }
  });
  for (const draft of large) {
    draft.children = yield* inOrderSteps(draft.children);
  }
  return yield* inOrderSteps(roots);
}

function* inOrderSteps(siblings: SpanDraft[]): Steps<SpanDraft[]> {
  return areSorted(siblings) ? siblings : yield* sortSteps(siblings, compareByStart);
}

/** Most lists are. */
function areSorted(siblings: readonly SpanDraft[]): boolean {
  for (let i = 1; i < siblings.length; i++) {
    if (compareByStart(siblings[i - 1], siblings[i]) > 0) {
      return false;
    }
  }
  return true;
}

function* depthFirstSteps(roots: readonly SpanDraft[]): Steps<SpanDraft[]> {
  const spans: SpanDraft[] = [];
  const open = [...roots].reverse();
  while (open.length > 0) {
    takeSlice(open, spans);
    yield;
  }
  return spans;
}

/** Takes so many spans from the end of `open`, and puts their children there. */
function takeSlice(open: SpanDraft[], spans: SpanDraft[]): void {
  const end = spans.length + SPANS_PER_STEP;
  for (let span = open.pop(); span !== undefined; span = spans.length < end ? open.pop() : undefined) {
    span.depth = span.parent === undefined ? 0 : span.parent.depth + 1;
    span.position = spans.length;
    spans.push(span);
    for (let i = span.children.length - 1; i >= 0; i--) {
      open.push(span.children[i]);
    }
  }
}
