import { groupBy } from './groupBy';
import { serviceNameOf, STATUS_ERROR, type StoredSpan } from './otlpSpan';
import type { StoredTrace } from './TraceStore';

interface ServiceCount {
  readonly name: string;
  readonly spanCount: number;
  readonly errorSpanCount?: number;
}

/** One entry of `/api/v3/trace-summaries`; counts of zero are left out. */
export interface StoredSummary {
  readonly traceId: string;
  readonly rootServiceName?: string;
  readonly rootOperationName?: string;
  readonly minStartTimeUnixNano?: string;
  readonly maxEndTimeUnixNano: string;
  readonly spanCount: number;
  readonly errorSpanCount?: number;
  readonly orphanSpanCount?: number;
  readonly services: readonly ServiceCount[];
}

export function summarizeStored(trace: StoredTrace): StoredSummary {
  const ids = new Set(trace.spans.map((span) => span.spanId));
  const root = earliest(trace.spans.filter((span) => span.parentSpanId === ''));
  const orphans = trace.spans.filter((span) => span.parentSpanId !== '' && !ids.has(span.parentSpanId)).length;
  const errors = trace.spans.filter(isError).length;
  return {
    traceId: trace.traceId,
    ...(root && { rootServiceName: serviceNameOf(root.resource), rootOperationName: root.name }),
    ...(trace.startUnixNano !== 0n && { minStartTimeUnixNano: trace.startUnixNano.toString() }),
    maxEndTimeUnixNano: trace.endUnixNano.toString(),
    spanCount: trace.spans.length,
    ...(errors > 0 && { errorSpanCount: errors }),
    ...(orphans > 0 && { orphanSpanCount: orphans }),
    services: countServices(trace.spans),
  };
}

function countServices(spans: readonly StoredSpan[]): ServiceCount[] {
  return [...groupBy(spans, (span) => serviceNameOf(span.resource))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, members]) => {
      const errors = members.filter(isError).length;
      return { name, spanCount: members.length, ...(errors > 0 && { errorSpanCount: errors }) };
    });
}

function isError(span: StoredSpan): boolean {
  return span.statusCode === STATUS_ERROR;
}

function earliest(spans: readonly StoredSpan[]): StoredSpan | undefined {
  return spans.reduce<StoredSpan | undefined>(
    (first, span) => (first && first.startUnixNano <= span.startUnixNano ? first : span),
    undefined
  );
}
