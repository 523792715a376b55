import type { TraceQuery } from './query';

/** As many as Grafana's tracing sources and Jaeger's UI ask for. */
export const DEFAULT_SEARCH_LIMIT = 20;

/**
 * The query of a new row, the same in every app. Grafana merges it under partial queries (12.4,
 * query/state/runRequest.ts:209), so it says nothing but the type that a link means anyway; and Explore runs a query at
 * once when it holds anything else.
 */
export function defaultQuery(): Partial<TraceQuery> & Pick<TraceQuery, 'queryType'> {
  return { queryType: 'traceql' };
}
