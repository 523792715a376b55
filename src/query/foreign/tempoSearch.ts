import { ATTRIBUTE_OPERATORS } from '../capabilities';
import type { AttributeFilter } from '../query';
import { readSearchQuery, readServiceGraphQuery, readText, unsupported } from '../readQuery';
import { formatSearchText } from '../searchText';
import type { ConvertedQuery, ForeignQuery, QueryDialect } from './dialect';

/**
 * Searches and service maps saved for Grafana's Tempo source: the filter builder (`traceqlSearch`), the older form
 * (`nativeSearch`), `serviceMap`. A condition that our search cannot ask refuses the whole query, since leaving it out
 * would answer another question.
 */
export const tempoSearch: QueryDialect = {
  name: 'Tempo search builder',
  recognizes: (query) =>
    (query.queryType === 'search' && isLogSearch(query)) ||
    (query.queryType === 'traceqlSearch' && Array.isArray(query.filters)) ||
    query.queryType === 'nativeSearch' ||
    query.queryType === 'serviceMap',
  convert: (query) => {
    switch (query.queryType) {
      case 'search':
        return unsupported(
          'This query searched the logs of another data source for trace IDs. Run it in Explore on that source, and follow the links of its lines.'
        );
      case 'serviceMap':
        return readServiceGraphQuery({ source: 'metrics', service: serviceOfMap(query.serviceMapQuery) });
      case 'nativeSearch':
        return readSearchQuery({
          service: query.serviceName,
          operation: query.spanName,
          tags: query.search,
          minDuration: query.minDuration,
          maxDuration: query.maxDuration,
          limit: query.limit,
        });
      default:
        return convertFilters(query);
    }
  },
};

/** `{queryType: 'search', linkedQuery: {expr: '{app="shop"} |= "error"'}}`, as saved by Grafana 7.5 to 9. */
function isLogSearch({ linkedQuery }: ForeignQuery): boolean {
  return typeof linkedQuery === 'object' && linkedQuery !== null && readText(Object(linkedQuery).expr) !== undefined;
}

/** Tempo filters its map by matchers: `{client="cart"}`, a text or a list of such. One service fits here. */
function serviceOfMap(matchers: unknown): string | undefined {
  const text = Array.isArray(matchers) ? matchers.map(readText).join(' ') : readText(matchers);
  return /\b(?:client|server)\s*=\s*"([^"]+)"/.exec(text ?? '')?.[1];
}

/** The search that `filters` ask for, with the limit of the query; refused where a form cannot ask all of it. */
export function convertFilters(query: ForeignQuery): ConvertedQuery {
  const { search, left } = readFilterSearch(query);
  return left === undefined
    ? search
    : unsupported(
        `The Tempo filter “${left}” has no counterpart in this search. Remove it there, or fill in the search form.`
      );
}

/** What a form can ask of them, and the first one that it cannot, in words. */
export function readFilterSearch(query: ForeignQuery): { readonly search: ConvertedQuery; readonly left?: string } {
  const fields: { -readonly [field in SearchField]?: string } = {};
  const attributes: AttributeFilter[] = [];
  const left: string[] = [];
  for (const filter of readFilters(query.filters)) {
    const field = fieldOf(filter);
    const attribute = field ? undefined : attributeOf(filter);
    if (field && filter.value !== undefined && fields[field] === undefined) {
      fields[field] = filter.value;
    } else if (attribute) {
      attributes.push(attribute);
    } else {
      left.push(filter.text);
    }
  }
  const tags = attributes.filter(({ operator }) => operator === '=');
  const filters = attributes.filter(({ operator }) => operator !== '=');
  return {
    search: readSearchQuery({ ...fields, tags: formatSearchText(tags), filters, limit: query.limit }),
    ...(left.length > 0 && { left: left[0] }),
  };
}

type SearchField = 'service' | 'operation' | 'status' | 'minDuration' | 'maxDuration';

const STATUSES: ReadonlySet<string | undefined> = new Set(['ok', 'error', 'unset']);

/** Which field of the form a row is; undefined for an attribute, and for what has no place in it. */
function fieldOf({ tag, operator, scope, value }: TempoFilter): SearchField | undefined {
  switch (tag) {
    case 'service.name':
      return operator === '=' && scope !== 'span' ? 'service' : undefined;
    case 'name':
      return operator === '=' ? 'operation' : undefined;
    case 'status':
      return operator === '=' && STATUSES.has(value) ? 'status' : undefined;
    case 'duration':
      return operator.startsWith('>') ? 'minDuration' : operator.startsWith('<') ? 'maxDuration' : undefined;
    default:
      return undefined;
  }
}

function attributeOf({ tag, operator, scope, value }: TempoFilter): AttributeFilter | undefined {
  const known = ATTRIBUTE_OPERATORS.find((one) => one === operator);
  if (value === undefined || known === undefined) {
    return undefined;
  }
  if (tag === 'kind') {
    return known === '=' || known === '!=' ? { key: 'span.kind', operator: known, value } : undefined;
  }
  return !FIELDS.has(tag) && (scope === 'span' || scope === 'resource')
    ? { key: tag, operator: known, value: known === 'exists' ? '' : value }
    : undefined;
}

interface TempoFilter {
  readonly tag: string;
  readonly operator: string;
  readonly scope?: string;
  /** Undefined when several values are chosen. */
  readonly value: string | undefined;
  /** For messages. */
  readonly text: string;
}

/** Filters with a value; the builder keeps its empty rows in the query. */
function readFilters(filters: unknown): TempoFilter[] {
  const found: TempoFilter[] = [];
  for (const filter of Array.isArray(filters) ? (filters as unknown[]) : []) {
    if (typeof filter !== 'object' || filter === null) {
      continue;
    }
    const record = filter as ForeignQuery;
    const tag = builderTag(record, filters);
    const operator = readText(record.operator) ?? '=';
    const values = (Array.isArray(record.value) ? record.value : [record.value]).flatMap(
      (value) => readText(value) ?? []
    );
    if (tag !== undefined && values.length > 0) {
      found.push({
        tag,
        operator,
        scope: readText(record.scope),
        value: values.length === 1 ? values[0] : undefined,
        text: `${tag} ${operator} ${values.join(' | ')}`,
      });
    }
  }
  return found;
}

/** Fields of the span itself. The builder may save a scope with them, which Tempo's source leaves out. */
const FIELDS: ReadonlySet<string> = new Set(['name', 'status', 'kind', 'duration']);

/** What a row is about. A row without one says whose `duration` is meant, the span's or the trace's. */
export function builderTag({ tag }: ForeignQuery, filters: unknown): string | undefined {
  const name = readText(tag)?.replace(/^\.|^span:(?=name$|status$|kind$|duration$)/, '');
  const isOfTrace = (row: unknown) => Object(row).id === 'duration-type' && Object(row).value === 'trace';
  return name === 'duration' && Array.isArray(filters) && filters.some(isOfTrace) ? 'traceDuration' : name;
}
