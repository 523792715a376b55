import type { FlatEvent, FlatSpan } from './flatSpan';
import { nanoseconds, type Nanoseconds } from './time';
import type { Span, SpanEvent } from './trace';

// Most spans have none of these; one shared empty list each keeps a large trace small.
export const NO_CHILDREN: readonly SpanNode[] = [];
const NO_EVENTS: readonly SpanEvent[] = [];
const NO_WARNINGS: readonly string[] = [];

/**
 * A span while its trace is being assembled: `Span` with the fields open that the tree and the repairs decide.
 * Seen from outside `model/` it is a `Span` and closed.
 */
export interface SpanNode extends Span {
  spanId: string;
  parentSpanId: string | undefined;
  start: Nanoseconds;
  duration: Nanoseconds;
  events: readonly SpanEvent[];
  parent: SpanNode | undefined;
  children: readonly SpanNode[];
  depth: number;
  position: number;
  warnings: readonly string[];
  /** See `FlatSpan.isSharedHalf`. */
  readonly isSharedHalf: boolean;
}

/**
 * `start` and `duration` are taken as the wire gave them; a start of `0n` becomes an offset of 0.
 *
 * A literal, not a class: V8 learns of literals that they live long, and then no longer copies them twice, which the
 * nodes of 100,000 spans feel.
 */
export function createSpanNode(span: FlatSpan, epochUnixNano: bigint): SpanNode {
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: span.kind,
    status: span.status,
    start: span.startUnixNano > 0n ? nanoseconds(Number(span.startUnixNano - epochUnixNano)) : nanoseconds(0),
    duration: nanoseconds(span.durationNano),
    resource: span.resource,
    scope: span.scope,
    traceState: span.traceState,
    attributes: span.attributes,
    events: span.events.length === 0 ? NO_EVENTS : offsetEvents(span.events, epochUnixNano),
    links: span.links,
    parent: undefined,
    children: NO_CHILDREN,
    depth: 0,
    position: 0,
    warnings: span.warnings ?? NO_WARNINGS,
    isSharedHalf: span.isSharedHalf === true,
  };
}

/** `sentence` is shown to people beside the span. */
export function warn(node: SpanNode, sentence: string): void {
  node.warnings = [...node.warnings, sentence];
}

function offsetEvents(events: readonly FlatEvent[], epochUnixNano: bigint): readonly SpanEvent[] {
  return events.map((event) => ({
    name: event.name,
    time: nanoseconds(Number(event.timeUnixNano - epochUnixNano)),
    attributes: event.attributes,
  }));
}

type Placed = Pick<Span, 'start' | 'spanId'>;

/** By start; equal starts by id, so that the order does not depend on the order in which a server sends spans. */
export function compareByStart(a: Placed, b: Placed): number {
  return a.start - b.start || compareById(a, b);
}

export function compareById(a: Pick<Span, 'spanId'>, b: Pick<Span, 'spanId'>): number {
  return a.spanId < b.spanId ? -1 : a.spanId > b.spanId ? 1 : 0;
}
