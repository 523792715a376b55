import type { MetricSeries } from '../model/metricSeries';
import type { Notice } from '../model/notice';
import type { ServiceGraph } from '../model/serviceGraph';
import type { TraceSummary } from '../model/summary';
import type { Nanoseconds, TimeWindow } from '../model/time';
import type { SpanKind, Trace } from '../model/trace';
import type { BackendCapabilities } from '../query/capabilities';
import type { QueryDialect } from '../query/foreign/dialect';
import type { AttributeFilter } from '../query/query';
import type { TraceDocumentReader, TraceDocumentWriter } from '../wire/traceDocument';
import type { HttpClient, HttpRequest, HttpResponse } from './http';

/** What every call carries. */
export interface RequestContext {
  readonly signal: AbortSignal;
}

/** The same of a list of names. */
export interface ListContext extends RequestContext {
  /** Names seen then; missing means whatever the store lists by itself. A hint: not every store can look back. */
  readonly window?: TimeWindow;
}

/** A question for one trace, in the product's own units. */
export interface TraceRequest {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** Where to look; missing means everywhere. A hint to most stores. */
  readonly window?: TimeWindow;
  readonly rawTraces?: boolean;
}

/** A question for many traces, in the product's own units. */
export interface SearchRequest {
  readonly service?: string;
  readonly spanName?: string;
  /** All must hold. A backend gets only operators that its capabilities name. */
  readonly attributes: readonly AttributeFilter[];
  /** Only for backends with `statusFilter`. */
  readonly status?: 'ok' | 'error' | 'unset';
  /** A service that `service` calls. Only for backends with `remoteServices`. */
  readonly remoteService?: string;
  readonly minDuration?: Nanoseconds;
  readonly maxDuration?: Nanoseconds;
  readonly limit: number;
  readonly window: TimeWindow;
}

export interface SearchResult {
  /** Newest first, at most `limit`. */
  readonly summaries: readonly TraceSummary[];
  /** The limit cut the list: there may be more traces in the window. */
  readonly isLimited: boolean;
  readonly notices: readonly Notice[];
  /** The whole traces behind `summaries`, in any order, where the store answered with them anyway. */
  readonly traces?: readonly Trace[];
}

/** An operation of a service. */
export interface SpanName {
  readonly name: string;
  /** Empty where the store does not know kinds. */
  readonly kinds: readonly string[];
}

/** Where an attribute is: on the span itself, on what produced it, or wherever. */
export type AttributeScope = 'span' | 'resource';

export interface AttributeKey {
  readonly key: string;
  /** Missing where the store does not tell. */
  readonly scope?: AttributeScope;
}

export interface AttributeValuesRequest extends AttributeKey {
  /** Only on spans of these; empty or missing means all. A hint: not every store can narrow. */
  readonly services?: readonly string[];
  readonly window?: TimeWindow;
}

/** A question for the rate, errors or durations that a store keeps. */
export interface MetricsRequest {
  readonly metric: 'calls' | 'errors' | 'latencies';
  /** Of latencies, between 0 and 1. */
  readonly quantile?: number;
  readonly services: readonly string[];
  /** One series per operation instead of one per service. */
  readonly byOperation: boolean;
  /** Missing means the store's own default, servers. */
  readonly spanKinds?: readonly SpanKind[];
  readonly window: TimeWindow;
  readonly step: Nanoseconds;
  /** Over which each point looks back. */
  readonly rateWindow: Nanoseconds;
}

/** A question in the store's own language whose answer is traces. */
export interface LanguageSearchRequest {
  readonly text: string;
  readonly limit: number;
  /** Matching spans shown per trace; missing means the server's default. */
  readonly spansPerTrace?: number;
  readonly window: TimeWindow;
}

/** A question in the store's own language whose answer is numbers. */
export interface LanguageMetricsRequest {
  readonly text: string;
  readonly window: TimeWindow;
  /** Missing for one value per series, at the end of the window. */
  readonly step?: Nanoseconds;
  /** At most so many; missing means the server's default. */
  readonly exemplars?: number;
}

export interface MetricsResult {
  readonly series: readonly MetricSeries[];
  readonly notices: readonly Notice[];
}

