import type { DecodedSpans } from '../../model/flatSpan';
import { displayTraceId } from '../../model/ids';
import type { ServiceCall, ServiceGraph } from '../../model/serviceGraph';
import { runForPage } from '../../model/runForPage';
import { ceilToMicros, ceilToMillis, floorToMicros, floorToMillis, type TimeWindow } from '../../model/time';
import { fail, isJsonObject, readEach, readObject, stringField, numberField } from '../../wire/read';
import type { SearchRequest, SpanName, TraceRequest } from '../backend';
import { BackendError, isMissingRoute } from '../errors';
import { encodePath, type HttpClient, type HttpRequest, type HttpResponse } from '../http';
import { ask, kindOfStatus } from '../readAnswer';
import { decodeLegacySteps } from './decodeLegacy';
import { goDuration } from './goDuration';
import { groupSpanNames } from './groupSpanNames';
import { listOf, objectOf } from './legacyTags';
import type { LegacyError } from './legacyJson';
import { REFUSALS } from './refusals';
import { tagsParameter } from './tagsParameter';
import type { JaegerVariant } from './variants';

const BACKEND = 'jaeger';

type Query = NonNullable<HttpRequest['query']>;

/** Jaeger's `/api/*`: epoch microseconds for traces, milliseconds for dependencies, Go durations. */
export class LegacyClient {
  constructor(private readonly http: HttpClient) {}

  listServices(signal: AbortSignal): Promise<readonly string[]> {
    return this.get('/api/services', [], signal, (body) => readEach(readObject(body), 'data', readName));
  }

  async listSpanNames(service: string, variant: JaegerVariant, signal: AbortSignal): Promise<readonly SpanName[]> {
    if (variant.operations === 'parameter') {
      try {
        return await this.listOperations('/api/operations', [['service', service]], signal);
      } catch (error) {
        if (!isMissingRoute(error)) {
          throw error;
        }
      }
    }
    return this.listOperations(encodePath('api', 'services', service, 'operations'), [], signal);
  }

  /**
   * The spans of one trace; rejects with `trace-not-found` on a miss, which some servers answer as an empty list. The
   * window is a hint in microseconds, rounded outwards.
   */
  async fetchTrace(request: TraceRequest, variant: JaegerVariant, signal: AbortSignal): Promise<DecodedSpans> {
    const short = displayTraceId(request.traceId);
    try {
      return await this.fetchTraceAs(short, request, variant, signal);
    } catch (error) {
      const isOtherFormWorthIt = variant.tellsIdFormsApart && short !== request.traceId;
      if (isOtherFormWorthIt && error instanceof BackendError && error.kind === 'trace-not-found') {
        return this.fetchTraceAs(request.traceId, request, variant, signal);
      }
      throw error;
    }
  }

  /** Whole traces, in an order that depends on the server's storage. */
  searchTraces(request: SearchRequest, limit: number, variant: JaegerVariant, signal: AbortSignal) {
    const query: Array<readonly [string, string]> = [];
    const add = (name: string, value: string | undefined) => value !== undefined && query.push([name, value]);
    add('service', request.service);
    add('operation', request.spanName);
    add('start', floorToMicros(request.window.fromUnixNano).toString());
    add('end', ceilToMicros(request.window.toUnixNano).toString());
    add('minDuration', request.minDuration && goDuration(request.minDuration));
    add('maxDuration', request.maxDuration && goDuration(request.maxDuration));
    add('limit', String(limit));
    add('tags', tagsParameter(request.attributes));
    return this.get('/api/traces', query, signal, (body) => runForPage(decodeLegacySteps(body, variant), signal));
  }

  /** Milliseconds, rounded outwards: memory storage counts only traces that lie entirely inside. */
  fetchDependencies(window: TimeWindow, signal: AbortSignal): Promise<ServiceGraph> {
    const endMs = ceilToMillis(window.toUnixNano);
    const lookbackMs = endMs - floorToMillis(window.fromUnixNano);
    const query: Query = [
      ['endTs', endMs.toString()],
      ['lookback', lookbackMs.toString()],
    ];
    return this.get('/api/dependencies', query, signal, (body) => ({
      calls: readEach(readObject(body), 'data', readCall),
    }));
  }

  private fetchTraceAs(id: string, request: TraceRequest, variant: JaegerVariant, signal: AbortSignal) {
    const query: Array<readonly [string, string]> = [];
    if (variant.hasLookupParameters && request.window) {
      query.push(['start', floorToMicros(request.window.fromUnixNano).toString()]);
      query.push(['end', ceilToMicros(request.window.toUnixNano).toString()]);
    }
    if (variant.hasLookupParameters && request.rawTraces) {
      query.push(['raw', 'true']);
    }
    const path = encodePath('api', 'traces', id);
    return this.get(path, query, signal, async (body) => {
      const decoded = await runForPage(decodeLegacySteps(body, variant), signal);
      if (listOf(readObject(body).data).length === 0) {
        throw new BackendError('trace-not-found', { backend: BACKEND, status: 200, route: path });
      }
      return decoded;
    });
  }

  private listOperations(path: string, query: Query, signal: AbortSignal): Promise<readonly SpanName[]> {
    return this.get(path, query, signal, (body) => groupSpanNames(readEach(readObject(body), 'data', readOperation)));
  }

  private get<T>(
    path: string,
    query: Query,
    signal: AbortSignal,
    decode: (body: unknown) => T | Promise<T>
  ): Promise<T> {
    return ask(
      this.http,
      { path, query, signal },
      {
        backend: BACKEND,
        isMiss: isLegacyMiss,
        refusals: REFUSALS,
        decode: (body) => {
          checkEnvelope(body, path);
          return decode(body);
        },
      }
    );
  }
}

/** A 404 in Jaeger's own envelope, or words about a trace, come from the route; anything else from where there is none. */
function isLegacyMiss({ body }: HttpResponse, message: string | undefined): boolean {
  return /^\s*\{.*"errors"\s*:\s*\[/s.test(body) || (message !== undefined && /\btrace\b/i.test(message));
}

/** Errors also come with 200: partial failures, and look-alikes that know no statuses. */
function checkEnvelope(body: unknown, route: string): void {
  const envelope = readObject(body);
  const errors = listOf(envelope.errors);
  if (envelope.data === undefined && errors.length === 0) {
    fail('an envelope with "data"', body);
  }
  if (errors.length > 0 && listOf(envelope.data).length === 0) {
    const { code, msg } = objectOf<LegacyError>(errors[0]) ?? {};
    const status = typeof code === 'number' ? code : undefined;
    const isMiss = status === 404 && /^\/api\/traces\//.test(route);
    throw new BackendError(isMiss ? 'trace-not-found' : status === undefined ? 'server' : kindOfStatus(status), {
      backend: BACKEND,
      status,
      route,
      serverMessage: typeof msg === 'string' ? msg.slice(0, 300) : undefined,
    });
  }
}

function readName(item: unknown): string {
  return typeof item === 'string' ? item : fail('a name', item);
}

/** `/api/services/{s}/operations` lists names, `/api/operations` objects. */
function readOperation(item: unknown): { name: string; kind: string } {
  if (typeof item === 'string') {
    return { name: item, kind: '' };
  }
  const operation = readObject(item);
  return {
    name: stringField(operation, 'name'),
    kind: typeof operation.spanKind === 'string' ? operation.spanKind : '',
  };
}

function readCall(item: unknown): ServiceCall {
  const call = isJsonObject(item) ? item : fail('a dependency', item);
  return {
    caller: stringField(call, 'parent'),
    callee: stringField(call, 'child'),
    calls: numberField(call, 'callCount'),
  };
}
