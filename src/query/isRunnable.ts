import type { TraceQuery } from './query';

/**
 * Whether Grafana should run a query at all. Hidden queries and an empty trace ID, which is what a new row holds, do not
 * run. Everything else does, because only a query that runs can say in words why it cannot be answered.
 */
export function isRunnable(query: TraceQuery): boolean {
  return query.hide !== true && !(query.queryType === 'traceql' && query.query.trim() === '');
}
