import type { ForeignQuery, QueryDialect } from '../../query/foreign/dialect';
import { hasSearchFields, readSearchQuery, readText, unsupported } from '../../query/readQuery';

/** What the built-in Jaeger source's form saved for "all operations" up to Grafana 9. */
const ALL_OPERATIONS = 'All';

/**
 * Queries that Grafana's built-in Jaeger source saved (its `JaegerQuery`, Grafana 7.4 to 12.4): `queryType` is missing
 * on a lookup, whose id is in `query`; lookups are recognised by that id before any dialect is asked.
 */
export const jaegerDialects: readonly QueryDialect[] = [
  {
    name: 'Uploaded file of the built-in Jaeger source',
    recognizes: (query) => query.queryType === 'upload',
    convert: () =>
      unsupported(
        'This query shows a file that was uploaded to the built-in Jaeger source, and queries do not hold the file. Look the trace up by its ID.'
      ),
  },
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
      query.queryType === 'search' ||
      (query.queryType === undefined && !readText(query.query) && hasSearchFields(query)),
    convert: (query) => readSearchQuery(withoutAllOperations(query)),
  },
];

function withoutAllOperations(query: ForeignQuery): ForeignQuery {
  return query.operation === ALL_OPERATIONS ? { ...query, operation: undefined } : query;
}
