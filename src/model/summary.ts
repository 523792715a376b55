import type { Attributes } from './attributes';
import type { Nanoseconds } from './time';
import type { Trace } from './trace';

export interface ServiceCount {
  readonly name: string;
  readonly spanCount: number;
  readonly errorCount: number;
}

/** One row of a search result. */
export interface TraceSummary {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  readonly startUnixNano: bigint;
  /** Of the whole trace, not of its root span. */
  readonly duration: Nanoseconds;
  /** Missing when the root span was not found. */
  readonly rootServiceName?: string;
  readonly rootSpanName?: string;
  /** Missing where the store does not count, as `errorCount` then is. */
  readonly spanCount?: number;
  readonly errorCount?: number;
  /** Spans whose parent is not in the trace; more than 0 means the trace is incomplete. */
  readonly orphanCount?: number;
  /** Most spans first. */
  readonly services: readonly ServiceCount[];
  /** Which spans the search found in it, where the store says so. */
  readonly matches?: SpanMatches;
}

export interface SpanMatches {
  /** More than there are `spans` when the store names only some of them. */
  readonly count: number;
  readonly spans: readonly MatchedSpan[];
}

/** A span that fits a search, as far as its store tells. */
export interface MatchedSpan {
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  readonly name?: string;
  readonly startUnixNano: bigint;
  readonly duration: Nanoseconds;
  /** What the search asked about; keys are without their scope. */
  readonly attributes: Attributes;
}

export function summarizeTrace(trace: Trace): TraceSummary {
  const counts = new Map<string, { spanCount: number; errorCount: number }>();
  let errorCount = 0;
  let orphanCount = 0;
  for (const span of trace.spans) {
    const name = span.resource.serviceName;
    let count = counts.get(name);
    if (!count) {
      count = { spanCount: 0, errorCount: 0 };
      counts.set(name, count);
    }
    count.spanCount++;
    if (span.status.code === 'error') {
      count.errorCount++;
      errorCount++;
    }
    if (span.parentSpanId !== undefined && span.parent === undefined) {
      orphanCount++;
    }
  }
  // An orphan is no root: prefer the earliest span that never claimed a parent.
  const root = trace.roots.find((span) => span.parentSpanId === undefined) ?? trace.roots[0];
  return {
    traceId: trace.traceId,
    startUnixNano: trace.epochUnixNano,
    duration: trace.duration,
    rootServiceName: root?.resource.serviceName,
    rootSpanName: root?.name,
    spanCount: trace.spans.length,
    errorCount,
    orphanCount,
    services: [...counts]
      .map(([name, count]) => ({ name, ...count }))
      .sort((a, b) => b.spanCount - a.spanCount || (a.name < b.name ? -1 : 1)),
  };
}
