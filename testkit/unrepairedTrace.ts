import type { FlatSpan } from '../src/model/flatSpan';
import { nanoseconds } from '../src/model/time';
import type { Span, Trace } from '../src/model/trace';

/** Spans as a `Trace` for an encoder, flaws and all: an assembled trace would already be repaired. There is no tree in it. */
export function unrepairedTrace(traceId: string, epochUnixNano: bigint, spans: readonly FlatSpan[]): Trace {
  const sent = spans.map((span, position) => unrepaired(span, position, epochUnixNano));
  return { traceId, epochUnixNano, duration: nanoseconds(0), spans: sent, roots: [], warnings: [] };
}

function unrepaired(span: FlatSpan, position: number, epochUnixNano: bigint): Span {
  return {
    ...span,
    start: nanoseconds(Number(span.startUnixNano - epochUnixNano)),
    duration: nanoseconds(span.durationNano),
    events: span.events.map(({ name, timeUnixNano, attributes }) => ({
      name,
      time: nanoseconds(Number(timeUnixNano - epochUnixNano)),
      attributes,
    })),
    children: [],
    depth: 0,
    position,
    warnings: [],
  };
}
