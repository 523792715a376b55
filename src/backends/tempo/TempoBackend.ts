import type { DecodedSpans } from '../../model/flatSpan';
import type { Trace } from '../../model/trace';
import type { BackendCapabilities } from '../../query/capabilities';
import { assembleOne } from '../assembleOne';
import type {
  AttributeKey,
  AttributeValuesRequest,
  LanguageMetricsRequest,
  LanguageSearchRequest,
  ListContext,
  MetricsRequest,
  MetricsResult,
  ProbeReport,
  RequestContext,
  SearchRequest,
  SearchResult,
  SpanName,
  TraceBackend,
  TraceRequest,
} from '../backend';
import { Detection } from '../Detection';
import { BackendError } from '../errors';
import type { HttpClient } from '../http';
import {
  listAttributeKeys,
  listAttributeValues,
  listLanguageNames,
  listLanguageValues,
  listNames,
} from './attributeCatalogue';
import { capabilitiesOf } from './capabilities';
import { fetchMetrics } from './metrics';
import { probeServer } from './probeServer';
import { searchTraces } from './searchTraces';
import { detectServer, isKnownBefore, isKnownSince, type TempoServer } from './serverVersion';
import { TempoClient } from './TempoClient';
import { attributeName } from './traceqlLiterals';
import { writeSearch, writeSpansOf } from './traceqlWriter';

/** One Tempo server. Its version is asked for only where the answer depends on it. */
export class TempoBackend implements TraceBackend {
  private readonly detection: Detection<TempoServer>;
  private readonly client: TempoClient;
  /** A server that has only the old route for traces is not asked for the new one each time. */
  private hasOldTraceRoute = false;
  /** Found out by asking, of a server that hides its version: it cannot be asked for the newest traces. */
  private refusesHints = false;

  constructor(private readonly http: HttpClient) {
    this.detection = new Detection('tempo', (signal) => detectServer(http, signal));
    this.client = new TempoClient(http);
  }

  async fetchTrace(request: TraceRequest, { signal }: RequestContext): Promise<Trace> {
    return assembleOne('tempo', await this.fetchSpans(request, signal), request.traceId, signal);
  }

  async searchTraces(request: SearchRequest, { signal }: RequestContext): Promise<SearchResult> {
    const server = await this.detection.result(signal);
    const { limit, window, ...search } = request;
    const ask = (newestFirst: boolean) =>
      searchTraces(this.client, { text: writeSearch(search, server, { newestFirst }), limit, window }, signal);
    if (server.release) {
      return ask(isKnownSince(server, 2, 8));
    }
    if (this.refusesHints) {
      return ask(false);
    }
    try {
      return await ask(true);
    } catch (error) {
      if (!(error instanceof BackendError) || error.kind !== 'bad-request') {
        throw error;
      }
    }
    const found = await ask(false);
    this.refusesHints = true;
    return found;
  }

  searchByLanguage(request: LanguageSearchRequest, { signal }: RequestContext): Promise<SearchResult> {
    return searchTraces(this.client, request, signal);
  }

  async fetchLanguageMetrics(request: LanguageMetricsRequest, { signal }: RequestContext): Promise<MetricsResult> {
    const server = await this.serverWithMetrics(signal);
    if (request.step === undefined && isKnownBefore(server, 2, 6)) {
      throw unsupported(`One value for the whole range came with Tempo 2.6, and this is ${server.version}.`);
    }
    return this.client.fetchMetrics(request, signal);
  }

  async fetchMetrics(request: MetricsRequest, { signal }: RequestContext): Promise<MetricsResult> {
    await this.serverWithMetrics(signal);
    return fetchMetrics(this.client, request, signal);
  }

  listServices({ signal, window }: ListContext): Promise<readonly string[]> {
    const field = attributeName('service.name', 'resource');
    return listNames(this.client, { field, oldKey: 'service.name', window }, signal);
  }

  async listSpanNames(service: string, { signal, window }: ListContext): Promise<readonly SpanName[]> {
    const where = writeSpansOf([service]);
    const names = await listNames(this.client, { field: 'name', oldKey: 'name', where, window }, signal);
    return names.map((name) => ({ name, kinds: [] }));
  }

  listAttributeKeys(context: ListContext): Promise<readonly AttributeKey[]> {
    return listAttributeKeys(this.client, context);
  }

  listAttributeValues(request: AttributeValuesRequest, { signal }: RequestContext): Promise<readonly string[]> {
    return listAttributeValues(this.client, request, signal);
  }

  listLanguageNames(context: ListContext): Promise<readonly string[]> {
    return listLanguageNames(this.client, context);
  }

  listLanguageValues(name: string, context: ListContext): Promise<readonly string[]> {
    return listLanguageValues(this.client, name, context);
  }

  /** Metrics count as there until the version is known: no form and no search is to wait for that. */
  async capabilities(): Promise<BackendCapabilities> {
    return capabilitiesOf(this.detection.current ?? {});
  }

  /** Looks anew, so that "Save & test" never tells of a server that was replaced meanwhile. */
  async probe(context: RequestContext): Promise<ProbeReport> {
    this.detection.forget();
    this.refusesHints = false;
    const server = await this.detection.result(context.signal);
    return probeServer(server, {
      http: this.http,
      signal: context.signal,
      services: await this.listServices(context),
    });
  }

  private async serverWithMetrics(signal: AbortSignal): Promise<TempoServer> {
    const server = await this.detection.result(signal);
    if (isKnownBefore(server, 2, 4)) {
      throw unsupported(`TraceQL metrics came with Tempo 2.4, and this is ${server.version}.`);
    }
    return server;
  }

  private async fetchSpans(request: TraceRequest, signal: AbortSignal): Promise<DecodedSpans> {
    if (this.hasOldTraceRoute) {
      return this.client.fetchTraceV1(request, signal);
    }
    try {
      return await this.client.fetchTrace(request, signal);
    } catch (error) {
      if (!isMissingRoute(error)) {
        throw error;
      }
    }
    try {
      const spans = await this.client.fetchTraceV1(request, signal);
      this.hasOldTraceRoute = true;
      return spans;
    } catch (error) {
      this.hasOldTraceRoute = error instanceof BackendError && error.kind === 'trace-not-found';
      throw error;
    }
  }
}

function isMissingRoute(error: unknown): boolean {
  return error instanceof BackendError && error.kind === 'route-missing';
}

function unsupported(detail: string): BackendError {
  return new BackendError('unsupported', { backend: 'tempo', detail });
}
