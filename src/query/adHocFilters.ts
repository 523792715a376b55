/** A dashboard's ad-hoc filters, as conditions of the queries they stand above. */
import type { Nanoseconds } from '../model/time';
import { escapePattern } from '../model/valuePattern';
import type { AttributeOperator } from './capabilities';
import { formatChoices, readChoices, readNames } from './choices';
import { queryOfSide, sideOf, SIDES } from './compare';
import { isStatus, STATUSES } from './compileSearch';
import { parseDurationText } from './durationText';
import { filterRowProblem, readFilterRows } from './filterRows';
import type {
  AttributeFilter,
  MetricsQuery,
  SampleConditions,
  SearchQuery,
  ServiceGraphQuery,
  TraceQuery,
  UnsupportedQuery,
} from './query';

/** As Grafana hands it over, `=|` and `!=|` with several values (12.4, AdHocVariableFilter). */
export interface AdHocFilter {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
  readonly values?: readonly string[];
}

/** What is no attribute of a span but a field of the search, under the names that `getTagKeys` offers. */
export const SEARCH_KEYS = ['service.name', 'operation', 'status', 'duration'] as const;

export interface Filtered {
  readonly query: TraceQuery;
  /** Filters that do not fit the query, in words: they were left out. */
  readonly leftOut: readonly string[];
}

/** Without the rows that somebody has only begun, which have no value yet. */
function completeOf(filters: readonly AdHocFilter[]): readonly AdHocFilter[] {
  return filters.filter(({ key, value, values }) => key !== '' && (value !== '' || values?.length));
}

/**
 * A query narrowed by ad-hoc filters: searches, those of a comparison and of a sample, and the service of a graph. What is
 * read span by span, a lookup or a document, stays what it is, since who names one trace wants that one: `spanFiltersOf`
 * are asked of its spans. Takes a query whose variables are replaced.
 */
export function applyAdHocFilters(query: TraceQuery, filters: readonly AdHocFilter[]): Filtered {
  const complete = completeOf(filters);
  if (complete.length === 0) {
    return { query, leftOut: [] };
  }
  switch (query.queryType) {
    case 'search': {
      const { query: narrowed, leftOut } = applyToSearch(query, complete);
      // What the search cannot ask is still asked of each span of a table.
      return {
        query: narrowed,
        leftOut: (query.view === 'spans' ? leftOut.filter(isNoSpanFilter) : leftOut).map(shown),
      };
    }
    case 'compare': {
      const leftOut = new Set<string>();
      let filtered = query;
      for (const side of SIDES) {
        const asked = queryOfSide(query, side);
        const traces = query[side];
        if (asked.queryType === 'search') {
          const one = applyToSearch(asked, complete);
          one.leftOut.forEach((filter) => leftOut.add(shown(filter)));
          if (one.query.queryType !== 'search') {
            return { query: one.query, leftOut: [] };
          }
          filtered = { ...filtered, [side]: { ...traces, ...sideOf(one.query) } };
        }
      }
      return { query: filtered, leftOut: [...leftOut] };
    }
    case 'metrics':
      return applyToMetrics(query, complete);
    case 'serviceGraph':
      return applyToGraph(query, complete);
    case 'traceql':
      return { query, leftOut: query.view === 'spans' ? complete.filter(isNoSpanFilter).map(shown) : [] };
    case 'document':
      return { query, leftOut: complete.filter(isNoSpanFilter).map(shown) };
    case 'unsupported':
      return { query, leftOut: [] };
    case 'language':
      return { query, leftOut: complete.map(shown) };
  }
}

/** What a filter asks of one span. */
export type SpanFilter =
  | { readonly field: 'operation' | 'status' | 'attribute'; readonly row: AttributeFilter }
  | { readonly field: 'duration'; readonly minDuration?: Nanoseconds; readonly maxDuration?: Nanoseconds };

/** Those of the filters that can be asked of a span, whichever query they stand above. */
export function spanFiltersOf(filters: readonly AdHocFilter[]): readonly SpanFilter[] {
  return completeOf(filters).flatMap((filter) => spanFilterOf(filter) ?? []);
}

function isNoSpanFilter(filter: AdHocFilter): boolean {
  return spanFilterOf(filter) === undefined;
}

function spanFilterOf(filter: AdHocFilter): SpanFilter | undefined {
  const { key, operator, value } = filter;
  if (key === 'duration') {
    const limit = parseDurationText(value);
    if ('problem' in limit || (operator !== '>' && operator !== '<')) {
      return undefined;
    }
    // As in a search, where these are the shortest and the longest that match.
    return { field: 'duration', ...(operator === '>' ? { minDuration: limit.value } : { maxDuration: limit.value }) };
  }
  const row = rowOf(filter);
  if (row === undefined || filterRowProblem(row) !== undefined) {
    return undefined;
  }
  return { field: key === 'operation' || key === 'status' ? key : 'attribute', row };
}

interface FilteredSearch {
  readonly query: SearchQuery | UnsupportedQuery;
  readonly leftOut: readonly AdHocFilter[];
}

