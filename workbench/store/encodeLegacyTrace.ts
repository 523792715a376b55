/** An adjusted trace as Jaeger's legacy JSON: OTLP translated to tags, logs, references and processes. */
import {
  kindWord,
  serviceNameOf,
  STATUS_ERROR,
  STATUS_OK,
  valueAsText,
  WARNINGS_ATTRIBUTE,
  warningsOf,
  type OtlpAttribute,
  type OtlpEvent,
  type OtlpResource,
  type OtlpValue,
  type StoredSpan,
} from './otlpSpan';
import { legacyTraceId } from './traceIdParam';
import type { StoredTrace } from './TraceStore';

interface LegacyTag {
  readonly key: string;
  readonly type: 'string' | 'bool' | 'int64' | 'float64' | 'binary';
  readonly value: string | boolean | number;
}

interface LegacyProcess {
  readonly serviceName: string;
  readonly tags: readonly LegacyTag[];
}

interface LegacySpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: ReadonlyArray<{ refType: string; traceID: string; spanID: string }>;
  readonly startTime: number;
  readonly duration: number;
  readonly tags: readonly LegacyTag[];
  readonly logs: ReadonlyArray<{ timestamp: number; fields: readonly LegacyTag[] }>;
  readonly processID: string;
  readonly warnings: readonly string[] | null;
}

export interface LegacyTrace {
  readonly traceID: string;
  readonly spans: readonly LegacySpan[];
  readonly processes: Readonly<Record<string, LegacyProcess>>;
  readonly warnings: null;
}

/** Throws Go's words for values that JSON has no place for (NaN, infinities), as the server then answers 500. */
export function encodeLegacyTrace(trace: StoredTrace): LegacyTrace {
  const processes = new Map<string, { id: string; process: LegacyProcess }>();
  const spans: LegacySpan[] = [];
  for (const span of trace.spans) {
    const process = encodeProcess(span.resource);
    const processKey = JSON.stringify(process);
    const known = processes.get(processKey) ?? { id: `p${processes.size + 1}`, process };
    processes.set(processKey, known);
    spans.push(encodeSpan(span, known.id));
  }
  return {
    traceID: legacyTraceId(trace.traceId),
    spans,
    processes: Object.fromEntries([...processes.values()].map(({ id, process }) => [id, process])),
    warnings: null,
  };
}

function encodeProcess(resource: OtlpResource): LegacyProcess {
  return {
    serviceName: serviceNameOf(resource) || 'OTLPResourceNoServiceName',
    tags: resource.attributes.filter(({ key }) => key !== 'service.name').map(encodeTag),
  };
}

function encodeSpan(span: StoredSpan, processID: string): LegacySpan {
  const own = span.attributes.filter(({ key }) => key !== WARNINGS_ATTRIBUTE);
  const warnings = warningsOf(span);
  return {
    traceID: legacyTraceId(span.traceId),
    spanID: span.spanId,
    operationName: span.name,
    references: encodeReferences(span),
    startTime: toMicros(span.startUnixNano),
    duration: span.endUnixNano > span.startUnixNano ? toMicros(span.endUnixNano - span.startUnixNano) : 0,
    tags: [...scopeTags(span), ...own.map(encodeTag), ...fieldTags(span)],
    logs: span.events.map(encodeLog),
    processID,
    warnings: warnings.length > 0 ? warnings : null,
  };
}

/** The parent first; a link that says it is a parent stays one. */
function encodeReferences(span: StoredSpan): LegacySpan['references'] {
  const parent =
    span.parentSpanId === ''
      ? []
      : [{ refType: 'CHILD_OF', traceID: legacyTraceId(span.traceId), spanID: span.parentSpanId }];
  const others = span.links.map((link) => ({
    refType: link.attributes.some(
      ({ key, value }) => key === 'opentracing.ref_type' && valueAsText(value) === 'child_of'
    )
      ? 'CHILD_OF'
      : 'FOLLOWS_FROM',
    traceID: legacyTraceId(link.traceId.padStart(32, '0')),
    spanID: link.spanId.padStart(16, '0'),
  }));
  return [...parent, ...others];
}

function scopeTags({ scope }: StoredSpan): LegacyTag[] {
  return [...textTag('otel.scope.name', scope.name), ...textTag('otel.scope.version', scope.version)];
}

/** What OTLP has as fields and the legacy model only as tags. */
function fieldTags(span: StoredSpan): LegacyTag[] {
  const isError = span.statusCode === STATUS_ERROR;
  return [
    ...textTag('span.kind', kindWord(span.kind)),
    ...textTag('otel.status_code', isError ? 'ERROR' : span.statusCode === STATUS_OK ? 'OK' : ''),
    ...(isError ? [{ key: 'error', type: 'bool' as const, value: true }] : []),
    ...textTag('otel.status_description', span.statusMessage),
    ...textTag('w3c.tracestate', span.traceState),
  ];
}

function textTag(key: string, value: string): LegacyTag[] {
  return value === '' ? [] : [{ key, type: 'string', value }];
}

function encodeLog(event: OtlpEvent): LegacySpan['logs'][number] {
  const fields = event.attributes.map(encodeTag);
  if (event.name !== '' && !event.attributes.some(({ key }) => key === 'event')) {
    fields.unshift({ key: 'event', type: 'string', value: event.name });
  }
  return { timestamp: toMicros(event.timeUnixNano), fields };
}

function encodeTag({ key, value }: OtlpAttribute): LegacyTag {
  if ('boolValue' in value) {
    return { key, type: 'bool', value: value.boolValue === true };
  }
  if ('intValue' in value) {
    const number = Number(value.intValue);
    return { key, type: 'int64', value: Number.isSafeInteger(number) ? number : String(value.intValue) };
  }
  if ('doubleValue' in value) {
    return { key, type: 'float64', value: encodeDouble(value) };
  }
  if ('bytesValue' in value) {
    return { key, type: 'binary', value: String(value.bytesValue) };
  }
  return { key, type: 'string', value: valueAsText(value) };
}

function encodeDouble(value: OtlpValue): number {
  const number = Number(Object.values(value)[0]);
  if (!Number.isFinite(number)) {
    throw new Error(`failed writing HTTP response: json: unsupported value: ${number}`);
  }
  return number;
}

/** Nanoseconds are cut off, not rounded. */
function toMicros(nanos: bigint): number {
  return Number(nanos / 1_000n);
}
