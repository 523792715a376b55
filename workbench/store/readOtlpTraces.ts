import { OtlpReader } from './otlpReader';
import type { OtlpResource, OtlpScope, StoredSpan } from './otlpSpan';

/** Reads an ExportTraceServiceRequest in OTLP's JSON encoding (ids in hex). Throws MalformedOtlp. */
export function readOtlpTraces(body: unknown): StoredSpan[] {
  const spans: StoredSpan[] = [];
  for (const resourceSpans of new OtlpReader(body, 'request').objects('resourceSpans')) {
    const resource: OtlpResource = { attributes: resourceSpans.object('resource').attributes() };
    for (const scopeSpans of resourceSpans.objects('scopeSpans')) {
      const scope = readScope(scopeSpans.object('scope'));
      for (const span of scopeSpans.objects('spans')) {
        spans.push(readSpan(span, resource, scope));
      }
    }
  }
  return spans;
}

function readScope(scope: OtlpReader): OtlpScope {
  return { name: scope.text('name'), version: scope.text('version'), attributes: scope.attributes() };
}

function readSpan(span: OtlpReader, resource: OtlpResource, scope: OtlpScope): StoredSpan {
  const status = span.object('status');
  return {
    resource,
    scope,
    traceId: span.id('traceId', 16),
    spanId: span.id('spanId', 8),
    parentSpanId: span.id('parentSpanId', 8),
    traceState: span.text('traceState'),
    flags: span.number('flags'),
    name: span.text('name'),
    kind: span.number('kind'),
    startUnixNano: span.int64('startTimeUnixNano'),
    endUnixNano: span.int64('endTimeUnixNano'),
    attributes: span.attributes(),
    events: span.objects('events').map((event) => ({
      timeUnixNano: event.int64('timeUnixNano'),
      name: event.text('name'),
      attributes: event.attributes(),
    })),
    links: span.objects('links').map((link) => ({
      traceId: link.id('traceId', 16),
      spanId: link.id('spanId', 8),
      traceState: link.text('traceState'),
      attributes: link.attributes(),
    })),
    statusCode: status.number('code'),
    statusMessage: status.text('message'),
  };
}
