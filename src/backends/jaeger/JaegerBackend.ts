import type { ServiceGraph } from '../../model/serviceGraph';
import type { TimeWindow } from '../../model/time';
import type { Trace } from '../../model/trace';
import type { BackendCapabilities } from '../../query/capabilities';
import { assembleOne } from '../assembleOne';
import type {
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
import { BackendError, isMissingRoute } from '../errors';
import type { HttpClient } from '../http';
import { capabilitiesOf } from './capabilities';
import { detectFeatures } from './detectFeatures';
import { isSameFeatures, pinnedFeatures, type JaegerApi, type JaegerFeatures } from './features';
import { LegacyClient } from './legacyClient';
import { fetchMetrics } from './metrics';
import { probeServer } from './probeServer';
import { routesFor, type Question } from './routes';
import { searchTraces } from './searchTraces';
import type { JaegerSettings } from './settings';
import { V3Client } from './v3Client';

/** One Jaeger server of any generation. Every question finds its route through the features that were detected. */
export class JaegerBackend implements TraceBackend {
  private readonly detection: Detection<JaegerFeatures>;
  private readonly legacy: LegacyClient;
  private readonly v3: V3Client;
  private isWithoutMetrics = false;

  constructor(
    settings: JaegerSettings,
    private readonly http: HttpClient
  ) {
    const { api, variant } = settings;
    this.detection = new Detection('jaeger', async (signal) =>
      api === undefined ? detectFeatures(http, signal, variant) : pinnedFeatures(api, variant)
    );
    this.legacy = new LegacyClient(http);
    this.v3 = new V3Client(http);
  }

  fetchTrace(request: TraceRequest, { signal }: RequestContext): Promise<Trace> {
    return this.ask(signal, 'trace', async (features, api) => {
      const decoded =
        api === 'v3'
          ? await this.v3.fetchTrace(request, signal)
          : await this.legacy.fetchTrace(request, features.variant, signal);
      return assembleOne('jaeger', decoded, request.traceId, signal);
    });
  }

  searchTraces(request: SearchRequest, { signal }: RequestContext): Promise<SearchResult> {
    return this.ask(signal, searchQuestion(request), (features, api) =>
      searchTraces(request, { api, features, v3: this.v3, legacy: this.legacy, signal })
    );
  }

  async listServices({ signal }: RequestContext): Promise<readonly string[]> {
    const names = await this.ask(signal, 'services', (_, api) =>
      api === 'v3' ? this.v3.listServices(signal) : this.legacy.listServices(signal)
    );
    return [...new Set(names)].sort();
  }

  listSpanNames(service: string, { signal }: RequestContext): Promise<readonly SpanName[]> {
    return this.ask(signal, 'span-names', ({ variant }, api) =>
      api === 'v3' ? this.v3.listSpanNames(service, signal) : this.legacy.listSpanNames(service, variant, signal)
    );
  }

  fetchDependencies(window: TimeWindow, { signal }: RequestContext): Promise<ServiceGraph> {
    return this.ask(signal, 'dependencies', async ({ variant }) => {
      if (!variant.hasDependencies) {
        throw unsupported(`${variant.label} keeps no dependencies between services.`);
      }
      return this.legacy.fetchDependencies(window, signal);
    });
  }

  /** Finds out, by being refused once, that a server keeps none. */
  fetchMetrics(request: MetricsRequest, { signal }: RequestContext): Promise<MetricsResult> {
    return this.ask(signal, 'metrics', async ({ variant }) => {
      if (!variant.isJaeger) {
        throw unsupported(`${variant.label} keeps no rates, errors and durations of services.`);
      }
      try {
        const result = await fetchMetrics(this.http, request, signal);
        this.isWithoutMetrics = false;
        return result;
      } catch (error) {
        this.isWithoutMetrics ||= error instanceof BackendError && error.kind === 'unsupported';
        throw error;
      }
    });
  }

  /**
   * Metrics count as configured until the server refused them: asking costs a round trip to a Prometheus that may not
   * answer, and no search is to wait for that.
   */
  async capabilities({ signal }: RequestContext): Promise<BackendCapabilities> {
    const capabilities = capabilitiesOf(await this.detection.result(signal));
    return this.isWithoutMetrics ? { ...capabilities, timeSeries: false } : capabilities;
  }

  /** Looks anew, so that "Save & test" never tells of a server that was replaced meanwhile. */
  async probe(context: RequestContext): Promise<ProbeReport> {
    this.detection.forget();
    this.isWithoutMetrics = false;
    const features = await this.detection.result(context.signal);
    const report = await probeServer(features, {
      http: this.http,
      signal: context.signal,
      services: await this.listServices(context),
    });
    this.isWithoutMetrics = !report.capabilities.timeSeries;
    return report;
  }

  /**
   * Answers by the best route for the question, by the next best where that one turns out to be missing; and detects
   * anew when a route that was known is gone, which is what an upgrade or a new address behind the same name look like.
   */
  private async ask<T>(
    signal: AbortSignal,
    question: Question,
    answer: (features: JaegerFeatures, api: JaegerApi) => Promise<T>
  ): Promise<T> {
    const wasKnown = this.detection.current !== undefined;
    const features = await this.detection.result(signal);
    try {
      return await byFirstRoute(question, features, answer);
    } catch (error) {
      if (!wasKnown || !isMissingRoute(error)) {
        throw error;
      }
      this.detection.forget(features);
      const renewed = await this.detection.result(signal);
      if (isSameFeatures(renewed, features)) {
        throw error;
      }
      return byFirstRoute(question, renewed, answer);
    }
  }
}

const WITHOUT_ROUTE: { readonly [question in Question]?: string } = {
  'search-everywhere': 'Its legacy API searches one service at a time.',
};

async function byFirstRoute<T>(
  question: Question,
  features: JaegerFeatures,
  answer: (features: JaegerFeatures, api: JaegerApi) => Promise<T>
): Promise<T> {
  let surprise: unknown;
  for (const api of routesFor(question, features)) {
    try {
      return await answer(features, api);
    } catch (error) {
      if (!isMissingRoute(error)) {
        throw error;
      }
      surprise ??= error;
    }
  }
  throw surprise ?? unsupported(WITHOUT_ROUTE[question] ?? 'The server has no route that could answer it.');
}

function searchQuestion({ service, attributes }: SearchRequest): Question {
  return service === undefined ? 'search-everywhere' : attributes.length > 0 ? 'filtered-search' : 'search';
}

function unsupported(detail: string): BackendError {
  return new BackendError('unsupported', { backend: 'jaeger', detail });
}
