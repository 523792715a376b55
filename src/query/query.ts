/**
 * What is saved in dashboards, links and query history. Field names are those of Grafana's own Jaeger source wherever
 * it has one, so that its saved queries are ours too.
 *
 * `query` holds a trace id (or native query text) and nothing else may hold it: Grafana's trace view navigates by
 * overwriting `query` and takes two queries for "the same trace" only by
 * `queryType === 'traceql' && query === traceId` (Grafana 12.4, explore/TraceView/TraceView.tsx:318).
 */
import type { DataQuery } from '@grafana/schema';

import type { AttributeOperator } from './capabilities';
import type { ViewFields } from './views';

export const QUERY_SCHEMA_VERSION = 1;

interface QueryBase extends DataQuery {
  readonly schemaVersion?: number;
}

/** One trace, by id. */
export interface TraceIdQuery extends QueryBase, TraceSwitches, ViewFields {
  readonly queryType: 'traceql';
  /**
   * A sound id in its display form (lower case, 16 or 32 digits), else the text as written: with variables until
   * `interpolateQuery` has run, or something that `validateQuery` refuses.
   */
  readonly query: string;
  /** Where to look first, in epoch milliseconds. A string while it still holds a variable, or as a link left it. */
  readonly fromMs?: string | number;
  readonly toMs?: string | number;
  /** The trace as stored, without the server's clock-skew and other adjustments. */
  readonly rawTraces?: boolean;
}

/** How one trace is made ready to be looked at, wherever it comes from. */
export interface TraceSwitches {
  /** Move calls whose clocks disagree into their callers, or leave all as it is; missing means what the settings say. */
  readonly clockSkew?: ClockSkewChoice;
  /** Show only this span and what is below it. */
  readonly rootSpanId?: string;
  /** The span that a link leads to: it stays visible when a large trace is folded. */
  readonly spanId?: string;
  /** Show every span of a large trace, however long that takes to draw. */
  readonly showAll?: boolean;
}

export const CLOCK_SKEW_CHOICES = ['correct', 'keep'] as const;
export type ClockSkewChoice = (typeof CLOCK_SKEW_CHOICES)[number];

/**
 * Traces in a file or a pasted text. The text is in the query where it is short enough for an address, else in the memory
 * of the page; a query that was saved then knows only what to ask for again.
 */
export interface DocumentQuery extends QueryBase, TraceSwitches, ViewFields {
  readonly queryType: 'document';
  /** The text itself, plain or packed (`datasource/documents/documentText.ts`). Variables in it are not replaced. */
  readonly text?: string;
  /** The name under which the page holds a text that is too long for a query. */
  readonly heldAs?: string;
  /** Of the file; missing for a pasted text. */
  readonly name?: string;
  /** Length of the text in characters. */
  readonly size?: number;
  /** Which of several traces, as in a lookup: links between spans overwrite it. Missing means the only one, or a list. */
  readonly query?: string;
}

/** Traces that match. All texts may hold variables until `interpolateQuery` has run. */
export interface SearchQuery extends QueryBase, ViewFields {
  readonly queryType: 'search';
  /** One name, or several as `readChoices` reads them; missing means any. */
  readonly service?: string;
  /** Span name; Jaeger and Grafana call it operation. One or several, as above. */
  readonly operation?: string;
  /** A service that `service` calls, or that calls it. */
  readonly remoteService?: string;
  /** Attribute filters in logfmt, each with `=`: `http.status_code=500 db.statement="SELECT 1"`. */
  readonly tags?: string;
  /** More attribute filters, each with an operator. All of them and all of `tags` must hold of one span. */
  readonly filters?: readonly AttributeFilter[];
  /** Of a span: `ok`, `error`, `unset`, or several of them as above; missing means any. */
  readonly status?: string;
  /** `1.5ms`, `300us`, `1h30m`. */
  readonly minDuration?: string;
  readonly maxDuration?: string;
  /** Number of traces; a string while it holds a variable. */
  readonly limit?: number | string;
  /** The window of the address this search was pasted from, in epoch milliseconds; missing means the panel's range. */
  readonly fromMs?: string | number;
  readonly toMs?: string | number;
}

/**
 * A question in the store's own language, whose answer is traces or numbers over time. Saved as `queryType: 'traceql'`
 * (`savedForm`), the way Grafana's Tempo source saves it, whose field names these are; read back, the text tells it
 * from a lookup. All texts may hold variables until `interpolateQuery` has run.
 */
