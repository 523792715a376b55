import { readText, traceIdQuery } from '../readQuery';
import type { QueryDialect } from './dialect';

/** What other sources call a lookup by id: Tempo, Zipkin, X-Ray, and hand-written links in their manner. */
const LOOKUP_TYPES: ReadonlySet<unknown> = new Set(['traceId', 'traceID', 'TraceId', 'trace', 'getTrace', 'clear']);

/** A lookup whose text is no id yet: empty, or something `validateQuery` must speak about. */
export const traceIdTypes: QueryDialect = {
  name: 'Lookup types of other tracing sources',
  recognizes: (query) => LOOKUP_TYPES.has(query.queryType),
  convert: (query) => traceIdQuery(query, readText(query.query) ?? readText(query.traceId) ?? ''),
};
