import { runAtOnce, SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import { Attributes, type Attribute } from '../../model/attributes';
import type { DecodedSpans, FlatEvent, FlatSpan } from '../../model/flatSpan';
import { normalizeSpanId, normalizeTraceId } from '../../model/ids';
import {
  ERROR,
  OTEL_LIBRARY_NAME,
  OTEL_LIBRARY_VERSION,
  OTEL_SCOPE_NAME,
  OTEL_SCOPE_VERSION,
  OTEL_STATUS_CODE,
  SPAN_KIND,
  W3C_TRACESTATE,
} from '../../model/semconv';
import { NANOS_PER_MICRO, unixNanoFromMicros } from '../../model/time';
import type { Scope, SpanKind, SpanLink } from '../../model/trace';
import { fail, isJsonObject, readList, type JsonObject } from '../../wire/read';
import { readAnnotationText } from './annotationText';
import { LocalEndpoints, remoteAttributes } from './endpoints';
import { joinTraceIds } from './joinTraceIds';
import { readLinkTags } from './linkTags';
import { mergeParts } from './mergeParts';
import { readStatus } from './readStatus';
import { DEBUG } from './tagKeys';
import { isVersion1, upgradeV1 } from './upgradeV1';

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map([
  ['CLIENT', 'client'],
  ['SERVER', 'server'],
  ['PRODUCER', 'producer'],
  ['CONSUMER', 'consumer'],
]);

/**
 * Zipkin's JSON, version 2 and where it is met version 1: the spans of one trace (`/trace/{id}`), or a list of such lists (`/traces`) → flat spans.
 * The tags by which OpenTelemetry writes what Zipkin has no field for turn back into fields. A span without a sound id
 * is left out with a warning; throws a `ReadError` when the body is no list of spans.
 */
export function decodeZipkin(body: unknown): DecodedSpans {
  return runAtOnce(decodeZipkinSteps(body));
}

/** `decodeZipkin` with turns for others. */
export function* decodeZipkinSteps(body: unknown): Steps<DecodedSpans> {
  const endpoints = new LocalEndpoints();
  const spans: FlatSpan[] = [];
  let broken = 0;
  const parts = mergeParts(readSpans(body));
  yield;
  for (const raw of parts) {
    const span = decodeSpan(raw, endpoints);
    if (span === undefined) {
      broken++;
    } else {
      spans.push(span);
    }
    if ((spans.length + broken) % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  const { spans: unified, joined } = joinTraceIds(spans);
  return {
    spans: unified,
    warnings: [
      ...(broken > 0
        ? [`${count(broken)} could not be read (no usable span or trace id) and had to be left out.`]
        : []),
      ...(joined > 0
        ? [
            `${count(joined)} came with the 64-bit form of the trace ID and ${joined === 1 ? 'was' : 'were'} joined to the rest.`,
          ]
        : []),
    ],
  };
}

function count(spans: number): string {
  return spans === 1 ? 'One span' : `${spans} spans`;
}

function readSpans(body: unknown): JsonObject[] {
  return readList(body ?? fail('a list of spans', body)).flatMap((item, index) => {
    if (!Array.isArray(item)) {
      return readSpan(item, `[${index}]`);
    }
    return item.flatMap((span, at) => readSpan(span, `[${index}][${at}]`));
  });
}

/** Several where version 1 tells both sides of a call in one span. */
function readSpan(item: unknown, path: string): readonly JsonObject[] {
  const span = isJsonObject(item) ? item : fail('a span', item, path);
  return isVersion1(span) ? upgradeV1(span) : [span];
}

function decodeSpan(span: JsonObject, endpoints: LocalEndpoints): FlatSpan | undefined {
  const traceId = typeof span.traceId === 'string' ? normalizeTraceId(span.traceId) : undefined;
  const spanId = readSpanId(span.id);
  if (traceId === undefined || spanId === undefined) {
    return undefined;
  }
  const tags = readTags(span.tags);
  const { startUnixNano, durationNano, warnings } = readTimes(span);
  const attributes = [
    ...tags.attributes,
    ...remoteAttributes(span.remoteEndpoint, isJsonObject(span.tags) ? span.tags : {}),
    ...(span.debug === true ? [{ key: DEBUG, value: true }] : []),
  ];
  return {
    traceId,
    spanId,
    parentSpanId: readSpanId(span.parentId),
    name: typeof span.name === 'string' ? span.name : '',
    // No kind means work within the service.
    kind: KINDS.get(span.kind) ?? (span.shared === true ? 'server' : (tags.kind ?? 'internal')),
    status: readStatus(tags.error, tags.statusCode),
    startUnixNano,
    durationNano,
    resource: endpoints.resourceOf(span.localEndpoint),
    scope: tags.scope,
    traceState: tags.traceState,
    attributes: Attributes.from(attributes),
    events: readEvents(span.annotations),
    links: tags.links,
    // A client cannot be the callee's half, whatever old instrumentation says of it.
    ...(span.shared === true && span.kind !== 'CLIENT' && { isSharedHalf: true }),
    ...(warnings.length > 0 && { warnings }),
  };
}

function readSpanId(value: unknown): string | undefined {
  return typeof value === 'string' ? normalizeSpanId(value) : undefined;
}

/** Zipkin leaves out what it does not know: a span that was never finished has no duration. */
function readTimes({ timestamp, duration }: JsonObject) {
  const isKnown = isMicros(duration);
  return {
    startUnixNano: isMicros(timestamp) ? unixNanoFromMicros(timestamp) : 0n,
    durationNano: isKnown ? Math.round(duration * NANOS_PER_MICRO) : 0,
    warnings: isKnown ? [] : ['The store knows no duration of this span; it is shown with a duration of 0.'],
  };
}

function isMicros(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

const NO_EVENTS: readonly FlatEvent[] = [];

function readEvents(raw: unknown): readonly FlatEvent[] {
  if (!Array.isArray(raw) || raw.length === 0) {
    return NO_EVENTS;
  }
  return raw.filter(isJsonObject).map(({ timestamp, value }) => ({
    ...readAnnotationText(typeof value === 'string' ? value : String(value ?? '')),
    timeUnixNano: isMicros(timestamp) ? unixNanoFromMicros(timestamp) : 0n,
  }));
}

interface ReadTags {
  readonly attributes: readonly Attribute[];
  readonly kind?: SpanKind;
  readonly error?: string;
  readonly statusCode?: string;
  readonly scope?: Scope;
  readonly traceState?: string;
  readonly links: readonly SpanLink[];
}

/** Tags that are fields of the model. */
const FIELDS: ReadonlySet<string> = new Set([
  ERROR,
  OTEL_STATUS_CODE,
  OTEL_SCOPE_NAME,
  OTEL_LIBRARY_NAME,
  OTEL_SCOPE_VERSION,
  OTEL_LIBRARY_VERSION,
  SPAN_KIND,
  W3C_TRACESTATE,
]);

function readTags(raw: unknown): ReadTags {
  if (raw === undefined || raw === null) {
    return { attributes: [], links: [] };
  }
  const { links, others } = readLinkTags(isJsonObject(raw) ? Object.entries(raw) : fail('an object', raw, 'tags'));
  const fields = new Map<string, string>();
  const attributes: Attribute[] = [];
  for (const [key, tag] of others) {
    const value = typeof tag === 'string' ? tag : JSON.stringify(tag ?? '');
    if (FIELDS.has(key)) {
      fields.set(key, value);
    } else {
      attributes.push({ key, value });
    }
  }
  const name = fields.get(OTEL_SCOPE_NAME) ?? fields.get(OTEL_LIBRARY_NAME);
  const version = fields.get(OTEL_SCOPE_VERSION) ?? fields.get(OTEL_LIBRARY_VERSION);
  return {
    attributes,
    kind: KINDS.get(fields.get(SPAN_KIND)?.toUpperCase()),
    error: fields.get(ERROR),
    statusCode: fields.get(OTEL_STATUS_CODE),
    scope: name === undefined && version === undefined ? undefined : { name: name ?? '', version },
    traceState: fields.get(W3C_TRACESTATE),
    links,
  };
}
