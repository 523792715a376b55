import { readCompareQuery } from './compare';
import { convertTraceText } from './convertTraceText';
import type { ConvertedQuery, ForeignQuery, QueryDialect } from './foreign/dialect';
import { embeddedQueries } from './foreign/exploreUrl';
import { foreignDialects } from './foreign/index';
import { QUERY_SCHEMA_VERSION, type TraceQuery } from './query';
import {
  hasSearchFields,
  readDocumentQuery,
  readOwnQuery,
  readSearchQuery,
  readText,
  traceIdQuery,
  unsupported,
} from './readQuery';

export interface NormalizeOptions {
  /** The backend's own, asked before those that belong to no store. */
  readonly dialects: readonly QueryDialect[];
}

/**
 * Anything → a query of ours. Idempotent, never throws, drops what it does not know, keeps refId, key, hide, datasource.
 *
 * Who decides, first to last:
 * 1. a document, in which `query` only says which of its traces; no other software has such queries;
 * 2. the text in `query`: an id (or what contains exactly one) is a lookup whatever the query's type says, because span
 *    links arrive as `{...currentQuery, query: '<id>'}` and defaults are merged under partial links;
 * 3. our own shape, when a schema version says that we wrote it;
 * 4. the backend's dialects, then those of `foreign/`;
 * 5. our own shape without a version: written by hand, in provisioning or a correlation.
 * What is left is kept as an `unsupported` query with a sentence.
 */
export function normalizeQuery(query: unknown, options: NormalizeOptions): TraceQuery {
  return normalizeNested(query, options, 0);
}

/** An Explore address may hold a query that holds an Explore address; nobody means more than this. */
const MAX_NESTING = 3;

function normalizeNested(query: unknown, options: NormalizeOptions, depth: number): TraceQuery {
  if (typeof query === 'string') {
    return normalizeNested({ query }, options, depth);
  }
  if (query === undefined || query === null) {
    return normalizeNested({}, options, depth);
  }
  if (typeof query !== 'object' || Array.isArray(query)) {
    return {
      refId: 'A',
      schemaVersion: QUERY_SCHEMA_VERSION,
      ...unsupported('This query is damaged: it is no object.'),
    };
  }
  const record = query as ForeignQuery;
  return { ...readIdentity(record), schemaVersion: QUERY_SCHEMA_VERSION, ...convert(record, options, depth) };
}

function convert(query: ForeignQuery, options: NormalizeOptions, depth: number): ConvertedQuery {
  if (query.queryType === 'document') {
    return readDocumentQuery(query);
  }
  const text = readText(query.query)?.trim();
  if (text !== undefined) {
    const embedded = embeddedQueries(text);
    if (embedded) {
      return fromAddress(embedded, options, depth);
    }
    const lookup = convertTraceText(text, query);
    if (lookup) {
      return lookup;
    }
  }
  const isOurs = typeof query.schemaVersion === 'number';
  const dialects = [...options.dialects.filter(({ readsOurs }) => readsOurs || !isOurs), ...foreignDialects];
  const own = readCompareQuery(query) ?? readOwnQuery(query);
  // A version of ours speaks for itself, except for text that only a dialect understands.
  if (isOurs && own && own.queryType !== 'traceql' && own.queryType !== 'unsupported') {
    return own;
  }
  for (const dialect of dialects) {
    if (dialect.recognizes(query)) {
      return dialect.convert(query);
    }
  }
  if (own && (own.queryType !== 'search' || text === undefined || hasSearchFields(query))) {
    return own;
  }
  if (text !== undefined) {
    return traceIdQuery(query, text);
  }
  const queryType = readText(query.queryType);
  if (queryType === undefined) {
    return hasSearchFields(query) ? readSearchQuery(query) : traceIdQuery(query, '');
  }
  return unsupported(
    isOurs && Number(query.schemaVersion) > QUERY_SCHEMA_VERSION
      ? `This query was saved by a newer version of the plugin, which knows the query type “${queryType}”. Update the plugin.`
      : `The query type “${queryType}” is not known here. Choose a trace ID, a search, a file, a comparison, metrics or the service graph.`
  );
}

function fromAddress(queries: readonly ForeignQuery[], options: NormalizeOptions, depth: number): ConvertedQuery {
  if (depth < MAX_NESTING) {
    const converted = queries.map((query) => withoutIdentity(normalizeNested(query, options, depth + 1)));
    const best =
      converted.find((query) => query.queryType === 'traceql' && query.query !== '') ??
      converted.find((query) => query.queryType !== 'unsupported' && query.queryType !== 'traceql');
    if (best) {
      return best;
    }
  }
  return unsupported('The pasted Explore address holds no trace ID and no trace search.');
}

function withoutIdentity({ refId, key, hide, datasource, ...rest }: TraceQuery): ConvertedQuery {
  return rest;
}

function readIdentity(query: ForeignQuery): Pick<TraceQuery, 'refId' | 'key' | 'hide' | 'datasource'> {
  const { refId, key, hide, datasource } = query;
  return {
    refId: typeof refId === 'string' && refId !== '' ? refId : 'A',
    ...(typeof key === 'string' ? { key } : {}),
    ...(typeof hide === 'boolean' ? { hide } : {}),
    ...(typeof datasource === 'object' && datasource !== null ? { datasource } : {}),
  };
}
