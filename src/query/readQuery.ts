import type { ConvertedQuery, ForeignQuery } from './foreign/dialect';
import { readFilterRows, unknownOperator } from './filterRows';
import { CLOCK_SKEW_CHOICES, LANGUAGE_METRICS, LANGUAGE_TABLES, type SearchQuery, type TraceSwitches } from './query';
import type { ViewFields } from './views';

/** The fields of a query that is already in our shape; undefined when its `queryType` is none of ours. */
export function readOwnQuery(query: ForeignQuery): ConvertedQuery | undefined {
  switch (query.queryType) {
    case 'traceql':
      return traceIdQuery(query, readText(query.query) ?? '');
    case 'search':
      return readSearchQuery(query);
    case 'language':
      return languageQuery(query, readText(query.query) ?? '');
    case 'document':
      return readDocumentQuery(query);
    case 'serviceGraph':
      return readServiceGraphQuery(query);
    case 'metrics':
      return readMetricsQuery(query);
    case 'unsupported':
      return unsupported(readText(query.reason) ?? 'This query cannot be run here.', readText(query.query));
    default:
      return undefined;
  }
}

/**
 * A lookup for `text`, with the window and switches the query around it carries. The view of a search or comparison is not
 * among them: who follows a link from there wants to see the trace.
 */
export function traceIdQuery(query: ForeignQuery, text: string): ConvertedQuery {
  return {
    queryType: 'traceql',
    query: text,
    ...readWindow(query),
    ...(typeof query.rawTraces === 'boolean' ? { rawTraces: query.rawTraces } : {}),
    ...texts(query, ['spanId']),
    ...(VIEWED_OTHERWISE.has(query.queryType) ? {} : { ...readTraceSwitches(query), ...readViewFields(query) }),
  };
}

/** Kinds whose views are not those of a trace. */
const VIEWED_OTHERWISE: ReadonlySet<unknown> = new Set(['search', 'compare', 'serviceGraph', 'metrics']);

/** A question in the store's own language, with the options around it that Grafana's Tempo source saves. */
export function languageQuery(query: ForeignQuery, text: string): ConvertedQuery {
  const tableType = LANGUAGE_TABLES.find((table) => table === query.tableType);
  const metricsQueryType = LANGUAGE_METRICS.find((type) => type === query.metricsQueryType);
  return {
    queryType: 'language',
    query: text,
    ...numbers(query, ['limit', 'spss', 'exemplars']),
    ...texts(query, ['step']),
    ...(tableType && { tableType }),
    ...(metricsQueryType && { metricsQueryType }),
  };
}

/** A file or a pasted text; `traceId` is what people who write a query by hand call the trace in it. */
export function readDocumentQuery(query: ForeignQuery): ConvertedQuery {
  const traceId = (readText(query.query) ?? readText(query.traceId))?.trim();
  return {
    queryType: 'document',
    ...texts(query, ['text', 'heldAs', 'name']),
    ...(typeof query.size === 'number' ? { size: query.size } : {}),
    ...(traceId === undefined ? {} : { query: traceId }),
    ...readTraceSwitches(query),
    ...readViewFields(query),
  };
}

/** Reads the fields of a search by our names, which are those of Grafana's own Jaeger source. */
export function readSearchQuery(query: ForeignQuery): ConvertedQuery {
  const limit = typeof query.limit === 'number' ? query.limit : readText(query.limit);
  const unknown = unknownOperator(query.filters);
  if (unknown !== undefined) {
    return unsupported(
      `The filter “${unknown}” has an operator that is not known here. Update the plugin, or replace the filter.`
    );
  }
  const filters = readFilterRows(query.filters);
  return {
    queryType: 'search',
    ...texts(query, SEARCH_TEXTS),
    ...(filters && { filters }),
    ...(limit === undefined ? {} : { limit }),
    ...readWindow(query),
    ...readViewFields(query),
  };
}

