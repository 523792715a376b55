import type { ForeignQuery } from './foreign/dialect';
import { readTraceQl } from './foreign/simpleTraceQl';
import { readFilterSearch } from './foreign/tempoSearch';
import { normalizeQuery, type NormalizeOptions } from './normalizeQuery';
import type { TraceQuery } from './query';
import { readTraceText } from './readTraceText';
import { hasSearchFields, readText } from './readQuery';

/**
 * The queries of another data source when the user switches to this one: a trace id, or service, operation, tags and
 * durations are handed over. A log or metrics expression gives the id in it or the service it selects. Of a search that
 * cannot be asked as a whole, what can is kept; what has no counterpart at all becomes an empty lookup, since nobody asked
 * for an explanation by switching.
 */
export function importForeignQueries(queries: readonly unknown[], options: NormalizeOptions): TraceQuery[] {
  return queries.map((query) => {
    const imported = normalizeQuery(readExpression(query) ?? query, options);
    return imported.queryType === 'unsupported' ? keepWhatCan(imported, query) : imported;
  });
}

/** Wider than what was asked: the form shows what is left of it. */
function keepWhatCan(refused: TraceQuery, query: unknown): TraceQuery {
  const { refId, key, hide, datasource, schemaVersion } = refused;
  const { queryType, query: text, filters, limit } = Object(query) as ForeignQuery;
  const { search } = readFilterSearch({
    // TraceQL of the built-in source has filters too, those that its builder held before.
    filters: queryType === 'traceqlSearch' ? filters : readTraceQl(readText(text) ?? '').filters,
    limit,
  });
  return hasSearchFields(search as ForeignQuery)
    ? { refId, key, hide, datasource, schemaVersion, ...search }
    : emptied(refused);
}

function emptied({ refId, key, hide, datasource, schemaVersion }: TraceQuery): TraceQuery {
  return { refId, key, hide, datasource, schemaVersion, queryType: 'traceql', query: '' };
}

/** Label names that hold a service, most certain first: OpenTelemetry's in Loki and Prometheus, then habits. */
const SERVICE_LABELS = ['service_name', 'service', 'app', 'job'];

/** Loki and Prometheus keep their query in `expr`; Tempo's old search for logs kept Loki's in `linkedQuery`. */
function readExpression(query: unknown): ForeignQuery | undefined {
  const record = typeof query === 'object' && query !== null ? (query as ForeignQuery) : undefined;
  const expression = readText(record?.expr) ?? readText(Object(record?.linkedQuery).expr);
  if (!record || expression === undefined) {
    return undefined;
  }
  const { refId, key, hide, datasource } = record;
  // The braces of a selector are not TraceQL's: only what stands behind or inside them is searched for an id.
  const found = readTraceText(expression.replace(/[{}]/g, ' '));
  if (found.kind === 'id') {
    return { refId, key, hide, datasource, query: found.traceId };
  }
  for (const label of SERVICE_LABELS) {
    const selected = new RegExp(`[{,]\\s*${label}\\s*=\\s*(?:"([^"\\\\]+)"|\`([^\`]+)\`)`).exec(expression);
    const service = selected?.[1] ?? selected?.[2];
    if (service !== undefined) {
      return { refId, key, hide, datasource, queryType: 'search', service };
    }
  }
  return { refId, key, hide, datasource };
}
