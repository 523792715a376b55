import { convertTraceText } from '../convertTraceText';
import { readText, traceIdQuery } from '../readQuery';
import type { QueryDialect, ForeignQuery } from './dialect';

/** Links written by hand, and ClickHouse's, keep the id beside `query`. An id in `query` has been taken before this. */
export const traceIdField: QueryDialect = {
  name: 'Trace ID in a field of its own',
  recognizes: (query) => readText(query.query) === undefined && idField(query) !== undefined,
  convert: (query) => {
    const text = idField(query) ?? '';
    return convertTraceText(text, query) ?? traceIdQuery(query, text);
  },
};

function idField(query: ForeignQuery): string | undefined {
  return readText(query.traceId) ?? readText(query.traceID) ?? readText(query.trace_id);
}