/** Reads the fields of a service graph by our names. */
export function readServiceGraphQuery(query: ForeignQuery): ConvertedQuery {
  const hops = typeof query.hops === 'number' ? query.hops : readText(query.hops);
  return {
    queryType: 'serviceGraph',
    ...texts(query, ['service', 'source', 'view']),
    ...(hops === undefined ? {} : { hops }),
  };
}

/** Lists may be written as one text with commas, and those that often hold one thing in the singular. */
function readMetricsQuery(query: ForeignQuery): ConvertedQuery {
  const lists = {
    services: readList(query.services ?? query.service),
    quantiles: readList(query.quantiles ?? query.quantile),
    spanKinds: readList(query.spanKinds ?? query.spanKind),
  };
  const groupBy = readList(query.groupBy)?.[0];
  return {
    queryType: 'metrics',
    ...texts(query, ['metric', 'operation', 'step', 'source']),
    ...(groupBy === undefined ? {} : { groupBy }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined)),
  };
}

/** Keeps `query` so that the text is not lost to the person who wrote it, nor to a later version that can run it. */
export function unsupported(reason: string, query?: string): ConvertedQuery {
  return { queryType: 'unsupported', reason, ...(query === undefined ? {} : { query }) };
}

/** Whether a query says what to search for, whatever its `queryType` claims. */
export function hasSearchFields(query: ForeignQuery): boolean {
  return (
    SEARCH_TEXTS.some((field) => readText(query[field]) !== undefined) || readFilterRows(query.filters) !== undefined
  );
}

/** A text, or a number or boolean as text; undefined for anything else and for a text with nothing in it. */
export function readText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.trim() === '' ? undefined : value;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return undefined;
  }
}

const SEARCH_TEXTS = [
  'service',
  'operation',
  'remoteService',
  'tags',
  'status',
  'minDuration',
  'maxDuration',
] as const satisfies ReadonlyArray<keyof SearchQuery>;

function readWindow(query: ForeignQuery): { fromMs?: string | number; toMs?: string | number } {
  const fromMs = typeof query.fromMs === 'number' ? query.fromMs : readText(query.fromMs);
  const toMs = typeof query.toMs === 'number' ? query.toMs : readText(query.toMs);
  return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
}

function readTraceSwitches(query: ForeignQuery): TraceSwitches {
  const clockSkew = CLOCK_SKEW_CHOICES.find((choice) => choice === query.clockSkew);
  return {
    ...(clockSkew && { clockSkew }),
    ...texts(query, ['rootSpanId', 'spanId']),
    ...(typeof query.showAll === 'boolean' ? { showAll: query.showAll } : {}),
  };
}

function readViewFields(query: ForeignQuery): ViewFields {
  const groupBy = readList(query.groupBy);
  const columns = readList(query.columns);
  return { ...texts(query, ['view']), ...(groupBy && { groupBy }), ...(columns && { columns }) };
}

/** A list of texts, or one text with commas between them; undefined for anything else and for a list of nothing. */
function readList(value: unknown): readonly string[] | undefined {
  const parts: readonly unknown[] = Array.isArray(value) ? value : (readText(value)?.split(',') ?? []);
  const list = parts.flatMap((part) => readText(part)?.trim() ?? []);
  return list.length === 0 ? undefined : list;
}

function numbers<TField extends string>(
  query: ForeignQuery,
  fields: readonly TField[]
): { [field in TField]?: number | string } {
  const found: { [field in TField]?: number | string } = {};
  for (const field of fields) {
    const value = query[field];
    const number = typeof value === 'number' ? value : readText(value);
    if (number !== undefined) {
      found[field] = number;
    }
  }
  return found;
}

function texts<TField extends string>(query: ForeignQuery, fields: readonly TField[]): { [field in TField]?: string } {
  const found: { [field in TField]?: string } = {};
  for (const field of fields) {
    const text = readText(query[field]);
    if (text !== undefined) {
      found[field] = text;
    }
  }
  return found;
}
