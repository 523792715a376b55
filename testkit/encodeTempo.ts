import { SPAN_KINDS, STATUS_CODES, type OtlpTraces } from '../src/wire/otlp/otlpJson';

/**
 * Spans as Tempo writes them: a stock protobuf printer, so ids are base64, enums their names, and what is zero or empty
 * is left out.
 */
export function encodeTempo({ resourceSpans }: OtlpTraces): { readonly resourceSpans: readonly unknown[] } {
  return {
    resourceSpans: resourceSpans.map(({ resource, scopeSpans }) => ({
      resource,
      scopeSpans: scopeSpans.map(({ scope, spans }) => ({
        scope: scope ?? {},
        spans: spans.map(({ traceId, spanId, parentSpanId, kind, status, links, ...span }) => ({
          ...withoutEmpty(span),
          traceId: base64(traceId),
          spanId: base64(spanId),
          ...(parentSpanId && { parentSpanId: base64(parentSpanId) }),
          ...(kind > 0 && { kind: `SPAN_KIND_${SPAN_KINDS[kind].toUpperCase()}` }),
          ...(links && {
            links: links.map((link) => ({ ...link, traceId: base64(link.traceId), spanId: base64(link.spanId) })),
          }),
          status: {
            ...(status.message && { message: status.message }),
            ...(status.code && { code: `STATUS_CODE_${STATUS_CODES[status.code].toUpperCase()}` }),
          },
        })),
      })),
    })),
  };
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

/** "0" is a zero where a 64-bit number stands only: a span may be called "0". */
function withoutEmpty<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(record).filter(([key, value]) => value !== '' && !(key.endsWith('UnixNano') && value === '0'))
  ) as Partial<T>;
}
