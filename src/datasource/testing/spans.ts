import { assembleTrace } from '../../model/assembleTrace';
import { Attributes } from '../../model/attributes';
import type { FlatSpan } from '../../model/flatSpan';
import { unixNanoFromMillis } from '../../model/time';
import type { Trace } from '../../model/trace';

export const TRACE_ID = '7f3a91c2d4e5b6071829304a5b6c7d8e';
export const START_MS = Date.UTC(2026, 2, 1, 12);

/** A trace whose spans hang under one another in the order given, 10 ms each, the first at `startMs`. */
export function chainTrace(spanIds: readonly string[], { startMs = START_MS, parentOfFirst = '' } = {}): Trace {
  const resource = { serviceName: 'checkout', attributes: Attributes.of({ 'service.name': 'checkout' }) };
  const spans = spanIds.map((spanId, index): FlatSpan => ({
    traceId: TRACE_ID,
    spanId,
    parentSpanId: (index === 0 ? parentOfFirst : spanIds[index - 1]) || undefined,
    name: `work ${index}`,
    kind: 'internal',
    status: { code: 'unset' },
    startUnixNano: unixNanoFromMillis(startMs + index),
    durationNano: 10_000_000,
    resource,
    attributes: Attributes.empty,
    events: [],
    links: [],
  }));
  const trace = assembleTrace(spans);
  if (!trace) {
    throw new Error('a trace of no spans');
  }
  return trace;
}