function applyToSearch(query: SearchQuery, filters: readonly AdHocFilter[]): FilteredSearch {
  let search = query;
  const rows: AttributeFilter[] = [];
  const leftOut: AdHocFilter[] = [];
  for (const filter of filters) {
    const { key, operator } = filter;
    const field = key === 'service.name' ? 'service' : key === 'operation' ? 'operation' : undefined;
    const row = rowOf(filter);
    if (field && (operator === '=' || operator === '=|')) {
      const wanted = valuesOf(filter);
      const asked = readChoices(search[field]);
      const both = asked.length === 0 ? wanted : asked.filter((name) => wanted.includes(name));
      if (both.length === 0) {
        return refused(query, conflict(field, asked, wanted));
      }
      search = { ...search, [field]: formatChoices(both) };
    } else if (key === 'status' && readStatuses(filter)) {
      const wanted = readStatuses(filter) ?? [];
      const asked = readChoices(search.status);
      const both = asked.length === 0 ? wanted : asked.filter((status) => wanted.includes(status));
      if (both.length === 0) {
        return refused(query, conflict('status', asked, wanted));
      }
      search = { ...search, status: formatChoices(both) };
    } else if (key === 'duration' && operator === '>' && !search.minDuration) {
      search = { ...search, minDuration: filter.value };
    } else if (key === 'duration' && operator === '<' && !search.maxDuration) {
      search = { ...search, maxDuration: filter.value };
    } else if (row && key !== 'operation' && key !== 'status' && key !== 'duration') {
      rows.push(row);
    } else {
      leftOut.push(filter);
    }
  }
  return {
    query: rows.length === 0 ? search : { ...search, filters: [...(search.filters ?? []), ...rows] },
    leftOut,
  };
}

/** A sample is searched like any other traces; what a store keeps by service and operation is told when it answers. */
function applyToMetrics(query: MetricsQuery, filters: readonly AdHocFilter[]): Filtered {
  const { refId, services = [], operation } = query;
  const asked: SearchQuery = { refId, queryType: 'search', service: formatChoices(services), operation };
  const { query: search, leftOut } = applyToSearch(asked, filters);
  if (search.queryType !== 'search') {
    return refused(query, search.reason);
  }
  const { filters: rows, status, minDuration, maxDuration } = search;
  const narrowedBy: SampleConditions = {
    ...(rows && { filters: rows }),
    ...(status !== undefined && { status }),
    ...(minDuration !== undefined && { minDuration }),
    ...(maxDuration !== undefined && { maxDuration }),
  };
  return {
    query: {
      ...query,
      services: readChoices(search.service),
      ...(search.operation !== undefined && { operation: search.operation }),
      ...(Object.keys(narrowedBy).length > 0 && { narrowedBy }),
    },
    leftOut: leftOut.map(shown),
  };
}

/** The graph around the services; of anything else it has no part. */
function applyToGraph(query: ServiceGraphQuery, filters: readonly AdHocFilter[]): Filtered {
  let graph = query;
  const leftOut: string[] = [];
  for (const filter of filters) {
    if (filter.key !== 'service.name' || (filter.operator !== '=' && filter.operator !== '=|')) {
      leftOut.push(shown(filter));
      continue;
    }
    const wanted = valuesOf(filter);
    const asked = readNames(graph.service);
    const both = asked.length === 0 ? wanted : asked.filter((name) => wanted.includes(name));
    if (both.length === 0) {
      return refused(query, conflict('service', asked, wanted));
    }
    graph = { ...graph, service: formatChoices(both) };
  }
  return { query: graph, leftOut };
}

function conflict(field: string, asked: readonly string[], wanted: readonly string[]): string {
  return `The query asks for the ${field} ${asked.join(' or ')}, the filter of the dashboard for ${wanted.join(' or ')}: nothing can match both.`;
}

/** A filter as a row of a search; undefined when no row can say it. */
function rowOf(filter: AdHocFilter): AttributeFilter | undefined {
  const { key, operator, value } = filter;
  const severally: Readonly<Record<string, AttributeOperator | undefined>> = { '=|': '=~', '!=|': '!~' };
  const pattern = Object.hasOwn(severally, operator) ? severally[operator] : undefined;
  return pattern
    ? { key, operator: pattern, value: valuesOf(filter).map(escapePattern).join('|') }
    : readFilterRows([{ key, operator, value }])?.[0];
}

function readStatuses(filter: AdHocFilter): readonly string[] | undefined {
  const values = valuesOf(filter);
  if (!values.every(isStatus)) {
    return undefined;
  }
  switch (filter.operator) {
    case '=':
    case '=|':
      return values;
    case '!=':
    case '!=|':
      return STATUSES.filter((status) => !values.includes(status));
    default:
      return undefined;
  }
}

function valuesOf({ operator, value, values }: AdHocFilter): readonly string[] {
  return operator.endsWith('|') && values?.length ? values : [value];
}

function shown(filter: AdHocFilter): string {
  return `${filter.key} ${filter.operator} ${valuesOf(filter).join(', ')}`;
}

function refused(
  { refId, key, hide, datasource, schemaVersion }: TraceQuery,
  reason: string
): { readonly query: UnsupportedQuery; readonly leftOut: readonly never[] } {
  return { query: { refId, key, hide, datasource, schemaVersion, queryType: 'unsupported', reason }, leftOut: [] };
}
