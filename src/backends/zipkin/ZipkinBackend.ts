import type { ServiceGraph } from '../../model/serviceGraph';
import type { TimeWindow } from '../../model/time';
import type { Trace } from '../../model/trace';
import type { BackendCapabilities } from '../../query/capabilities';
import { assembleOne } from '../assembleOne';
import type {
  AttributeKey,
  AttributeValuesRequest,
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
import { capabilitiesOf, type ZipkinFeatures } from './capabilities';
import { lowHalf } from './joinTraceIds';
import { probeServer } from './probeServer';
import { readFeatures } from './readFeatures';
import { searchTraces } from './searchTraces';
import { BACKEND, ZipkinClient } from './zipkinClient';

/** One Zipkin server. Its API has had one shape since 2017 and only grew, so its configuration is all that is found out. */
export class ZipkinBackend implements TraceBackend {
  private readonly client: ZipkinClient;
  private readonly detection: Detection<ZipkinFeatures>;

  constructor(private readonly http: HttpClient) {
    this.client = new ZipkinClient(http);
    this.detection = new Detection(BACKEND, (signal) => readFeatures(this.client, http, signal));
  }

  async fetchTrace(request: TraceRequest, { signal }: RequestContext): Promise<Trace> {
    const decoded = await this.client.fetchTrace(request, signal);
    if (decoded.spans.length === 0 && decoded.warnings.length === 0) {
      throw new BackendError('trace-not-found', { backend: BACKEND, status: 200 });
    }
    // A server that does not take ids strictly answers a short one with the long ones that end with it.
    const isAsked = (id: string) => lowHalf(id) === lowHalf(request.traceId);
    return assembleOne(BACKEND, decoded, request.traceId, signal, isAsked);
  }

  async searchTraces(request: SearchRequest, { signal }: RequestContext): Promise<SearchResult> {
    const { isSearchEnabled } = await this.detection.result(signal);
    if (!isSearchEnabled) {
      throw unsupported('The search of this server is switched off (SEARCH_ENABLED is false).');
    }
    return searchTraces(request, this.client, signal);
  }

  listServices({ signal }: RequestContext): Promise<readonly string[]> {
    return this.client.listServices(signal);
  }

  async listSpanNames(service: string, { signal }: RequestContext): Promise<readonly SpanName[]> {
    const names = await this.client.listSpanNames(service, signal);
    return names.map((name) => ({ name, kinds: [] }));
  }

  /** None where the route is missing: it is younger than the search. */
  async listRemoteServices(service: string, { signal }: RequestContext): Promise<readonly string[]> {
    try {
      return await this.client.listRemoteServices(service, signal);
    } catch (error) {
      if (isMissingRoute(error)) {
        return [];
      }
      throw error;
    }
  }

  async listAttributeKeys({ signal }: RequestContext): Promise<readonly AttributeKey[]> {
    return (await this.attributeKeys(signal)).map((key) => ({ key }));
  }

  async listAttributeValues({ key }: AttributeValuesRequest, { signal }: RequestContext): Promise<readonly string[]> {
    const keys = await this.attributeKeys(signal);
    // Of other keys the server collects no values.
    return keys.includes(key) ? this.client.listAttributeValues(key, signal) : [];
  }

  fetchDependencies(window: TimeWindow, { signal }: RequestContext): Promise<ServiceGraph> {
    return this.client.fetchDependencies(window, signal);
  }

  async capabilities({ signal }: RequestContext): Promise<BackendCapabilities> {
    return capabilitiesOf(await this.detection.result(signal));
  }

  /** Looks anew, so that "Save & test" never tells of a server that was replaced meanwhile. */
  async probe({ signal }: RequestContext): Promise<ProbeReport> {
    this.detection.forget();
    const [services, features] = await Promise.all([this.client.listServices(signal), this.detection.result(signal)]);
    return probeServer(features, services, this.http, signal);
  }

  private async attributeKeys(signal: AbortSignal): Promise<readonly string[]> {
    const features = await this.detection.result(signal);
    if (!features.attributeKeys || !capabilitiesOf(features).attributeCatalogue) {
      throw unsupported('This server collects no values of tags (AUTOCOMPLETE_KEYS is not set).');
    }
    return features.attributeKeys;
  }
}

function unsupported(detail: string): BackendError {
  return new BackendError('unsupported', { backend: BACKEND, detail });
}
