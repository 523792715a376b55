import type { Attributes } from './attributes';
import type { FlatEvent, FlatSpan } from './flatSpan';
import { nanoseconds, type Nanoseconds } from './time';
import type { Resource, Scope, Span, SpanEvent, SpanKind, SpanLink, SpanStatus } from './trace';

// Most spans have none of these; one shared empty list each keeps a large trace small.
export const NO_CHILDREN: readonly SpanNode[] = [];
const NO_EVENTS: readonly SpanEvent[] = [];
const NO_WARNINGS: readonly string[] = [];

/**
 * A span while its trace is being assembled: `Span` with the fields open that the tree and the repairs decide.
 * Seen from outside `model/` it is a `Span` and closed.
 *
 * The fields are declared only: a class field proper is defined one by one by the compiler's helper before the
 * constructor sets it, which for a trace of 100,000 spans costs as much as all the rest of the assembly.
 */
export class SpanNode implements Span {
  declare spanId: string;
  declare parentSpanId: string | undefined;
  declare readonly name: string;
  declare readonly kind: SpanKind;
  declare readonly status: SpanStatus;
  declare start: Nanoseconds;
  declare duration: Nanoseconds;
  declare readonly resource: Resource;
  declare readonly scope: Scope | undefined;
  declare readonly traceState: string | undefined;
  declare readonly attributes: Attributes;
  declare events: readonly SpanEvent[];
  declare readonly links: readonly SpanLink[];
  declare parent: SpanNode | undefined;
  declare children: readonly SpanNode[];
  declare depth: number;
  declare warnings: readonly string[];
  /** See `FlatSpan.isSharedHalf`. */
  declare readonly isSharedHalf: boolean;

  /** `start` and `duration` are taken as the wire gave them; a start of `0n` becomes an offset of 0. */
  constructor(span: FlatSpan, epochUnixNano: bigint) {
    this.spanId = span.spanId;
    this.parentSpanId = span.parentSpanId;
    this.name = span.name;
    this.kind = span.kind;
    this.status = span.status;
    this.start = span.startUnixNano > 0n ? nanoseconds(Number(span.startUnixNano - epochUnixNano)) : nanoseconds(0);
    this.duration = nanoseconds(span.durationNano);
    this.resource = span.resource;
    this.scope = span.scope;
    this.traceState = span.traceState;
    this.attributes = span.attributes;
    this.events = span.events.length === 0 ? NO_EVENTS : offsetEvents(span.events, epochUnixNano);
    this.links = span.links;
    this.parent = undefined;
    this.children = NO_CHILDREN;
    this.depth = 0;
    this.warnings = span.warnings ?? NO_WARNINGS;
    this.isSharedHalf = span.isSharedHalf === true;
  }

  /** `sentence` is shown to people beside the span. */
  warn(sentence: string): void {
    this.warnings = [...this.warnings, sentence];
  }
}

function offsetEvents(events: readonly FlatEvent[], epochUnixNano: bigint): readonly SpanEvent[] {
  return events.map((event) => ({
    name: event.name,
    time: nanoseconds(Number(event.timeUnixNano - epochUnixNano)),
    attributes: event.attributes,
  }));
}

/** By start; equal starts by id, so that the order does not depend on the order in which a server sends spans. */
export function compareByStart(a: SpanNode, b: SpanNode): number {
  if (a.start !== b.start) {
    return a.start < b.start ? -1 : 1;
  }
  return a.spanId < b.spanId ? -1 : a.spanId > b.spanId ? 1 : 0;
}
