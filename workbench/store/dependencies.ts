import { serviceNameOf } from './otlpSpan';
import type { TraceStore } from './TraceStore';

export interface Dependency {
  readonly parent: string;
  readonly child: string;
  readonly callCount: number;
}

/** Parent and child services of every span whose trace lies entirely inside the window, as memory storage counts. */
export function countDependencies(store: TraceStore, fromUnixNano: bigint, toUnixNano: bigint): Dependency[] {
  const counts = new Map<string, { parent: string; child: string; callCount: number }>();
  for (const trace of store.newestFirst()) {
    if (trace.startUnixNano <= fromUnixNano || trace.endUnixNano >= toUnixNano) {
      continue;
    }
    const serviceById = new Map(trace.spans.map((span) => [span.spanId, serviceNameOf(span.resource)]));
    for (const span of trace.spans) {
      const parent = span.parentSpanId === '' ? undefined : serviceById.get(span.parentSpanId);
      if (parent !== undefined) {
        const child = serviceNameOf(span.resource);
        const key = JSON.stringify([parent, child]);
        const count = counts.get(key) ?? { parent, child, callCount: 0 };
        count.callCount++;
        counts.set(key, count);
      }
    }
  }
  return [...counts.values()];
}
