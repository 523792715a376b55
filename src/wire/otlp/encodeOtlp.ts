import type { Attributes } from '../../model/attributes';
import type { Resource, Scope, Span, SpanEvent, SpanLink, Trace } from '../../model/trace';
import { encodeEntries } from './anyValue';
import {
  SPAN_KINDS,
  STATUS_CODES,
  type OtlpEvent,
  type OtlpKeyValue,
  type OtlpLink,
  type OtlpResourceSpans,
  type OtlpScope,
  type OtlpScopeSpans,
  type OtlpSpan,
  type OtlpTraces,
} from './otlpJson';

/**
 * A trace as OTLP/JSON, to the letter of the specification, so that any OTLP endpoint takes it. Decoded again it is the
 * same trace; warnings are our remarks and not part of it.
 */
export function encodeOtlp(trace: Trace): OtlpTraces {
  const scopesByResource = new Map<Resource, Map<Scope | undefined, Span[]>>();
  for (const span of trace.spans) {
    const spansByScope = entryOf(scopesByResource, span.resource, () => new Map<Scope | undefined, Span[]>());
    entryOf(spansByScope, span.scope, () => []).push(span);
  }
  return {
    resourceSpans: [...scopesByResource].map(([resource, spansByScope]): OtlpResourceSpans => ({
      resource: { attributes: encodeEntries(resource.attributes.entries) },
      scopeSpans: [...spansByScope].map(([scope, spans]): OtlpScopeSpans => ({
        ...(scope && { scope: encodeScope(scope) }),
        spans: spans.map((span) => encodeSpan(span, trace)),
      })),
    })),
  };
}

function entryOf<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}

function encodeScope(scope: Scope): OtlpScope {
  return {
    name: scope.name,
    ...(scope.version !== undefined && { version: scope.version }),
    ...encodeAttributes(scope.attributes),
  };
}

function encodeSpan(span: Span, trace: Trace): OtlpSpan {
  const startUnixNano = trace.epochUnixNano + wholeNanos(span.start);
  return {
    traceId: trace.traceId,
    spanId: span.spanId,
    ...(span.traceState !== undefined && { traceState: span.traceState }),
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: SPAN_KINDS.indexOf(span.kind),
    startTimeUnixNano: startUnixNano.toString(),
    endTimeUnixNano: (startUnixNano + wholeNanos(span.duration)).toString(),
    ...encodeAttributes(span.attributes),
    ...(span.events.length > 0 && { events: span.events.map((event) => encodeEvent(event, trace)) }),
    ...(span.links.length > 0 && { links: span.links.map(encodeLink) }),
    status: {
      ...(span.status.code !== 'unset' && { code: STATUS_CODES.indexOf(span.status.code) }),
      ...(span.status.message !== undefined && { message: span.status.message }),
    },
  };
}

function encodeEvent(event: SpanEvent, trace: Trace): OtlpEvent {
  return {
    timeUnixNano: (trace.epochUnixNano + wholeNanos(event.time)).toString(),
    name: event.name,
    ...encodeAttributes(event.attributes),
  };
}

function encodeLink(link: SpanLink): OtlpLink {
  return {
    traceId: link.traceId,
    spanId: link.spanId,
    ...(link.traceState !== undefined && { traceState: link.traceState }),
    ...encodeAttributes(link.attributes),
  };
}

function encodeAttributes(attributes: Attributes | undefined): { attributes?: OtlpKeyValue[] } {
  return attributes !== undefined && attributes.size > 0 ? { attributes: encodeEntries(attributes.entries) } : {};
}

/** Some wires have fractions of a nanosecond (a float of microseconds); OTLP has none. */
function wholeNanos(time: number): bigint {
  return BigInt(Math.round(time));
}
