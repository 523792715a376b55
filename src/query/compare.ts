/** The two sides of a comparison: how they are read from a saved query, and seen as queries of their own. */
import { convertTraceText } from './convertTraceText';
import type { ConvertedQuery, ForeignQuery } from './foreign/dialect';
import type { CompareQuery, ComparedTraces, SearchQuery, TraceIdQuery, TraceQuery } from './query';
import { hasSearchFields, readSearchQuery, readText, traceIdQuery } from './readQuery';

export const SIDES = ['baseline', 'comparison'] as const;
export type Side = (typeof SIDES)[number];

/** A side that names nothing yet. */
export const EMPTY_SIDE: ComparedTraces = { queryType: 'traceql', query: '' };

/** Undefined when the query is no comparison; a side that is missing or cannot be read is empty. */
export function readCompareQuery(query: ForeignQuery): ConvertedQuery | undefined {
  if (query.queryType !== 'compare') {
    return undefined;
  }
  const view = readText(query.view);
  return {
    queryType: 'compare',
    baseline: readSide(query.baseline),
    comparison: readSide(query.comparison),
    ...(view === undefined ? {} : { view }),
  };
}

/** A side as the query it would be alone, in the place of the comparison. */
export function queryOfSide(query: CompareQuery, side: Side): TraceIdQuery | SearchQuery {
  const { refId, key, hide, datasource, schemaVersion } = query;
  return { refId, key, hide, datasource, schemaVersion, ...query[side] };
}

/** A query as a side of a comparison; empty when it is of a kind that cannot be one. */
export function sideOf(query: TraceQuery | ConvertedQuery): ComparedTraces {
  switch (query.queryType) {
    case 'traceql':
      return present({ ...pick(query, TRACE_FIELDS), queryType: 'traceql', query: query.query });
    case 'search':
      return present({ ...pick(query, SEARCH_FIELDS), queryType: 'search' });
    default:
      return EMPTY_SIDE;
  }
}

const TRACE_FIELDS = ['fromMs', 'toMs', 'rawTraces', 'clockSkew', 'rootSpanId'] as const;
const SEARCH_FIELDS = [
  'service',
  'operation',
  'remoteService',
  'tags',
  'filters',
  'status',
  'minDuration',
  'maxDuration',
  'limit',
  'fromMs',
  'toMs',
  'earlierBy',
] as const;

function readSide(value: unknown): ComparedTraces {
  if (typeof value === 'string') {
    return readSide({ query: value });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return EMPTY_SIDE;
  }
  const record = value as ForeignQuery;
  const text = readText(record.query)?.trim();
  if (text !== undefined) {
    const converted = convertTraceText(text, record);
    const isTraces = converted?.queryType === 'traceql' || converted?.queryType === 'search';
    return sideOf(isTraces ? converted : traceIdQuery(record, text));
  }
  if (record.queryType !== 'search' && !hasSearchFields(record)) {
    return EMPTY_SIDE;
  }
  const earlierBy = readText(record.earlierBy);
  return sideOf({ ...readSearchQuery(record), ...(earlierBy === undefined ? {} : { earlierBy }) });
}

function pick<TRecord extends object, TField extends string>(
  record: TRecord,
  fields: readonly TField[]
): Pick<TRecord, TField & keyof TRecord> {
  const entries = fields.map((field) => [field, (record as Partial<Record<string, unknown>>)[field]]);
  return Object.fromEntries(entries) as Pick<TRecord, TField & keyof TRecord>;
}

/** Without keys whose value is undefined: a saved query must not change by being read. */
function present<TRecord extends object>(record: TRecord): TRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as TRecord;
}
