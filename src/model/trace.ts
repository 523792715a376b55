/**
 * What a trace is, in OpenTelemetry's words. Every wire format is decoded into this shape and every frame is built
 * from it; nothing here knows a store or Grafana.
 */
import type { Attributes } from './attributes';
import type { Nanoseconds } from './time';

export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export type StatusCode = 'unset' | 'ok' | 'error';

/** `unset` unless the wire says otherwise: silence is not success. */
export interface SpanStatus {
  readonly code: StatusCode;
  readonly message?: string;
}

/** The entity that produced spans. One object per distinct resource of a trace, shared by its spans. */
export interface Resource {
  /** The value of `service.name`; decoders name a service even when the wire does not (see `UNKNOWN_SERVICE`). */
  readonly serviceName: string;
  /** Every resource attribute, `service.name` among them. */
  readonly attributes: Attributes;
}

/** The instrumentation scope ("library") that recorded a span. */
export interface Scope {
  readonly name: string;
  readonly version?: string;
  readonly attributes?: Attributes;
}

/** Something that happened at one instant of a span. */
export interface SpanEvent {
  readonly name: string;
  /** From `Trace.epochUnixNano`; negative when the event precedes the first span. */
  readonly time: Nanoseconds;
  readonly attributes: Attributes;
}

/** A pointer to a span of this or another trace that is not the parent. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState?: string;
  readonly attributes: Attributes;
}

export interface Span {
  /** Unique within the trace: `assembleTrace` guarantees it. */
  readonly spanId: string;
  /** As the wire gave it. The parent may be missing from the trace; `parent` is then undefined. */
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly status: SpanStatus;
  /** From `Trace.epochUnixNano`. */
  readonly start: Nanoseconds;
  /** Never negative. */
  readonly duration: Nanoseconds;
  readonly resource: Resource;
  readonly scope?: Scope;
  readonly traceState?: string;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly parent?: Span;
  /** Sorted by start. */
  readonly children: readonly Span[];
  /** Roots have 0. */
  readonly depth: number;
  /** Index in `Trace.spans`: what is known of every span of a trace is best kept in a list, by position. */
  readonly position: number;
  /** What the store, a decoder or a repair had to say about this span: whole sentences. */
  readonly warnings: readonly string[];
}

export interface Trace {
  /** 32 lower-case hex digits; see `ids.ts` for the forms people write. */
  readonly traceId: string;
  /** Start of the earliest span. Span times count from here, so they stay exact integers in a number. */
  readonly epochUnixNano: bigint;
  /** From the earliest start to the latest end over all spans. */
  readonly duration: Nanoseconds;
  /** Depth first, siblings by start. */
  readonly spans: readonly Span[];
  /** Spans without a parent in this trace, by start. */
  readonly roots: readonly Span[];
  /** What concerns the trace as a whole (a cut, a decoder's remark): whole sentences. */
  readonly warnings: readonly string[];
}

/** Stands in for a service name that the wire does not give, as the OpenTelemetry resource specification does. */
export const UNKNOWN_SERVICE = 'unknown_service';
