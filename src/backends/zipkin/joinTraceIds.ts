import type { FlatSpan } from '../../model/flatSpan';

const LOW_DIGITS = 16;
const NO_HIGH_HALF = '0'.repeat(LOW_DIGITS);

/**
 * Where tracers of 64-bit and of 128-bit ids meet, one trace comes with both: the short one is the lower half of the
 * long one. A server with `STRICT_TRACE_ID=false` answers such a trace as one, and here it becomes one again.
 */
export function joinTraceIds(spans: readonly FlatSpan[]): {
  readonly spans: readonly FlatSpan[];
  readonly joined: number;
} {
  const longByLow = new Map<string, string>();
  let hasShort = false;
  for (const { traceId } of spans) {
    if (traceId.startsWith(NO_HIGH_HALF)) {
      hasShort = true;
    } else if (!longByLow.has(lowHalf(traceId))) {
      longByLow.set(lowHalf(traceId), traceId);
    }
  }
  if (!hasShort || longByLow.size === 0) {
    return { spans, joined: 0 };
  }
  let joined = 0;
  const unified = spans.map((span) => {
    const long = span.traceId.startsWith(NO_HIGH_HALF) ? longByLow.get(lowHalf(span.traceId)) : undefined;
    joined += long === undefined ? 0 : 1;
    return long === undefined ? span : { ...span, traceId: long };
  });
  return { spans: unified, joined };
}

/** The 64 bits that both forms of an id have. */
export function lowHalf(traceId: string): string {
  return traceId.slice(-LOW_DIGITS);
}