/** What "Save & test" found out. */
export interface ProbeReport {
  readonly product: string;
  readonly version?: string;
  /** Which API generation answers, in words: "API v3 with summaries". */
  readonly generation?: string;
  readonly capabilities: BackendCapabilities;
  /** Short phrases: "search", "trace by ID (nanoseconds)". */
  readonly can: readonly string[];
  /** Short phrases with the reason: "service metrics (no metrics storage is configured)". */
  readonly cannot: readonly string[];
  /** Number of services listed, when listing works. */
  readonly serviceCount?: number;
}

/** Everything rejects with a `BackendError`. */
export interface TraceBackend {
  /** Rejects with kind `trace-not-found` on a miss; searches the given window only. */
  fetchTrace(request: TraceRequest, context: RequestContext): Promise<Trace>;
  searchTraces(request: SearchRequest, context: RequestContext): Promise<SearchResult>;
  /** Sorted, each once. */
  listServices(context: ListContext): Promise<readonly string[]>;
  probe(context: RequestContext): Promise<ProbeReport>;
  /** One optional method per optional capability. Sorted by name, each once. */
  listSpanNames?(service: string, context: ListContext): Promise<readonly SpanName[]>;
  fetchDependencies?(window: TimeWindow, context: RequestContext): Promise<ServiceGraph>;
  /** `attributeCatalogue`: sorted by key, each once per scope. */
  listAttributeKeys?(context: ListContext): Promise<readonly AttributeKey[]>;
  /** `attributeCatalogue`: sorted, each once. */
  listAttributeValues?(request: AttributeValuesRequest, context: RequestContext): Promise<readonly string[]>;
  /** `remoteServices`: sorted, each once. */
  listRemoteServices?(service: string, context: RequestContext): Promise<readonly string[]>;
  /** `timeSeries`. */
  fetchMetrics?(request: MetricsRequest, context: RequestContext): Promise<MetricsResult>;
  /** `queryLanguage`: a search in its words. */
  searchByLanguage?(request: LanguageSearchRequest, context: RequestContext): Promise<SearchResult>;
  /** `queryLanguage`: series in its words. */
  fetchLanguageMetrics?(request: LanguageMetricsRequest, context: RequestContext): Promise<MetricsResult>;
  /** `queryLanguage`: what its texts can ask about, as it is written there: `resource.service.name`, `span."a b"`. */
  listLanguageNames?(context: ListContext): Promise<readonly string[]>;
  /** `queryLanguage`: values of such a name, as literals of the language. */
  listLanguageValues?(name: string, context: ListContext): Promise<readonly string[]>;
  /** The capabilities of the server that answers; narrower than the definition's. Cached. */
  capabilities?(context: RequestContext): Promise<BackendCapabilities>;
}

/** One control in the config editor, rendered by `editors/config/SettingsFields.tsx`. */
export interface SettingsField {
  /** Key in jsonData. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly options: ReadonlyArray<{ readonly value: string; readonly label: string; readonly description?: string }>;
  readonly defaultValue: string;
}

/**
 * A request by whose answer a store is known, as `recognizeStore.ts` sends it. Status and content type prove nothing (web
 * pages come with 200, JSON is labelled as text), so it is judged by what the body holds, and by something in it that
 * neither an empty list nor an empty object of another product has.
 */
export interface Signature {
  /** Below the data source's URL. Cheap for the server. */
  readonly path: string;
  readonly query?: HttpRequest['query'];
  /** `json` is undefined where the body is no JSON. */
  matches(answer: HttpResponse, json: unknown): boolean;
}

export interface BackendDefinition<TSettings = unknown> {
  /** Appears in no production file outside `src/backends`. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** An address as users enter it: shown where none is entered yet, and in the provisioning example. */
  readonly exampleUrl: string;
  /** The most any version of this store can do; `TraceBackend.capabilities` narrows it. */
  readonly capabilities: BackendCapabilities;
  readonly settingsFields: readonly SettingsField[];
  readSettings(jsonData: unknown): TSettings;
  create(settings: TSettings, http: HttpClient): TraceBackend;
  /** Any one of them tells that this store answers; asked in this order. Without them it is found by choice only. */
  readonly signatures?: readonly Signature[];
  /** Saved queries of the plugins that used to serve this store. */
  readonly dialects?: readonly QueryDialect[];
  /** Files that hold traces as only this store writes them. */
  readonly documents?: readonly TraceDocumentReader[];
  /** The same for writing. */
  readonly downloads?: readonly TraceDocumentWriter[];
}
