import { isDeepStrictEqual } from 'node:util';
import {
  isAttributeBytes,
  isAttributeMap,
  Attributes,
  type Attribute,
  type AttributeValue,
} from '../../model/attributes';
import type { FlatSpan } from '../../model/flatSpan';
import { SERVICE_NAME } from '../../model/semconv';
import type { SpanLink } from '../../model/trace';
import { ALL_STORIES } from './stories';

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
  | 'empty values'
  /** Attributes of spans come back as texts; those of events and links are JSON's, which knows no types of numbers. */
  | 'types of values'
  /** Of several values for one key the first stays. */
  | 'repeated keys'
  /** Only the name of a service is its own; what else is known of it comes back on each of its spans. */
  | 'resource attributes'
  /** Names of services and spans come back in lower case. */
  | 'case of names'
  /** A span of no kind comes back as internal. */
  | 'unspecified kinds';

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
    rewriteValues(span, (value) => (Array.isArray(value) || isAttributeMap(value) ? jsonText(value) : value)),
  bytes: (span) => rewriteValues(span, (value) => (isAttributeBytes(value) ? value.base64 : value)),
  'empty values': (span) => rewriteValues(span, (value) => (value === null ? '' : value)),
  'types of values': (span) => ({
    ...span,
    attributes: mapEntries(span.attributes, ({ key, value }) => ({ key, value: String(value) })),
    events: span.events.map((event) => ({ ...event, attributes: mapEntries(event.attributes, asJson) })),
    links: span.links.map((link) => ({ ...link, attributes: mapEntries(link.attributes, asJson) })),
  }),
  'repeated keys': (span) => ({
    ...span,
    attributes: withoutRepeatedKeys(span.attributes),
    events: span.events.map((event) => ({ ...event, attributes: withoutRepeatedKeys(event.attributes) })),
    links: span.links.map((link) => ({ ...link, attributes: withoutRepeatedKeys(link.attributes) })),
  }),
  'resource attributes': ({ resource, attributes, ...span }) => {
    const own = new Set([...attributes.entries.map(({ key }) => key), SERVICE_NAME]);
    const name = resource.attributes.entries.filter(({ key }) => key === SERVICE_NAME);
    return {
      ...span,
      resource: { serviceName: resource.serviceName, attributes: Attributes.from(name) },
      attributes: Attributes.from([
        ...attributes.entries,
        ...resource.attributes.entries.filter(({ key }) => !own.has(key)),
      ]),
    };
  },
  'case of names': ({ resource, ...span }) => ({
    ...span,
    name: span.name.toLowerCase(),
    resource: {
      serviceName: resource.serviceName.toLowerCase(),
      attributes: mapEntries(resource.attributes, (entry) =>
        entry.key === SERVICE_NAME ? { ...entry, value: String(entry.value).toLowerCase() } : entry
      ),
    },
  }),
  'unspecified kinds': (span) => ({ ...span, kind: span.kind === 'unspecified' ? 'internal' : span.kind }),
};

/** Whether any of the stories has what this loss takes away. */
export function shows(loss: Loss): boolean {
  const spans = ALL_STORIES.flatMap((story) => story.spans);
  return !isDeepStrictEqual(spans.map(REWRITES[loss]), spans);
}

/** The spans as they come back from a store that loses these things, one after the other. */
export function withLosses(spans: readonly FlatSpan[], losses: readonly Loss[]): readonly FlatSpan[] {
  return losses.reduce((kept, loss) => kept.map(REWRITES[loss]), spans);
}

function withLinkAttributes(span: FlatSpan, attributes: Attributes): FlatSpan {
  return { ...span, links: span.links.map(({ traceId, spanId }): SpanLink => ({ traceId, spanId, attributes })) };
}

function cutToMicros(nanos: bigint): bigint {
  return (nanos / 1_000n) * 1_000n;
}

function withoutRepeatedKeys({ entries }: Attributes): Attributes {
  return Attributes.from(entries.filter(({ key }, at) => entries.findIndex((entry) => entry.key === key) === at));
}

function mapEntries({ entries }: Attributes, map: (entry: Attribute) => Attribute): Attributes {
  return Attributes.from(entries.map(map));
}

function asJson({ key, value }: Attribute): Attribute {
  const isJsonValue = typeof value !== 'bigint' && (typeof value !== 'number' || Number.isFinite(value));
  return { key, value: isJsonValue ? value : String(value) };
}

function rewriteValues(span: FlatSpan, rewrite: (value: AttributeValue) => AttributeValue): FlatSpan {
  const rewriteAll = (attributes: Attributes) =>
    mapEntries(attributes, (entry) => ({ ...entry, value: rewrite(entry.value) }));
  return {
    ...span,
    attributes: rewriteAll(span.attributes),
    events: span.events.map((event) => ({ ...event, attributes: rewriteAll(event.attributes) })),
    links: span.links.map((link) => ({ ...link, attributes: rewriteAll(link.attributes) })),
  };
}

/** Written by hand: an object would swallow `__proto__` and put numbers first. */
function jsonText(value: AttributeValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(jsonText).join(',')}]`;
  }
  if (isAttributeMap(value)) {
    const { entries } = withoutRepeatedKeys(Attributes.from(value.entries));
    return `{${entries.map((entry) => `${JSON.stringify(entry.key)}:${jsonText(entry.value)}`).join(',')}}`;
  }
  return JSON.stringify(typeof value === 'bigint' ? value.toString() : isAttributeBytes(value) ? value.base64 : value);
}
