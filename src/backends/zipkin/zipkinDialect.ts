import type { QueryDialect } from '../../query/foreign/dialect';
import { readText, traceIdQuery } from '../../query/readQuery';

/**
 * Queries that Grafana's own Zipkin source saved (its `ZipkinQuery`, Grafana 7.0 to the plugin of its own, 12.4): an id in
 * `query`, `queryType` missing on the oldest. Lookups with an id are recognised by it before any dialect is asked.
 */
export const zipkinDialects: readonly QueryDialect[] = [
  {
    name: 'Lookup of the built-in Zipkin source',
    recognizes: (query) => query.queryType === 'traceID',
    convert: (query) => traceIdQuery(query, readText(query.query) ?? ''),
  },
];
