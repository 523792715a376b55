import type { DecodedSpans } from '../../model/flatSpan';
import { displayTraceId } from '../../model/ids';
import { runForPage } from '../../model/runForPage';
import { toRfc3339 } from '../../model/time';
import { decodeOtlpSteps, type DecodeOtlpOptions } from '../../wire/otlp/decodeOtlp';
import {
  fail,
  listField,
  optionalObject,
  optionalString,
  readEach,
  readObject,
  stringField,
  type JsonObject,
} from '../../wire/read';
import type { SearchRequest, SpanName, TraceRequest } from '../backend';
import { BackendError } from '../errors';
import { encodePath, type HttpClient, type HttpRequest } from '../http';
import { ask, type AnswerReading } from '../readAnswer';
import { decodeSummaries, type DecodedSummaries } from './decodeSummaries';
import { goDuration } from './goDuration';
import { groupSpanNames } from './groupSpanNames';
import { REFUSALS } from './refusals';
import { tagsParameter } from './tagsParameter';

const BACKEND = 'jaeger';

type Query = NonNullable<HttpRequest['query']>;

/** Spans and how many blocks held them: blocks without a usable span are an empty trace, no blocks are a miss. */
interface V3Spans extends DecodedSpans {
  readonly blockCount: number;
}

/**
 * Jaeger's `/api/v3/*`: RFC 3339 times, Go durations. Names of parameters became camelCase in v2.19; both spellings are
 * always sent, as each version ignores what it does not know.
 */
export class V3Client {
  constructor(private readonly http: HttpClient) {}

  listServices(signal: AbortSignal): Promise<readonly string[]> {
    return this.get('/api/v3/services', [], signal, (body) =>
      readEach(readAnswer(body, 'services'), 'services', (item) =>
        typeof item === 'string' ? item : fail('a name', item)
      )
    );
  }

  listSpanNames(service: string, signal: AbortSignal): Promise<readonly SpanName[]> {
    return this.get('/api/v3/operations', [['service', service]], signal, (body) =>
      groupSpanNames(
        readEach(readAnswer(body, 'operations'), 'operations', (item) => {
          const operation = readObject(item);
          return {
            name: stringField(operation, 'name'),
            kind: optionalString(operation, 'spanKind') ?? optionalString(operation, 'span_kind') ?? '',
          };
        })
      )
    );
  }

  /** Rejects with `trace-not-found` on a miss. */
  async fetchTrace({ traceId, window, rawTraces }: TraceRequest, signal: AbortSignal): Promise<DecodedSpans> {
    const path = encodePath('api', 'v3', 'traces', displayTraceId(traceId));
    const query: Array<readonly [string, string]> = [];
    if (window) {
      query.push(...twice('startTime', 'start_time', toRfc3339(window.fromUnixNano)));
      query.push(...twice('endTime', 'end_time', toRfc3339(window.toUnixNano)));
    }
    if (rawTraces) {
      query.push(...twice('rawTraces', 'raw_traces', 'true'));
    }
    const spans = await this.get(path, query, signal, (body) => decodeV3Traces(body, signal));
    if (spans.blockCount === 0) {
      throw new BackendError('trace-not-found', { backend: BACKEND, status: 200, route: path });
    }
    return spans;
  }

  /** Whole traces in no meaningful order. "No traces found" is 404 here, and an empty answer to us. */
  async searchTraces(request: SearchRequest, limit: number, signal: AbortSignal): Promise<DecodedSpans> {
    try {
      return await this.get('/api/v3/traces', searchParameters(request, limit), signal, (body) =>
        decodeV3Traces(body, signal)
      );
    } catch (error) {
      if (error instanceof BackendError && error.kind === 'trace-not-found') {
        return { spans: [], warnings: [] };
      }
      throw error;
    }
  }

  async searchSummaries(request: SearchRequest, limit: number, signal: AbortSignal): Promise<DecodedSummaries> {
    return this.get('/api/v3/trace-summaries', searchParameters(request, limit), signal, decodeSummaries);
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
      { backend: BACKEND, isMiss: isV3Miss, refusals: REFUSALS, parseOdd: parseStream, decode }
    );
  }
}

/** An empty list is left out (`{}`), so another key instead of it means another server. */
function readAnswer(body: unknown, key: string): JsonObject {
  const object = readObject(body);
  return object[key] === undefined && Object.keys(object).length > 0 ? fail(`an object with "${key}"`, body) : object;
}

function searchParameters(request: SearchRequest, limit: number): Query {
  const query: Array<readonly [string, string]> = [];
  const add = (name: string, oldName: string, value: string | undefined) =>
    value !== undefined && query.push(...twice(`query.${name}`, `query.${oldName}`, value));
  add('serviceName', 'service_name', request.service);
  add('operationName', 'operation_name', request.spanName);
  add('startTimeMin', 'start_time_min', toRfc3339(request.window.fromUnixNano));
  add('startTimeMax', 'start_time_max', toRfc3339(request.window.toUnixNano));
  add('durationMin', 'duration_min', request.minDuration && goDuration(request.minDuration));
  add('durationMax', 'duration_max', request.maxDuration && goDuration(request.maxDuration));
  add('searchDepth', 'num_traces', String(limit));
  const attributes = tagsParameter(request.attributes);
  if (attributes !== undefined) {
    query.push(['query.attributes', attributes]);
  }
  return query;
}

function twice(name: string, oldName: string, value: string): Query {
  return [
    [name, value],
    [oldName, value],
  ];
}

const OTLP_OF_JAEGER: DecodeOtlpOptions = {
  // Hex since v1.54, base64 before; their lengths differ.
  ids: 'by-shape',
  warningsAttribute: '@jaeger@warnings',
  // Jaeger's own notes on how a span came in; the second is v1's.
  hiddenAttributes: ['@jaeger@format', 'internal.span.format'],
};

/** `{result: {resourceSpans}}`, one or (from the gRPC gateway of v1.52 and before) a stream of them. */
async function decodeV3Traces(body: unknown, signal: AbortSignal): Promise<V3Spans> {
  const chunks = body instanceof JsonStream ? body.chunks : [body];
  const spans: DecodedSpans[] = [];
  let blockCount = 0;
  for (const chunk of chunks) {
    const object = readObject(chunk);
    const result = optionalObject(object, 'result') ?? (object.result === undefined ? fail('a result', chunk) : {});
    blockCount += listField(result, result.resource_spans === undefined ? 'resourceSpans' : 'resource_spans').length;
    spans.push(await runForPage(decodeOtlpSteps(result, OTLP_OF_JAEGER), signal));
  }
  return {
    spans: spans.length === 1 ? spans[0].spans : spans.flatMap((part) => part.spans),
    warnings: spans.flatMap((part) => part.warnings),
    blockCount,
  };
}

/** JSON objects one after the other, a line each. */
class JsonStream {
  constructor(readonly chunks: readonly unknown[]) {}
}

function parseStream(text: string): JsonStream | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2 || !lines.every((line) => line.startsWith('{'))) {
    return undefined;
  }
  try {
    return new JsonStream(lines.map((line) => JSON.parse(line) as unknown));
  } catch {
    return undefined;
  }
}

/** The route's own 404 is `{"error": {…}}`; a gateway without the route says `{"code": 5, …}` or plain text. */
const isV3Miss: AnswerReading<unknown>['isMiss'] = ({ body }) => /^\s*\{\s*"error"\s*:\s*\{/.test(body);
