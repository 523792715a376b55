import { normalizeSpanId, normalizeTraceId } from '../../model/ids';
import { Attributes } from '../../model/attributes';
import type { SpanLink } from '../../model/trace';
import { readJsonAttributes, writeJsonAttributes } from './jsonAttributes';

/** The Collector counts from 0. */
const LINK_KEY = /^otlp\.link\.(\d{1,4})$/;

type Tag<TValue> = readonly [key: string, value: TValue];

/** Splits links from the other tags; what only looks like one stays a tag. */
export function readLinkTags(tags: ReadonlyArray<Tag<unknown>>): {
  readonly links: readonly SpanLink[];
  readonly others: ReadonlyArray<Tag<unknown>>;
} {
  const links: Array<{ readonly index: number; readonly link: SpanLink }> = [];
  const others = tags.filter(([key, value]) => {
    const index = LINK_KEY.exec(key)?.[1];
    const link = index !== undefined && typeof value === 'string' ? readLinkTag(value) : undefined;
    return link === undefined || !links.push({ index: Number(index), link });
  });
  // The server sorts tags by name, which puts 10 before 2.
  return { links: links.sort((a, b) => a.index - b.index).map(({ link }) => link), others };
}

export function writeLinkTags(links: readonly SpanLink[]): ReadonlyArray<Tag<string>> {
  return links.map((link, index) => [`otlp.link.${index}`, writeLinkTag(link)]);
}

/**
 * Zipkin has no links; the Collector keeps them in tags: `trace id|span id|trace state|{attributes}|dropped attributes`.
 * The trace state of a link may not hold a `|` by its own grammar, the JSON may.
 */
function readLinkTag(text: string): SpanLink | undefined {
  const [, trace, span, traceState, json] = /^([^|]*)\|([^|]*)\|([^|]*)\|(.*)\|\d+$/s.exec(text) ?? [];
  const traceId = trace === undefined ? undefined : normalizeTraceId(trace);
  const spanId = span === undefined ? undefined : normalizeSpanId(span);
  if (traceId === undefined || spanId === undefined) {
    return undefined;
  }
  return {
    traceId,
    spanId,
    ...(traceState && { traceState }),
    attributes: readJsonAttributes(json) ?? Attributes.empty,
  };
}

function writeLinkTag({ traceId, spanId, traceState = '', attributes }: SpanLink): string {
  return [traceId, spanId, traceState.replace(/\|/g, ''), writeJsonAttributes(attributes), 0].join('|');
}
