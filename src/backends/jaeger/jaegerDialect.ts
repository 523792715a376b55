import type { ForeignQuery, QueryDialect } from '../../query/foreign/dialect';
import { hasSearchFields, readSearchQuery, readText } from '../../query/readQuery';

/** What the built-in Jaeger source's form saved for "all operations" up to Grafana 9. */
const ALL_OPERATIONS = 'All';

/**
 * Queries that Grafana's built-in Jaeger source saved (its `JaegerQuery`, Grafana 7.4 to 12.4): `queryType` is missing
 * on a lookup, whose id is in `query`; lookups are recognised by that id before any dialect is asked.
 */
export const jaegerDialects: readonly QueryDialect[] = [
  {
    name: 'Dependency graph of the built-in Jaeger source',
    recognizes: (query) => query.queryType === 'dependencyGraph',
    convert: (query) => {
      const service = readText(query.service);
      return { queryType: 'serviceGraph', ...(service === undefined ? {} : { service }) };
    },
  },
  {
    name: 'Search of the built-in Jaeger source',
    recognizes: (query) =>
      // Tempo's source calls its search for logs so too (Grafana 7.5 to 9).
      (query.queryType === 'search' && query.linkedQuery === undefined) ||
      (query.queryType === undefined && !readText(query.query) && hasSearchFields(query)),
    convert: (query) => readSearchQuery(withoutAllOperations(query)),
  },
];

function withoutAllOperations(query: ForeignQuery): ForeignQuery {
  return query.operation === ALL_OPERATIONS ? { ...query, operation: undefined } : query;
}
