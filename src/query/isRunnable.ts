import { readServices } from './metrics';
import type { ComparedTraces, TraceQuery } from './query';

/**
 * Whether Grafana should run a query at all. Hidden queries and an empty trace ID, which is what a new row holds, do not
 * run, nor does a comparison with one, metrics of no service, or an empty text of the store's language. Everything else
 * does, because only a query that runs can say in words why it cannot be answered.
 */
export function isRunnable(query: TraceQuery): boolean {
  if (query.hide === true) {
    return false;
  }
  if (query.queryType === 'metrics') {
    return readServices(query).length > 0;
  }
  return query.queryType === 'compare' ? !isEmpty(query.baseline) && !isEmpty(query.comparison) : !isEmpty(query);
}

function isEmpty(query: TraceQuery | ComparedTraces): boolean {
  return (query.queryType === 'traceql' || query.queryType === 'language') && query.query.trim() === '';
}
