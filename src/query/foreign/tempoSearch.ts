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

/** The search that `filters` ask for, with the limit of the query. */
export function convertFilters(query: ForeignQuery): ConvertedQuery {
  const search: { service?: string; operation?: string; minDuration?: string; maxDuration?: string } = {};
  const attributes: AttributeFilter[] = [];
  for (const filter of readFilters(query.filters)) {
    const { tag, operator, value } = filter;
    const isNew = (field: keyof typeof search) => value !== undefined && search[field] === undefined;
    if (tag === 'service.name' && operator === '=' && isNew('service') && filter.scope !== 'span') {
      search.service = value;
    } else if (
      tag === 'name' &&
      operator === '=' &&
      isNew('operation') &&
      filter.scope !== 'span' &&
      filter.scope !== 'resource'
    ) {
      search.operation = value;
    } else if (tag === 'duration' && (operator === '>' || operator === '>=') && isNew('minDuration')) {
      search.minDuration = value;
    } else if (tag === 'duration' && (operator === '<' || operator === '<=') && isNew('maxDuration')) {
      search.maxDuration = value;
    } else if (tag === 'status' && operator === '=' && value === 'error') {
      attributes.push({ key: 'error', operator: '=', value: 'true' });
    } else if (operator === '=' && value !== undefined && (filter.scope === 'span' || filter.scope === 'resource')) {
      attributes.push({ key: tag, operator: '=', value });
    } else {
      return unsupported(
        `The Tempo filter “${filter.text}” has no counterpart in this search. Remove it there, or fill in the search form.`
      );
    }
  }
  return readSearchQuery({ ...search, tags: formatSearchText(attributes), limit: query.limit });
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
  for (const filter of Array.isArray(filters) ? filters : []) {
    if (typeof filter !== 'object' || filter === null) {
      continue;
    }
    const record = filter as ForeignQuery;
    const tag = readText(record.tag)?.replace(/^\./, '');
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
