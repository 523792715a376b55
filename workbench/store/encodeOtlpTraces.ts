/** Stored spans as OTLP JSON in the way Jaeger's v3 gateway prints it: what is empty or zero is left out. */
import { groupBy } from './groupBy';
import type { StoredSpan } from './otlpSpan';
import type { StoredTrace } from './TraceStore';

type Json = Readonly<Record<string, unknown>>;

/** One flat list for all traces, as the server sends it: a client must group by trace id. */
export function encodeOtlpTraces(traces: readonly StoredTrace[]): Json {
  return { resourceSpans: traces.flatMap((trace) => encodeResources(trace.spans)) };
}

function encodeResources(spans: readonly StoredSpan[]): Json[] {
  return [...groupBy(spans, (span) => span.resource)].map(([resource, ofResource]) => ({
    resource: withoutEmpty({ attributes: resource.attributes }),
    scopeSpans: [...groupBy(ofResource, (span) => span.scope)].map(([scope, members]) => ({
      scope: withoutEmpty({
        name: scope.name,
        version: scope.version,
        attributes: scope.attributes,
      }),
      spans: members.map(encodeSpan),
    })),
  }));
}

function encodeSpan(span: StoredSpan): Json {
  return withoutEmpty({
    traceId: span.traceId,
    spanId: span.spanId,
    traceState: span.traceState,
    parentSpanId: span.parentSpanId,
    flags: span.flags,
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: span.startUnixNano.toString(),
    endTimeUnixNano: span.endUnixNano.toString(),
    attributes: span.attributes,
    events: span.events.map((event) =>
      withoutEmpty({
        timeUnixNano: event.timeUnixNano.toString(),
        name: event.name,
        attributes: event.attributes,
      })
    ),
    links: span.links.map((link) =>
      withoutEmpty({
        traceId: link.traceId,
        spanId: link.spanId,
        traceState: link.traceState,
        attributes: link.attributes,
      })
    ),
    // Always there, even when nothing was set.
    status: { ...withoutEmpty({ message: span.statusMessage, code: span.statusCode }) },
  });
}

function withoutEmpty(fields: Json): Json {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== '' && value !== 0 && value !== '0' && !(Array.isArray(value) && value.length === 0)
    )
  );
}
