/** A dashboard's ad-hoc filters, as conditions of the queries they stand above. */
import { escapePattern } from '../model/valuePattern';
import type { AttributeOperator } from './capabilities';
import { formatChoices, readChoices } from './choices';
import { queryOfSide, sideOf, SIDES } from './compare';
import { isStatus, STATUSES } from './compileSearch';
import type { AttributeFilter, MetricsQuery, SearchQuery, TraceQuery } from './query';
import { readFilterRows } from './filterRows';

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

/**
 * A query narrowed by ad-hoc filters: searches, and the searches of a comparison. A lookup stays what it is, since who
 * names one trace wants that one. Takes a query whose variables are replaced.
 */
export function applyAdHocFilters(query: TraceQuery, filters: readonly AdHocFilter[]): Filtered {
  // A row that somebody has only begun has no value yet.
  const complete = filters.filter(({ key, value, values }) => key !== '' && (value !== '' || values?.length));
  if (complete.length === 0) {
    return { query, leftOut: [] };
  }
  switch (query.queryType) {
    case 'search':
      return applyToSearch(query, complete);
    case 'compare': {
      const leftOut = new Set<string>();
      let filtered = query;
      for (const side of SIDES) {
        const asked = queryOfSide(query, side);
        const traces = query[side];
        if (asked.queryType === 'search') {
          const one = applyToSearch(asked, complete);
          one.leftOut.forEach((text) => leftOut.add(text));
          if (one.query.queryType !== 'search') {
            return one;
          }
          filtered = { ...filtered, [side]: { ...traces, ...sideOf(one.query) } };
        }
      }
      return { query: filtered, leftOut: [...leftOut] };
    }
    case 'metrics':
      return applyToMetrics(query, complete);
    case 'traceql':
    case 'unsupported':
      return { query, leftOut: [] };
    default:
      return { query, leftOut: complete.map(shown) };
  }
}

function applyToSearch(query: SearchQuery, filters: readonly AdHocFilter[]): Filtered {
  let search = query;
  const rows: AttributeFilter[] = [];
  const leftOut: string[] = [];
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
      leftOut.push(shown(filter));
    }
  }
  return {
    query: rows.length === 0 ? search : { ...search, filters: [...(search.filters ?? []), ...rows] },
    leftOut,
  };
}

/** A store keeps numbers by service and operation; no other filter can narrow them. */
function applyToMetrics(query: MetricsQuery, filters: readonly AdHocFilter[]): Filtered {
  let metrics = query;
  const leftOut: string[] = [];
  for (const filter of filters) {
    const { key, operator, value } = filter;
    const { services = [], operation } = metrics;
    if (key === 'service.name' && (operator === '=' || operator === '=|')) {
      const wanted = valuesOf(filter);
      const both = services.length === 0 ? wanted : services.filter((service) => wanted.includes(service));
      if (both.length === 0) {
        return refused(query, conflict('service', services, wanted));
      }
      metrics = { ...metrics, services: both };
    } else if (key === 'operation' && operator === '=' && (operation === undefined || operation === value)) {
      metrics = { ...metrics, operation: value };
    } else {
      leftOut.push(shown(filter));
    }
  }
  return { query: metrics, leftOut };
}

function conflict(field: string, asked: readonly string[], wanted: readonly string[]): string {
  return `The query asks for the ${field} ${asked.join(' or ')}, the filter of the dashboard for ${wanted.join(' or ')}: nothing can match both.`;
}

/** A filter as a row of a search; undefined when no row can say it. */
export function rowOf(filter: AdHocFilter): AttributeFilter | undefined {
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

function refused({ refId, key, hide, datasource, schemaVersion }: TraceQuery, reason: string): Filtered {
  return { query: { refId, key, hide, datasource, schemaVersion, queryType: 'unsupported', reason }, leftOut: [] };
}
