import { displayTraceId } from '../../model/ids';
import {
  ERROR,
  OTEL_SCOPE_NAME,
  OTEL_SCOPE_VERSION,
  OTEL_STATUS_CODE,
  SERVICE_NAME,
  W3C_TRACESTATE,
} from '../../model/semconv';
import { toMicros, type Nanoseconds } from '../../model/time';
import type { Span, Trace } from '../../model/trace';
import { writeAnnotationText } from './annotationText';
import { localEndpoint, remoteEndpoint } from './endpointFields';
import { textOf } from './jsonAttributes';
import { writeLinkTags } from './linkTags';
import { DEBUG } from './tagKeys';
import type { ZipkinKind, ZipkinSpan } from './zipkinJson';

const KINDS: ReadonlyMap<Span['kind'], ZipkinKind> = new Map([
  ['client', 'CLIENT'],
  ['server', 'SERVER'],
  ['producer', 'PRODUCER'],
  ['consumer', 'CONSUMER'],
]);

/**
 * A trace as the spans of Zipkin's JSON, version 2, for sending and for download; the inverse of `decodeZipkin`. What
 * Zipkin has no field for goes where OpenTelemetry's exporters put it; lost are nanoseconds, the types of values, and
 * which attributes belong to the resource or to the scope.
 */
export function encodeZipkin(trace: Trace): readonly ZipkinSpan[] {
  const sharers = sharedHalves(trace.spans);
  return trace.spans.map((span) => encodeSpan(span, trace, sharers.has(span)));
}

function encodeSpan(span: Span, trace: Trace, isShared: boolean): ZipkinSpan {
  const micros = Math.floor(toMicros(span.duration));
  const kind = KINDS.get(span.kind);
  const local = localEndpoint(span.resource);
  const remote = remoteEndpoint(span);
  const written = new Set([SERVICE_NAME, ...local.keys, ...remote.keys]);
  return {
    traceId: displayTraceId(trace.traceId),
    id: span.spanId,
    ...(span.parentSpanId !== undefined && { parentId: span.parentSpanId }),
    ...(kind && { kind }),
    ...(span.name !== '' && { name: span.name }),
    timestamp: unixMicros(trace, span.start),
    // 0 is not written: to Zipkin it is a duration that nobody knows.
    ...(micros > 0 && { duration: micros }),
    ...(local.endpoint && { localEndpoint: local.endpoint }),
    ...(remote.endpoint && { remoteEndpoint: remote.endpoint }),
    annotations: span.events.map((event) => ({
      timestamp: unixMicros(trace, event.time),
      value: writeAnnotationText(event),
    })),
    tags: encodeTags(span, written),
    ...(span.attributes.get(DEBUG) === true && { debug: true }),
    ...(isShared && { shared: true }),
  };
}

/** A key counts once: of the span's attributes the first, before the resource's. */
function encodeTags(span: Span, written: ReadonlySet<string>): Record<string, string> {
  const tags = new Map<string, string>();
  const add = (key: string, value: string | undefined) => value !== undefined && !tags.has(key) && tags.set(key, value);
  const { status, scope, traceState, links, attributes, resource } = span;
  add(OTEL_STATUS_CODE, status.code === 'unset' ? undefined : status.code.toUpperCase());
  add(ERROR, status.code === 'error' ? (status.message ?? '') : undefined);
  add(OTEL_SCOPE_NAME, scope?.name);
  add(OTEL_SCOPE_VERSION, scope?.version);
  add(W3C_TRACESTATE, traceState);
  writeLinkTags(links).forEach(([key, value]) => add(key, value));
  for (const { key, value } of [...attributes.entries, ...resource.attributes.entries]) {
    // The tag alone would make a failure of the span, and whether it failed is told above.
    if (key !== ERROR && !written.has(key) && !(key === DEBUG && value === true)) {
      add(key, textOf(value));
    }
  }
  // Entries, not assignments: a key may be `__proto__`.
  return Object.fromEntries(tags);
}

/** Epoch microseconds fit a double for three centuries. */
function unixMicros(trace: Trace, time: Nanoseconds): number {
  return Number((trace.epochUnixNano + BigInt(Math.round(time))) / 1_000n);
}

/** Servers that still carry the id of their client, as in a trace whose flaws are not repaired. */
function sharedHalves(spans: readonly Span[]): ReadonlySet<Span> {
  const callers = new Set<string>();
  for (const { spanId, kind } of spans) {
    if (kind === 'client' || kind === 'producer') {
      callers.add(spanId);
    }
  }
  return new Set(spans.filter(({ spanId, kind }) => (kind === 'server' || kind === 'consumer') && callers.has(spanId)));
}
