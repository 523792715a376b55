import { isAttributeBytes, isAttributeMap, type Attribute, type AttributeValue } from '../../model/attributes';
import { displayTraceId } from '../../model/ids';
import {
  ERROR,
  OTEL_SCOPE_NAME,
  OTEL_SCOPE_VERSION,
  OTEL_STATUS_CODE,
  OTEL_STATUS_DESCRIPTION,
  SERVICE_NAME,
  SPAN_KIND,
  W3C_TRACESTATE,
} from '../../model/semconv';
import { toMicros, type Nanoseconds } from '../../model/time';
import type { Resource, Span, SpanEvent, Trace } from '../../model/trace';
import type {
  LegacyEnvelope,
  LegacyLog,
  LegacyProcess,
  LegacyReference,
  LegacySpan,
  LegacyTag,
  LegacyTrace,
} from './legacyJson';

/**
 * A trace as `/api/traces/{id}` answers it, for download: Jaeger UI opens such a file. What that JSON has no place for
 * is lost as Jaeger itself loses it: nanoseconds, attributes of links and scopes, the types of lists and maps.
 */
export function encodeLegacy(trace: Trace): LegacyEnvelope<readonly LegacyTrace[]> {
  const processes = new ProcessTable();
  const spans = trace.spans.map((span) => encodeSpan(span, trace, processes.idOf(span.resource)));
  return {
    data: [
      {
        traceID: displayTraceId(trace.traceId),
        spans,
        processes: processes.encode(),
        warnings: trace.warnings.length === 0 ? null : trace.warnings,
      },
    ],
    total: 0,
    limit: 0,
    offset: 0,
    errors: null,
  };
}

class ProcessTable {
  private readonly ids = new Map<Resource, string>();

  idOf(resource: Resource): string {
    const id = this.ids.get(resource) ?? `p${this.ids.size + 1}`;
    this.ids.set(resource, id);
    return id;
  }

  encode(): Record<string, LegacyProcess> {
    return Object.fromEntries([...this.ids].map(([resource, id]) => [id, encodeProcess(resource)]));
  }
}

function encodeProcess({ serviceName, attributes }: Resource): LegacyProcess {
  const others = attributes.entries.filter(({ key, value }) => key !== SERVICE_NAME || value !== serviceName);
  return { serviceName, tags: others.map(encodeTag) };
}

function encodeSpan(span: Span, trace: Trace, processID: string): LegacySpan {
  return {
    traceID: displayTraceId(trace.traceId),
    spanID: span.spanId,
    operationName: span.name,
    references: encodeReferences(span, trace),
    startTime: unixMicros(trace, span.start),
    duration: Math.floor(toMicros(span.duration)),
    tags: [...span.attributes.entries.map(encodeTag), ...syntheticTags(span)],
    logs: span.events.map((event) => encodeLog(event, trace)),
    processID,
    warnings: span.warnings.length === 0 ? null : span.warnings,
  };
}

function encodeReferences(span: Span, trace: Trace): LegacyReference[] {
  const traceID = displayTraceId(trace.traceId);
  const parent: LegacyReference[] =
    span.parentSpanId === undefined ? [] : [{ refType: 'CHILD_OF', traceID, spanID: span.parentSpanId }];
  const links = span.links.map((link): LegacyReference => ({
    refType: 'FOLLOWS_FROM',
    traceID: displayTraceId(link.traceId),
    spanID: link.spanId,
  }));
  return [...parent, ...links];
}

/** OpenTelemetry's mapping of what this model has no field for; the inverse of what `decodeLegacyTraces` reads. */
function syntheticTags({ kind, status, scope, traceState }: Span): LegacyTag[] {
  const tags: LegacyTag[] = [];
  const add = (key: string, value: string | undefined) =>
    value !== undefined && tags.push({ key, type: 'string', value });
  add(SPAN_KIND, kind === 'unspecified' ? undefined : kind);
  add(OTEL_STATUS_CODE, status.code === 'unset' ? undefined : status.code.toUpperCase());
  if (status.code === 'error') {
    tags.push({ key: ERROR, type: 'bool', value: true });
  }
  add(OTEL_STATUS_DESCRIPTION, status.message);
  add(OTEL_SCOPE_NAME, scope?.name);
  add(OTEL_SCOPE_VERSION, scope?.version);
  add(W3C_TRACESTATE, traceState);
  return tags;
}

/** The name becomes the field `event`, which as the first of its key is the one that counts. */
function encodeLog(event: SpanEvent, trace: Trace): LegacyLog {
  return {
    timestamp: unixMicros(trace, event.time),
    fields: [{ key: 'event', type: 'string', value: event.name }, ...event.attributes.entries.map(encodeTag)],
  };
}

/** Epoch microseconds fit a double for three centuries. */
function unixMicros(trace: Trace, time: Nanoseconds): number {
  return Number((trace.epochUnixNano + BigInt(Math.round(time))) / 1_000n);
}

function encodeTag({ key, value, type }: Attribute): LegacyTag {
  switch (typeof value) {
    case 'string':
      return { key, type: 'string', value };
    case 'boolean':
      return { key, type: 'bool', value };
    case 'bigint':
      return { key, type: 'int64', value: value.toString() };
    case 'number':
      if (!Number.isFinite(value)) {
        return { key, type: 'float64', value: String(value) };
      }
      return { key, type: type === 'double' || !Number.isSafeInteger(value) ? 'float64' : 'int64', value };
    default:
      return isAttributeBytes(value)
        ? { key, type: 'binary', value: value.base64 }
        : { key, type: 'string', value: value === null ? '' : JSON.stringify(plain(value)) };
  }
}

/** Lists and maps as the JSON text that Jaeger makes of them. Entries, not an object: a key may be `__proto__`. */
function plain(value: AttributeValue): unknown {
  if (typeof value === 'bigint') {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value !== null && typeof value === 'object') {
    const inner = value as Exclude<typeof value, readonly AttributeValue[]>;
    return isAttributeMap(inner)
      ? Object.fromEntries(inner.entries.map((entry) => [entry.key, plain(entry.value)]))
      : inner.base64;
  }
  return value;
}
