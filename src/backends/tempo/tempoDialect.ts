import { SERVICE_NAME } from '../../model/semconv';
import type { ForeignQuery, QueryDialect } from '../../query/foreign/dialect';
import { tempoSearch } from '../../query/foreign/tempoSearch';
import { hasSearchFields, languageQuery, readText } from '../../query/readQuery';
import { isTraceQl } from '../../query/readTraceText';
import { writeSavedFilters } from './savedFilters';

/**
 * Queries that Grafana's Tempo source saved (its `TempoQuery`, Grafana 9.1 to 12.4). Lookups by id, `nativeSearch` and
 * `serviceMap` mean the same to every store and are read elsewhere.
 */
export const tempoDialects: readonly QueryDialect[] = [
  {
    name: 'TraceQL of the built-in Tempo source',
    readsOurs: true,
    recognizes: (query) => {
      const text = readText(query.query) ?? '';
      return (
        (isTraceQl(text) && !(query.queryType === 'search' && hasSearchFields(query))) ||
        (query.queryType === 'traceql' && startsLikeTraceQl(text))
      );
    },
    convert: (query) => languageQuery(query, readText(query.query) ?? ''),
  },
  {
    name: 'Search builder of the built-in Tempo source',
    recognizes: (query) => query.queryType === 'traceqlSearch' && Array.isArray(query.filters),
    convert: (query) => {
      const search = asksMoreThanForm(query) ? undefined : tempoSearch.convert(query);
      return search === undefined || search.queryType === 'unsupported'
        ? languageQuery(query, writeSavedFilters(filtersOf(query)))
        : search;
    },
  },
];

/** Rows of spans, or so many of each trace, are the language editor's; a row of the form looks in every scope. */
function asksMoreThanForm(query: ForeignQuery): boolean {
  const isOfResource = (row: unknown) => {
    const { scope, tag, value } = Object(row) as ForeignQuery;
    return scope === 'resource' && tag !== SERVICE_NAME && (Array.isArray(value) ? value.length > 0 : Boolean(value));
  };
  return query.tableType === 'spans' || query.spss !== undefined || filtersOf(query).some(isOfResource);
}

/** Arithmetic between queries starts with a parenthesis, and a comment may come first. */
function startsLikeTraceQl(text: string): boolean {
  return isTraceQl(text.replace(/^(?:[\s(]|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)+/, ''));
}

function filtersOf({ filters }: ForeignQuery): readonly unknown[] {
  return Array.isArray(filters) ? filters : [];
}
