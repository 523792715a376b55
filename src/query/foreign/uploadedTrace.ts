import type { QueryDialect } from './dialect';

/**
 * The built-in Jaeger, Tempo and Zipkin sources save an uploaded file as a query that does not hold the file, which they
 * keep on the data source object (Grafana 7.4 to 12.4): what is left of it is the wish to see a file.
 */
export const uploadedTrace: QueryDialect = {
  name: 'Uploaded file of a built-in tracing source',
  recognizes: (query) => query.queryType === 'upload',
  convert: () => ({ queryType: 'document' }),
};
