import type { TraceQuery } from '../query';

/** A query from anywhere: saved, linked, pasted. Only `refId` can be relied on, and not even that. */
export type ForeignQuery = Readonly<Record<string, unknown>>;

/** `Omit` on a union keeps only what all members share; this one keeps the union. */
type WithoutIdentity<TQuery> = TQuery extends unknown ? Omit<TQuery, 'refId' | 'key' | 'hide' | 'datasource'> : never;

/** What a dialect makes of a query. `normalizeQuery` adds refId, key, hide, datasource and the schema version. */
export type ConvertedQuery = WithoutIdentity<TraceQuery>;

/**
 * One shape in which other software hands us a query. `normalizeQuery` walks an ordered list of these and the first
 * that recognises a query converts it; what no dialect recognises is already ours, or is refused in words.
 */
export interface QueryDialect {
  /** For tests and the docs table: "Loki derived field". */
  readonly name: string;
  recognizes(query: ForeignQuery): boolean;
  /**
   * Asked about queries of our own too, which are not read in full without it: their text is in a language that only this
   * store speaks.
   */
  readonly readsOurs?: boolean;
  /** Keeps refId, key, hide and datasource: the caller copies them over. */
  convert(query: ForeignQuery): ConvertedQuery;
}
