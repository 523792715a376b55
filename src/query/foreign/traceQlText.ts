import { isTraceQl } from '../readTraceText';
import { hasSearchFields, readText, unsupported } from '../readQuery';
import type { QueryDialect } from './dialect';
import { readTraceQl } from './simpleTraceQl';
import { convertFilters } from './tempoSearch';

/**
 * TraceQL before a store that does not speak it: put into the search form where that can ask the same, else refused. The
 * stores that speak it have a dialect of their own, which is asked before this one.
 */
export const traceQlText: QueryDialect = {
  name: 'TraceQL text',
  recognizes: (query) =>
    isTraceQl(readText(query.query) ?? '') && !(query.queryType === 'search' && hasSearchFields(query)),
  convert: (query) => {
    const text = readText(query.query) ?? '';
    const { filters, isAll } = readTraceQl(text);
    const search = isAll ? convertFilters({ filters, limit: query.limit }) : undefined;
    return search === undefined || search.queryType === 'unsupported'
      ? unsupported('This is TraceQL, which this store does not speak. Enter a trace ID, or use the search form.', text)
      : search;
  },
};
