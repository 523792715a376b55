import { unsupported } from '../readQuery';
import type { QueryDialect } from './dialect';

/** The built-in Jaeger, Tempo and Zipkin sources save an uploaded file as a query that does not hold the file. */
export const uploadedTrace: QueryDialect = {
  name: 'Uploaded file of a built-in tracing source',
  recognizes: (query) => query.queryType === 'upload',
  convert: () =>
    unsupported(
      'This query shows an uploaded file, and the file itself is not saved in a query. Look the trace up by its ID.'
    ),
};
