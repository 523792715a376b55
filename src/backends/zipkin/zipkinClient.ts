import { displayTraceId } from '../../model/ids';
import type { DecodedSpans } from '../../model/flatSpan';
import type { ServiceCall, ServiceGraph } from '../../model/serviceGraph';
import { ceilToMillis, floorToMillis, nanoseconds, toMicros, type TimeWindow } from '../../model/time';
import { fail, numberField, optionalNumber, readEach, readObject, stringField } from '../../wire/read';
import type { SearchRequest, TraceRequest } from '../backend';
import { encodePath, type HttpClient, type HttpRequest } from '../http';
import { ask, type AnswerReading } from '../readAnswer';
import { annotationQuery } from './annotationQuery';
import { runForPage } from '../../model/runForPage';
import { decodeZipkinSteps } from './decodeZipkin';

export const BACKEND = 'zipkin';
type Query = NonNullable<HttpRequest['query']>;

const inSlices =
  (signal: AbortSignal) =>
  (body: unknown): Promise<DecodedSpans> =>
    runForPage(decodeZipkinSteps(body), signal);

/**
 * `/api/v2` of Zipkin: paths, parameters and units. Every Zipkin since 2.0 (2017) answers the questions about traces;
 * lists of tags came with 2.12 (openzipkin/zipkin#2332, 2018), remote services after that.
 */
export class ZipkinClient {
  constructor(private readonly http: HttpClient) {}

  /** The server takes lower case only, and 16 digits for an id of 64 bits. */
  fetchTrace({ traceId }: TraceRequest, signal: AbortSignal): Promise<DecodedSpans> {
    const isMiss: AnswerReading<unknown>['isMiss'] = (_, message) =>
      message !== undefined && /^[0-9a-f]{16,32} not found$/.test(message);
    return this.get(encodePath('api', 'v2', 'trace', displayTraceId(traceId)), [], signal, inSlices(signal), isMiss);
  }

  /** Whole traces, on most storages the newest first. Names may be in any case: the server lowers it. */
  searchTraces(request: SearchRequest, limit: number, signal: AbortSignal): Promise<DecodedSpans> {
    const { service, remoteService, spanName, attributes, minDuration, maxDuration, window } = request;
    const query: Array<readonly [string, string]> = [];
    const add = (name: string, value: string | undefined) => value !== undefined && query.push([name, value]);
    add('serviceName', service);
    add('remoteServiceName', remoteService);
    add('spanName', spanName);
    add('annotationQuery', annotationQuery(attributes));
    // A longest duration needs a shortest one; no duration that is known lies below 1 µs.
    const shortest = minDuration ?? (maxDuration && nanoseconds(0));
    add('minDuration', shortest === undefined ? undefined : String(Math.max(1, Math.floor(toMicros(shortest)))));
    add('maxDuration', maxDuration === undefined ? undefined : String(Math.max(1, Math.ceil(toMicros(maxDuration)))));
    query.push(...windowParameters(window));
    add('limit', String(limit));
    return this.get('/api/v2/traces', query, signal, inSlices(signal));
  }

  listServices(signal: AbortSignal): Promise<readonly string[]> {
    return this.get('/api/v2/services', [], signal, readNames);
  }

  listSpanNames(service: string, signal: AbortSignal): Promise<readonly string[]> {
    return this.get('/api/v2/spans', [['serviceName', service]], signal, readNames);
  }

  listRemoteServices(service: string, signal: AbortSignal): Promise<readonly string[]> {
    return this.get('/api/v2/remoteServices', [['serviceName', service]], signal, readNames);
  }

  listAttributeKeys(signal: AbortSignal): Promise<readonly string[]> {
    return this.get('/api/v2/autocompleteKeys', [], signal, readNames);
  }

  listAttributeValues(key: string, signal: AbortSignal): Promise<readonly string[]> {
    return this.get('/api/v2/autocompleteValues', [['key', key]], signal, readNames);
  }

  fetchDependencies(window: TimeWindow, signal: AbortSignal): Promise<ServiceGraph> {
    return this.get('/api/v2/dependencies', windowParameters(window), signal, (body) => ({
      calls: readEach({ links: listOf(body) }, 'links', readCall),
    }));
  }

  private get<T>(
    path: string,
    query: Query,
    signal: AbortSignal,
    decode: (body: unknown) => T | Promise<T>,
    isMiss?: AnswerReading<T>['isMiss']
  ): Promise<T> {
    return ask(this.http, { path, query, signal }, { backend: BACKEND, decode, isMiss });
  }
}

/** Milliseconds, rounded outwards. */
function windowParameters({ fromUnixNano, toUnixNano }: TimeWindow): Query {
  const endMs = ceilToMillis(toUnixNano);
  const lookbackMs = endMs - floorToMillis(fromUnixNano);
  return [
    ['endTs', endMs.toString()],
    // The server refuses 0.
    ['lookback', (lookbackMs > 0n ? lookbackMs : 1n).toString()],
  ];
}

/** Sorted, each once. */
function readNames(body: unknown): readonly string[] {
  return [...new Set(readEach({ names: listOf(body) }, 'names', readName))].sort();
}

function readName(item: unknown): string {
  return typeof item === 'string' ? item : fail('a name', item);
}

/** Unlike Go, Java writes an empty list as one. */
function listOf(body: unknown): readonly unknown[] {
  return Array.isArray(body) ? body : fail('a list', body);
}

function readCall(item: unknown): ServiceCall {
  const link = readObject(item);
  return {
    caller: stringField(link, 'parent'),
    callee: stringField(link, 'child'),
    calls: numberField(link, 'callCount'),
    errors: optionalNumber(link, 'errorCount') ?? 0,
  };
}
