import type { QueryDialect } from '../../query/foreign/dialect';
import { readText, traceIdQuery, unsupported } from '../../query/readQuery';

/**
 * Queries that Grafana's own Zipkin source saved (its `ZipkinQuery`, Grafana 7.0 to the plugin of its own, 12.4): an id in
 * `query`, `queryType` missing on the oldest. Lookups with an id are recognised by it before any dialect is asked.
 */
export const zipkinDialects: readonly QueryDialect[] = [
  {
    name: 'Uploaded file of the built-in Zipkin source',
    recognizes: (query) => query.queryType === 'upload',
    convert: () =>
      unsupported(
        'This query shows a file that was uploaded to the built-in Zipkin source, and queries do not hold the file. Look the trace up by its ID.'
      ),
  },
  {
    name: 'Lookup of the built-in Zipkin source',
    recognizes: (query) => query.queryType === 'traceID',
    convert: (query) => traceIdQuery(query, readText(query.query) ?? ''),
  },
];
