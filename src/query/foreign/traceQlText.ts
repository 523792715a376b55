import { isTraceQl } from '../readTraceText';
import { hasSearchFields, readText, unsupported } from '../readQuery';
import type { QueryDialect } from './dialect';

/** TraceQL that asks for more than one trace by its id. No store served here speaks it yet. */
export const traceQlText: QueryDialect = {
  name: 'TraceQL text',
  recognizes: (query) =>
    isTraceQl(readText(query.query) ?? '') && !(query.queryType === 'search' && hasSearchFields(query)),
  convert: (query) =>
    unsupported(
      'This is TraceQL, which this store does not speak. Enter a trace ID, or use the search form.',
      readText(query.query)
    ),
};
