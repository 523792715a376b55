import {
  isAttributeBytes,
  isAttributeMap,
  Attributes,
  type Attribute,
  type AttributeValue,
} from '../../model/attributes';
import type { FlatSpan } from '../../model/flatSpan';
import type { SpanLink } from '../../model/trace';

/** What a store cannot carry from an OTLP sender to us. Each backend names its own; a new one is a reviewed line. */
export type Loss =
  /** Times are cut to whole microseconds, start and duration each on its own. */
  | 'nanoseconds'
  | 'scope attributes'
  | 'link attributes'
  /** In their place, every link tells that it follows from its target (OpenTracing's word for a link). */
  | 'link attributes but the reference type'
  /** A link to the span that is the parent anyway. */
  | 'links to the parent'
  /** Lists and maps come back as their JSON text. */
  | 'lists and maps'
  /** Binary data comes back as its base64 text. */
  | 'bytes'
  /** A value that is none comes back as an empty text. */
  | 'empty values';

const REWRITES: Readonly<Record<Loss, (span: FlatSpan) => FlatSpan>> = {
  nanoseconds: (span) => ({
    ...span,
    startUnixNano: cutToMicros(span.startUnixNano),
    durationNano: Number(cutToMicros(BigInt(span.durationNano))),
    events: span.events.map((event) => ({ ...event, timeUnixNano: cutToMicros(event.timeUnixNano) })),
  }),
  'scope attributes': (span) => ({ ...span, scope: span.scope && { ...span.scope, attributes: undefined } }),
  'link attributes': (span) => withLinkAttributes(span, Attributes.empty),
  'link attributes but the reference type': (span) =>
    withLinkAttributes(span, Attributes.of({ 'opentracing.ref_type': 'follows_from' })),
  'links to the parent': (span) => ({
    ...span,
    links: span.links.filter(({ traceId, spanId }) => traceId !== span.traceId || spanId !== span.parentSpanId),
  }),
  'lists and maps': (span) =>
    rewriteValues(span, (value) =>
      Array.isArray(value) || isAttributeMap(value) ? JSON.stringify(plain(value)) : value
    ),
  bytes: (span) => rewriteValues(span, (value) => (isAttributeBytes(value) ? value.base64 : value)),
  'empty values': (span) => rewriteValues(span, (value) => (value === null ? '' : value)),
};

/** The spans as they come back from a store that loses these things. */
export function withLosses(spans: readonly FlatSpan[], losses: readonly Loss[]): readonly FlatSpan[] {
  return losses.reduce((kept, loss) => kept.map(REWRITES[loss]), spans);
}

function withLinkAttributes(span: FlatSpan, attributes: Attributes): FlatSpan {
  return { ...span, links: span.links.map(({ traceId, spanId }): SpanLink => ({ traceId, spanId, attributes })) };
}

function cutToMicros(nanos: bigint): bigint {
  return (nanos / 1_000n) * 1_000n;
}

function rewriteValues(span: FlatSpan, rewrite: (value: AttributeValue) => AttributeValue): FlatSpan {
  const rewriteAll = (attributes: Attributes) =>
    Attributes.from(attributes.entries.map((entry): Attribute => ({ ...entry, value: rewrite(entry.value) })));
  return {
    ...span,
    attributes: rewriteAll(span.attributes),
    events: span.events.map((event) => ({ ...event, attributes: rewriteAll(event.attributes) })),
  };
}

function plain(value: AttributeValue): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (isAttributeMap(value)) {
    return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
  }
  return isAttributeBytes(value) ? value.base64 : value;
}
