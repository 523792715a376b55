/** Jaeger's `/api/v3/*`: the hand-written HTTP gateway of v1.53 and later (jaegerquery/internal/apiv3). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { adjustTrace } from './adjustTrace';
import { encodeOtlpTraces } from './encodeOtlpTraces';
import type { GenerationFeatures } from './generations';
import { parseGoBool, parseGoDuration, parseGoInt, parseRfc3339, parseStringMap } from './goValues';
import { searchTraces, type TraceSearch } from './searchTraces';
import { summarizeStored } from './summarizeStored';
import { parseTraceIdParam } from './traceIdParam';
import type { StoredTrace, TraceStore } from './TraceStore';

const DEFAULT_DEPTH = 100;

class V3Failure extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

export function registerV3Routes(app: FastifyInstance, store: TraceStore, features: GenerationFeatures): void {
  const get = (path: string, answer: (params: V3Params, request: FastifyRequest) => unknown) =>
    app.get(path, (request, reply) => send(reply, () => answer(new V3Params(request, features.v3CamelCase), request)));

  // Before v2.19 an empty list was left out of the body.
  const listed = (name: string, items: readonly unknown[]) =>
    items.length > 0 || features.v3CamelCase ? { [name]: items } : {};
  get('/api/v3/services', () => listed('services', store.services()));
  get('/api/v3/operations', (params) => {
    const operations = store.operations(params.plain('service'), params.text('spanKind', 'span_kind').value);
    return listed(
      'operations',
      operations.map(({ name, spanKind }) => ({ name, spanKind: spanKind || 'internal' }))
    );
  });
  get('/api/v3/traces/:traceId', (params, request) => {
    const id = new Map<string, unknown>(Object.entries(request.params ?? {})).get('traceId');
    const traceId = malformed('trace_id', () => parseTraceIdParam(String(id)));
    params.parsed('startTime', 'start_time', parseRfc3339);
    params.parsed('endTime', 'end_time', parseRfc3339);
    params.parsed('rawTraces', 'raw_traces', parseGoBool);
    const trace = store.find(traceId);
    return wrapped(trace ? [trace] : []);
  });
  get('/api/v3/traces', (params) => wrapped(find(store, params, features)));
  if (features.summaries) {
    get('/api/v3/trace-summaries', (params) =>
      listed(
        'summaries',
        find(store, params, features).map((trace) => summarizeStored(adjustTrace(trace)))
      )
    );
  }
}

function find(store: TraceStore, params: V3Params, features: GenerationFeatures): StoredTrace[] {
  return searchTraces(store, parseSearch(params, features), features.errorFalseMeansOk);
}

function parseSearch(params: V3Params, features: GenerationFeatures): TraceSearch {
  const attributes = features.v3CamelCase ? params.plain('query.attributes') : '';
  const min = params.parsed('query.startTimeMin', 'query.start_time_min', parseRfc3339);
  const max = params.parsed('query.startTimeMax', 'query.start_time_max', parseRfc3339);
  if (min === undefined || max === undefined) {
    const [first, second] = features.v3CamelCase
      ? ['query.startTimeMin', 'query.startTimeMax']
      : ['query.start_time_min', 'query.start_time_max'];
    throw new V3Failure(400, `${first} and ${second} are required`);
  }
  if (features.v3CamelCase && min >= max) {
    throw new V3Failure(400, 'query.startTimeMin must be before query.startTimeMax');
  }
  const depth =
    params.parsed('query.searchDepth', 'query.search_depth', goAtoi) ??
    params.parsed('query.num_traces', 'query.num_traces', goAtoi) ??
    // Before v2.19 a missing depth was 0, which memory storage refuses.
    (features.v3CamelCase ? DEFAULT_DEPTH : 0);
  params.parsed('query.rawTraces', 'query.raw_traces', parseGoBool);
  return {
    service: params.text('query.serviceName', 'query.service_name').value,
    operation: params.text('query.operationName', 'query.operation_name').value,
    startMin: min,
    startMax: max,
    durationMin: params.parsed('query.durationMin', 'query.duration_min', parseGoDuration) ?? 0n,
    durationMax: params.parsed('query.durationMax', 'query.duration_max', parseGoDuration) ?? 0n,
    attributes: attributes ? malformed('query.attributes', () => parseStringMap(attributes)) : new Map(),
    depth,
  };
}

/** Parameters in the spellings this generation knows: camelCase is preferred where it is known at all. */
class V3Params {
  private readonly query: URLSearchParams;

  constructor(
    request: FastifyRequest,
    private readonly camelCase: boolean
  ) {
    this.query = new URL(request.raw.url ?? '', 'http://store').searchParams;
  }

  plain(name: string): string {
    return this.query.get(name) ?? '';
  }

  text(canonical: string, deprecated: string): { readonly name: string; readonly value: string } {
    const preferred = this.camelCase ? this.plain(canonical) : '';
    return preferred ? { name: canonical, value: preferred } : { name: deprecated, value: this.plain(deprecated) };
  }

  parsed<T>(canonical: string, deprecated: string, parse: (text: string) => T): T | undefined {
    const { name, value } = this.text(canonical, deprecated);
    return value === '' ? undefined : malformed(name, () => parse(value));
  }
}

function goAtoi(text: string): number {
  return Number(parseGoInt(text, 'Atoi'));
}

function malformed<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new V3Failure(400, `malformed parameter ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** No trace at all is an error here, for a search too. */
function wrapped(traces: readonly StoredTrace[]): unknown {
  if (traces.length === 0) {
    throw new V3Failure(404, 'No traces found');
  }
  return { result: encodeOtlpTraces(traces.map(adjustTrace)) };
}

async function send(reply: FastifyReply, answer: () => unknown): Promise<FastifyReply> {
  try {
    // A buffer, because a text would get a charset that Jaeger does not send and Grafana's client would notice.
    const body = Buffer.from(JSON.stringify(answer()));
    return reply.header('content-type', 'application/json').send(body);
  } catch (error) {
    const httpCode = error instanceof V3Failure ? error.status : 500;
    const message = error instanceof Error ? error.message : String(error);
    return reply
      .code(httpCode)
      .header('content-type', 'text/plain; charset=utf-8')
      .send(`${JSON.stringify({ error: { httpCode, message } })}\n`);
  }
}
