/**
 * A stored trace as Jaeger's legacy JSON: OTLP translated to tags, logs and references, with the read-time adjusters
 * that always run (sorted attributes, duplicates dropped, dead links removed, SDK attributes moved to the process).
 */
import {
  kindWord,
  serviceNameOf,
  STATUS_ERROR,
  STATUS_OK,
  valueAsText,
  type OtlpAttribute,
  type OtlpEvent,
  type OtlpLink,
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
  const seen = new Set<string>();
  const spans: LegacySpan[] = [];
  for (const span of trace.spans) {
    const process = encodeProcess(span.resource, span.attributes.filter(belongsToProcess));
    const processKey = JSON.stringify(process);
    const known = processes.get(processKey) ?? { id: `p${processes.size + 1}`, process };
    processes.set(processKey, known);
    const encoded = encodeSpan(span, known.id);
    const identity = JSON.stringify(encoded);
    if (!seen.has(identity)) {
      seen.add(identity);
      spans.push(encoded);
    }
  }
  return {
    traceID: legacyTraceId(trace.traceId),
    spans,
    processes: Object.fromEntries([...processes.values()].map(({ id, process }) => [id, process])),
    warnings: null,
  };
}

function belongsToProcess({ key }: OtlpAttribute): boolean {
  return key.startsWith('telemetry.sdk.') || key.startsWith('telemetry.distro.');
}

function encodeProcess(resource: OtlpResource, moved: readonly OtlpAttribute[]): LegacyProcess {
  const attributes = [...resource.attributes.filter(({ key }) => key !== 'service.name'), ...moved];
  return {
    serviceName: serviceNameOf(resource) || 'OTLPResourceNoServiceName',
    tags: sortedTags(attributes.map(encodeTag)),
  };
}

function encodeSpan(span: StoredSpan, processID: string): LegacySpan {
  const liveLinks = span.links.filter((link) => link.traceId !== '' && link.spanId !== '');
  return {
    traceID: legacyTraceId(span.traceId),
    spanID: span.spanId.padStart(16, '0'),
    operationName: span.name,
    references: encodeReferences(span, liveLinks),
    startTime: toMicros(span.startUnixNano),
    duration: toMicros(span.endUnixNano > span.startUnixNano ? span.endUnixNano - span.startUnixNano : 0n),
    tags: sortedTags([
      ...span.attributes.filter((attribute) => !belongsToProcess(attribute)).map(encodeTag),
      ...syntheticTags(span),
    ]),
    logs: [...span.events].sort((a, b) => Number(a.timeUnixNano - b.timeUnixNano)).map(encodeLog),
    processID,
    warnings: liveLinks.length === span.links.length ? null : ['Invalid span link removed'],
  };
}

/** The parent first; a link that says it is a parent stays one. */
function encodeReferences(span: StoredSpan, links: readonly OtlpLink[]): LegacySpan['references'] {
  const parent =
    span.parentSpanId === ''
      ? []
      : [{ refType: 'CHILD_OF', traceID: legacyTraceId(span.traceId), spanID: span.parentSpanId }];
  const others = links.map((link) => ({
    refType: link.attributes.some(
      ({ key, value }) => key === 'opentracing.ref_type' && valueAsText(value) === 'child_of'
    )
      ? 'CHILD_OF'
      : 'FOLLOWS_FROM',
    traceID: legacyTraceId(link.traceId),
    spanID: link.spanId,
  }));
  return [...parent, ...others];
}

/** What OTLP has as fields and the legacy model only as tags. */
function syntheticTags(span: StoredSpan): LegacyTag[] {
  const tags: LegacyTag[] = [];
  const text = (key: string, value: string) => {
    if (value !== '') {
      tags.push({ key, type: 'string', value });
    }
  };
  text('otel.scope.name', span.scope.name);
  text('otel.scope.version', span.scope.version);
  text('span.kind', kindWord(span.kind));
  if (span.statusCode === STATUS_ERROR) {
    text('otel.status_code', 'ERROR');
    tags.push({ key: 'error', type: 'bool', value: true });
  } else if (span.statusCode === STATUS_OK) {
    text('otel.status_code', 'OK');
  }
  text('otel.status_description', span.statusMessage);
  text('w3c.tracestate', span.traceState);
  return tags;
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

function sortedTags(tags: LegacyTag[]): LegacyTag[] {
  return tags.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Nanoseconds are cut off, not rounded. */
function toMicros(nanos: bigint): number {
  return Number(nanos / 1_000n);
}