export interface LanguageQuery extends QueryBase {
  readonly queryType: 'language';
  readonly query: string;
  /** Number of traces; a string while it holds a variable. */
  readonly limit?: number | string;
  /** Matching spans listed per trace; missing means what the server does. */
  readonly spss?: number | string;
  /** Rows are traces with their matching spans inside, or these spans. */
  readonly tableType?: LanguageTable;
  /** Between two points of a series: `30s`, `5m`. Missing means what fits the panel. */
  readonly step?: string;
  /** Traces that stand for points, at most so many. */
  readonly exemplars?: number | string;
  /** Of numbers: over time, or one for the whole range. */
  readonly metricsQueryType?: LanguageMetrics;
}

export const LANGUAGE_TABLES = ['traces', 'spans'] as const;
export type LanguageTable = (typeof LANGUAGE_TABLES)[number];

export const LANGUAGE_METRICS = ['range', 'instant'] as const;
export type LanguageMetrics = (typeof LANGUAGE_METRICS)[number];

/** Which services call which. All texts may hold variables until `interpolateQuery` has run. */
export interface ServiceGraphQuery extends QueryBase {
  readonly queryType: 'serviceGraph';
  /** Only this service and those near it: one name, or several as `readChoices` reads them. */
  readonly service?: string;
  /** How many calls away from `service`, up and down; a string while it holds a variable. Missing means one. */
  readonly hops?: number | string;
  /** One of `GRAPH_SOURCES`; missing means the first of them that this data source has. */
  readonly source?: string;
  /** One of `GRAPH_VIEWS`. */
  readonly view?: string;
}

/** Rates, errors or durations of services over time. All texts may hold variables until `interpolateQuery` has run. */
export interface MetricsQuery extends QueryBase {
  readonly queryType: 'metrics';
  /** One of `METRICS`. */
  readonly metric?: string;
  /** One series each; a variable may bring several. */
  readonly services?: readonly string[];
  /** Only these of their operations: one or several, as in a search. */
  readonly operation?: string;
  /** Of latencies, one series each: `0.95`, `p95`. Missing means `DEFAULT_QUANTILES`. */
  readonly quantiles?: readonly string[];
  /** `service` or `operation`: a series for each operation. */
  readonly groupBy?: string;
  /** Which spans count; missing means those of servers. */
  readonly spanKinds?: readonly string[];
  /** Between points: `1m`. Missing means the panel's interval. */
  readonly step?: string;
  /** One of `METRIC_SOURCES`; missing means the store where it keeps metrics, else a sample of traces. */
  readonly source?: string;
  /**
   * What the filters of a dashboard ask of the traces of a sample; numbers that a store keeps know nothing of it. Put in
   * when the query runs, never read from what is saved.
   */
  readonly narrowedBy?: SampleConditions;
}

export type SampleConditions = Pick<SearchQuery, 'filters' | 'status' | 'minDuration' | 'maxDuration'>;

/** What one trace has that is compared, or all traces of a search together. */
export type ComparedTraces = ComparedTrace | ComparedSearch;

export type ComparedTrace = Pick<
  TraceIdQuery,
  'queryType' | 'query' | 'fromMs' | 'toMs' | 'rawTraces' | 'clockSkew' | 'rootSpanId'
>;

export interface ComparedSearch extends Omit<SearchQuery, keyof QueryBase | keyof ViewFields> {
  readonly queryType: 'search';
  /** Looks that much earlier than the panel's range, for before against after: `1d`, `2h`. */
  readonly earlierBy?: string;
}

/** Two traces, or the traces of two searches, or one against many. */
export interface CompareQuery extends QueryBase {
  readonly queryType: 'compare';
  /** What is taken for usual. */
  readonly baseline: ComparedTraces;
  /** What is held against it. */
  readonly comparison: ComparedTraces;
  /** One of `COMPARE_VIEWS`; the texts of both sides and this may hold variables. */
  readonly view?: string;
}

/**
 * A query we cannot run; `reason` is the sentence to show. Kept as data so that nothing throws while reading it. Editors
 * do not write it back: the saved query stays what it was.
 */
export interface UnsupportedQuery extends QueryBase {
  readonly queryType: 'unsupported';
  readonly reason: string;
  /** The text that was asked, where there was one; read anew each time, so a link that overwrites it still works. */
  readonly query?: string;
}

export type TraceQuery =
  | TraceIdQuery
  | SearchQuery
  | LanguageQuery
  | DocumentQuery
  | ServiceGraphQuery
  | MetricsQuery
  | CompareQuery
  | UnsupportedQuery;

/** One condition on the attributes of a span (or of its resource, where the store looks there too). */
export interface AttributeFilter {
  readonly key: string;
  readonly operator: AttributeOperator;
  /** Always text: every store's search takes texts. Empty for `exists`. */
  readonly value: string;
}
