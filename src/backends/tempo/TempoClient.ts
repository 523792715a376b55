import type { DecodedSpans } from '../../model/flatSpan';
import { displayTraceId } from '../../model/ids';
import type { MetricSeries } from '../../model/metricSeries';
import type { Notice } from '../../model/notice';
import { formatGoDuration, type TimeWindow } from '../../model/time';
import type { LanguageMetricsRequest, TraceRequest } from '../backend';
import { BackendError } from '../errors';
import { encodePath, type HttpClient, type HttpRequest } from '../http';
import { ask, type AnswerReading } from '../readAnswer';
import { decodeMetrics } from './decodeMetrics';
import { decodeSearch, type FoundTrace } from './decodeSearch';
import { decodeLiterals, decodeTagNames, decodeTags, decodeTagValues, type ScopedTags } from './decodeTags';
import { decodeTrace, type TraceAnswer } from './decodeTrace';
import { windowSeconds } from './windowSeconds';

const BACKEND = 'tempo';

type Query = NonNullable<HttpRequest['query']>;

export interface SearchParameters {
  readonly text: string;
  readonly limit: number;
  readonly spansPerTrace?: number;
  readonly window: TimeWindow;
}

/** Tempo's HTTP API: paths, parameters and their units. Times of all routes are sent in whole seconds, rounded outwards. */
export class TempoClient {
  constructor(private readonly http: HttpClient) {}

  /** The enveloped route (Tempo 2.6 and later). Rejects with `trace-not-found` on a miss, which is 200 with nothing in it. */
  async fetchTrace({ traceId, window }: TraceRequest, signal: AbortSignal): Promise<DecodedSpans> {
    const path = encodePath('api', 'v2', 'traces', displayTraceId(traceId));
    const answer = await this.get(path, windowParameters(window), signal, (body) => decodeTrace(body, signal));
    return foundSpans(answer, path);
  }

  /** The route that every version has. It does not say when a trace is cut. */
  async fetchTraceV1({ traceId, window }: TraceRequest, signal: AbortSignal): Promise<DecodedSpans> {
    const path = encodePath('api', 'traces', displayTraceId(traceId));
    const answer = await this.get(
      path,
      windowParameters(window),
      signal,
      (body) => decodeTrace(body, signal),
      isV1Miss
    );
    return foundSpans(answer, path);
  }

  search(
    { text, limit, spansPerTrace, window }: SearchParameters,
    signal: AbortSignal
  ): Promise<readonly FoundTrace[]> {
    const query: Query = [
      ['q', text],
      ['limit', String(limit)],
      ...(spansPerTrace === undefined ? [] : [['spss', String(spansPerTrace)] as const]),
      ...windowParameters(window),
    ];
    return this.get('/api/search', query, signal, decodeSearch);
  }

  /** Attribute keys by scope. */
  listTags(window: TimeWindow | undefined, signal: AbortSignal): Promise<ScopedTags> {
    return this.get('/api/v2/search/tags', windowParameters(window), signal, decodeTags);
  }

  /** Keys without their scope, as versions before 2.2 tell them. */
  listTagsV1(window: TimeWindow | undefined, signal: AbortSignal): Promise<readonly string[]> {
    return this.get('/api/search/tags', windowParameters(window), signal, decodeTagNames);
  }

  /** `field` as TraceQL names it: `resource.service.name`, `span."a b"`, `name`. `where` narrows to spans that match. */
  listValues(
    field: string,
    { where, window }: { readonly where?: string; readonly window?: TimeWindow },
    signal: AbortSignal
  ): Promise<readonly string[]> {
    const path = encodePath('api', 'v2', 'search', 'tag', field, 'values');
    const query = [...(where === undefined ? [] : [['q', where] as const]), ...windowParameters(window)];
    return this.get(path, query, signal, decodeTagValues);
  }

  /** The same values as TraceQL writes them. */
  listLiterals(field: string, window: TimeWindow | undefined, signal: AbortSignal): Promise<readonly string[]> {
    const path = encodePath('api', 'v2', 'search', 'tag', field, 'values');
    return this.get(path, windowParameters(window), signal, decodeLiterals);
  }

  /** Of a key in any scope, and of the whole store. */
  listValuesV1(key: string, window: TimeWindow | undefined, signal: AbortSignal): Promise<readonly string[]> {
    const path = encodePath('api', 'search', 'tag', key, 'values');
    return this.get(path, windowParameters(window), signal, decodeTagValues);
  }

  async fetchMetrics(
    request: LanguageMetricsRequest,
    signal: AbortSignal
  ): Promise<{ readonly series: readonly MetricSeries[]; readonly notices: readonly Notice[] }> {
    const { text, window, step, exemplars } = request;
    const query: Query = [
      ['q', text],
      ...windowParameters(window),
      ...(step === undefined ? [] : [['step', formatGoDuration(step)] as const]),
      ...(step === undefined || exemplars === undefined ? [] : [['exemplars', String(exemplars)] as const]),
    ];
    const path = step === undefined ? '/api/metrics/query' : '/api/metrics/query_range';
    return this.get(path, query, signal, (body) => decodeMetrics(body, request));
  }

  private get<T>(
    path: string,
    query: Query,
    signal: AbortSignal,
    decode: (body: unknown) => T | Promise<T>,
    isMiss?: AnswerReading<unknown>['isMiss']
  ): Promise<T> {
    return ask(this.http, { path, query, signal }, { backend: BACKEND, decode, isMiss });
  }
}

function foundSpans({ spans, warnings, isEmpty }: TraceAnswer, route: string): DecodedSpans {
  if (isEmpty) {
    throw new BackendError('trace-not-found', { backend: BACKEND, status: 200, route });
  }
  return { spans, warnings };
}

/** An unknown route has words. */
const isV1Miss: AnswerReading<unknown>['isMiss'] = ({ body }, message) =>
  body.trim() === '' || (message !== undefined && /trace.*not found/i.test(message));

function windowParameters(window: TimeWindow | undefined): Query {
  if (window === undefined) {
    return [];
  }
  const { start, end } = windowSeconds(window);
  return [
    ['start', String(start)],
    ['end', String(end)],
  ];
}
