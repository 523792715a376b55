import type { Attributes } from './attributes';
import type { Resource, Scope, SpanKind, SpanLink, SpanStatus } from './trace';

/** An event whose time is still absolute. */
export interface FlatEvent {
  readonly name: string;
  readonly timeUnixNano: bigint;
  readonly attributes: Attributes;
}

/**
 * What every decoder produces: one span, no tree, absolute times. `assembleTrace` turns a list of them into a `Trace`
 * and owns every rule about parents, order, duplicates and missing times; decoders repair nothing of that kind.
 */
export interface FlatSpan {
  /** 32 lower-case hex digits (`normalizeTraceId`). */
  readonly traceId: string;
  /** Lower-case hex, 16 digits where the wire is sound; never empty (a span without one is dropped with a warning). */
  readonly spanId: string;
  /** Missing on roots; an empty or all-zero id on the wire counts as missing. */
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly status: SpanStatus;
  /** 0n when the wire gives no time; `assembleTrace` then places the span and says so. */
  readonly startUnixNano: bigint;
  /** As on the wire, so possibly negative (a clock that ran backwards); `assembleTrace` clamps it and says so. */
  readonly durationNano: number;
  readonly resource: Resource;
  readonly scope?: Scope;
  readonly traceState?: string;
  readonly attributes: Attributes;
  readonly events: readonly FlatEvent[];
  readonly links: readonly SpanLink[];
  /**
   * The wire says that this is the callee's half of a call and has its id from the caller's half, as B3 propagation
   * makes them. `assembleTrace` gives it an id of its own and hangs it below the caller; that is no flaw to be told.
   */
  readonly isSharedHalf?: boolean;
  /** The store's and the decoder's remarks on this span. */
  readonly warnings?: readonly string[];
}

/** What a decoder makes of one body, possibly of several traces. */
export interface DecodedSpans {
  readonly spans: readonly FlatSpan[];
  /** What concerns the body or a whole trace, such as spans left out: whole sentences. */
  readonly warnings: readonly string[];
}
