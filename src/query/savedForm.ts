import type { TraceQuery } from './query';
import { isTraceQl } from './readTraceText';

/**
 * How a query is saved. TraceQL is saved as Grafana's Tempo source saves it, so that a panel can be handed back to that;
 * a text that could be taken for an id, or is none yet, keeps the type that says what it is. `normalizeQuery` reads both.
 */
export function savedForm(query: TraceQuery): TraceQuery {
  return query.queryType === 'language' && isTraceQl(query.query) ? { ...query, queryType: 'traceql' } : query;
}
