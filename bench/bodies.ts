/**
 * What a Jaeger server would answer for a trace, as text: the benchmark starts where the network ends. Written span by
 * span and joined, so that the text is one flat string and no tree of objects is left behind.
 */
import type { Attribute, AttributeValue } from '../src/model/attributes';
import type { FlatSpan } from '../src/model/flatSpan';
import type { Resource, Scope } from '../src/model/trace';
import { encodeEntries } from '../src/wire/otlp/anyValue';
import { SPAN_KINDS, STATUS_CODES } from '../src/wire/otlp/otlpJson';
import { seededSpans, type TraceShape } from '../testkit/seededTrace';

export const WIRES = ['legacy', 'otlp'] as const;

export type Wire = (typeof WIRES)[number];

/** A trace that is measured: with eight attributes a span, as instrumentation libraries set. */
export function seededBody(wire: Wire, spans: number, shape: TraceShape = 'bushy', seed = spans): string {
  return writeBody(wire, seededSpans({ spans, shape, seed, attributesPerSpan: 8 }));
}

/** All spans are of one trace. */
export function writeBody(wire: Wire, spans: readonly FlatSpan[]): string {
  return wire === 'legacy' ? writeLegacyBody(spans) : writeOtlpBody(spans);
}

/** `/api/traces/{id}`: microseconds, processes shared, what OpenTelemetry has fields for as tags. */
export function writeLegacyBody(spans: readonly FlatSpan[]): string {
  const processIds = new Map<Resource, string>();
  const written = spans.map((span) => {
    const processId = processIds.get(span.resource) ?? `p${processIds.size + 1}`;
    processIds.set(span.resource, processId);
    return JSON.stringify(legacySpan(span, processId));
  });
  const processes = Object.fromEntries(
    [...processIds].map(([{ serviceName, attributes }, id]) => [
      id,
      { serviceName, tags: attributes.entries.filter(({ key }) => key !== 'service.name').map(legacyTag) },
    ])
  );
  return [
    `{"data":[{"traceID":"${spans[0].traceId}","spans":[`,
    written.join(','),
    `],"processes":${JSON.stringify(processes)},"warnings":null}],"total":0,"limit":0,"offset":0,"errors":null}`,
  ].join('');
}

function legacySpan(span: FlatSpan, processID: string): object {
  const { traceId, spanId, parentSpanId, kind, status, scope } = span;
  return {
    traceID: traceId,
    spanID: spanId,
    operationName: span.name,
    references: parentSpanId ? [{ refType: 'CHILD_OF', traceID: traceId, spanID: parentSpanId }] : [],
    startTime: Number(span.startUnixNano / 1_000n),
    duration: Math.floor(span.durationNano / 1_000),
    tags: [
      ...span.attributes.entries.map(legacyTag),
      { key: 'span.kind', type: 'string', value: kind },
      ...(scope ? [{ key: 'otel.scope.name', type: 'string', value: scope.name }] : []),
      ...(scope?.version ? [{ key: 'otel.scope.version', type: 'string', value: scope.version }] : []),
      ...(status.code === 'error'
        ? [
            { key: 'otel.status_code', type: 'string', value: 'ERROR' },
            { key: 'error', type: 'bool', value: true },
            { key: 'otel.status_description', type: 'string', value: status.message },
          ]
        : []),
    ],
    logs: span.events.map((event) => ({
      timestamp: Number(event.timeUnixNano / 1_000n),
      fields: [{ key: 'event', type: 'string', value: event.name }, ...event.attributes.entries.map(legacyTag)],
    })),
    processID,
    warnings: null,
  };
}

function legacyTag({ key, value }: Attribute): object {
  return { key, type: legacyType(value), value };
}

function legacyType(value: AttributeValue): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) ? 'int64' : 'float64';
    default:
      return 'string';
  }
}

/** What the batch processors of OpenTelemetry's SDKs send at once unless told otherwise. */
const EXPORT_BATCH = 512;

/** `/api/v3/traces/{id}`, inside its envelope: exact nanoseconds, in the batches in which services export their spans. */
export function writeOtlpBody(spans: readonly FlatSpan[]): string {
  const blocks: string[] = [];
  const batches = new Map<Resource, FlatSpan[]>();
  for (const span of spans) {
    const batch = entryOf(batches, span.resource);
    batch.push(span);
    if (batch.length === EXPORT_BATCH) {
      blocks.push(otlpBlock(batch));
      batches.delete(span.resource);
    }
  }
  blocks.push(...[...batches.values()].map(otlpBlock));
  return `{"resourceSpans":[${blocks.join(',')}]}`;
}

/** The spans of one resource, by scope. */
function otlpBlock(batch: readonly FlatSpan[]): string {
  const spansByScope = new Map<Scope | undefined, FlatSpan[]>();
  for (const span of batch) {
    entryOf(spansByScope, span.scope).push(span);
  }
  const scopeSpans = [...spansByScope].map(
    ([scope, ofScope]) =>
      `{"scope":${JSON.stringify(scope ?? {})},"spans":[${ofScope.map((span) => JSON.stringify(otlpSpan(span))).join(',')}]}`
  );
  const attributes = JSON.stringify(encodeEntries(batch[0].resource.attributes.entries));
  return `{"resource":{"attributes":${attributes}},"scopeSpans":[${scopeSpans.join(',')}]}`;
}

function entryOf<K>(spansByKey: Map<K, FlatSpan[]>, key: K): FlatSpan[] {
  let spans = spansByKey.get(key);
  if (spans === undefined) {
    spans = [];
    spansByKey.set(key, spans);
  }
  return spans;
}

function otlpSpan(span: FlatSpan): object {
  const { status } = span;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: SPAN_KINDS.indexOf(span.kind),
    startTimeUnixNano: span.startUnixNano.toString(),
    endTimeUnixNano: (span.startUnixNano + BigInt(span.durationNano)).toString(),
    attributes: encodeEntries(span.attributes.entries),
    events: span.events.length === 0 ? undefined : span.events.map(otlpEvent),
    status: status.code === 'unset' ? {} : { code: STATUS_CODES.indexOf(status.code), message: status.message },
  };
}

function otlpEvent({ name, timeUnixNano, attributes }: FlatSpan['events'][number]): object {
  return { timeUnixNano: timeUnixNano.toString(), name, attributes: encodeEntries(attributes.entries) };
}
