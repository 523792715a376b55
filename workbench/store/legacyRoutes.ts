/** Jaeger's `/api/*`: routes, parameters, envelope and errors as jaeger-query v1 to v2.20 has them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { adjustTrace } from './adjustTrace';
import { countDependencies } from './dependencies';
import { encodeLegacyTrace, type LegacyTrace } from './encodeLegacyTrace';
import type { GenerationFeatures } from './generations';
import { parseGoBool, parseGoDuration, parseGoInt, parseStringMap } from './goValues';
import { groupBy } from './groupBy';
import { MalformedOtlp } from './otlpReader';
import { readOtlpTraces } from './readOtlpTraces';
import { searchTraces, type TraceSearch } from './searchTraces';
import { legacyTraceId, parseHexTraceId, parseTraceIdParam } from './traceIdParam';
import { TraceStore, type StoredTrace } from './TraceStore';

const NANOS_PER_MICRO = 1_000n;
const NANOS_PER_MILLI = 1_000_000n;
const DEFAULT_LOOKBACK_NANOS = 48n * 3_600_000_000_000n;
const DEFAULT_LIMIT = 100;

interface LegacyError {
  readonly code?: number;
  readonly msg: string;
  readonly traceID?: string;
}

/** Turned into the envelope with this status. */
class LegacyFailure extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

export function registerLegacyRoutes(app: FastifyInstance, store: TraceStore, features: GenerationFeatures): void {
  const get = (path: string, answer: (request: FastifyRequest, query: URLSearchParams) => Envelope) =>
    app.get(path, (request, reply) => send(reply, () => answer(request, queryOf(request))));

  get('/api/traces/:traceID', (request, query) => {
    const trace = findTrace(store, pathParam(request, 'traceID'), query);
    return envelope([encodeAdjusted(trace)]);
  });
  app.post('/api/archive/:traceID', (request, reply) =>
    send(reply, () => {
      findTrace(store, pathParam(request, 'traceID'), queryOf(request));
      throw new LegacyFailure(500, 'archive span storage was not configured');
    })
  );
  app.post('/api/transform', (request, reply) => send(reply, () => envelope(transform(request.body))));
  get('/api/dependencies', (_request, query) => {
    const end = timeParam(query, 'endTs', NANOS_PER_MILLI) ?? now();
    const lookback = timeParam(query, 'lookback', NANOS_PER_MILLI) ?? 86_400_000_000_000n;
    const service = query.get('service') ?? '';
    const all = countDependencies(store, end - lookback, end);
    return envelope(all.filter(({ parent, child }) => service === '' || parent === service || child === service));
  });
  for (const metric of ['latencies', 'calls', 'errors']) {
    get(`/api/metrics/${metric}`, (_request, query) => {
      if (!query.has('service')) {
        throw new LegacyFailure(400, "unable to parse param 'service': please provide at least one service name");
      }
      if (metric === 'latencies' && !query.get('quantile')) {
        throw new LegacyFailure(
          400,
          `unable to parse param 'quantile': strconv.ParseFloat: parsing "": invalid syntax`
        );
      }
      throw new LegacyFailure(501, 'trace metrics are currently disabled - no metrics backend configured');
    });
  }
  if (!features.legacySearch) {
    return;
  }
  get('/api/services', () => counted(store.services()));
  get('/api/services/:service/operations', (request) => {
    // Nothing is null here, not an empty list.
    const names = [...new Set(store.operations(pathParam(request, 'service')).map(({ name }) => name))];
    return names.length > 0 ? counted(names) : envelope(null);
  });
  get('/api/operations', (_request, query) => {
    const service = query.get('service') ?? '';
    if (service === '') {
      throw new LegacyFailure(400, "parameter 'service' is required");
    }
    return counted(store.operations(service, query.get('spanKind') ?? ''));
  });
  get('/api/traces', (_request, query) => {
    const search = parseSearch(query);
    const ids = query
      .getAll('traceID')
      .map((id) => badRequest(() => parseHexTraceId(id), 'cannot parse traceID param: '));
    if (ids.length > 0) {
      return findSeveral(store, ids);
    }
    if (search.service === '') {
      throw new LegacyFailure(400, "parameter 'service' is required");
    }
    return envelope(searchTraces(store, search, features.errorFalseMeansOk).map(encodeAdjusted));
  });
}

function encodeAdjusted(trace: StoredTrace): LegacyTrace {
  return encodeLegacyTrace(adjustTrace(trace));
}

interface Envelope {
  readonly data: unknown;
  readonly total: number;
  readonly limit: 0;
  readonly offset: 0;
  readonly errors: readonly LegacyError[] | null;
}

function envelope(data: unknown, errors: readonly LegacyError[] | null = null, total = 0): Envelope {
  return { data, total, limit: 0, offset: 0, errors };
}

function counted(data: readonly unknown[]): Envelope {
  return envelope(data, null, data.length);
}

async function send(reply: FastifyReply, answer: () => Envelope): Promise<FastifyReply> {
  try {
    // A buffer, because a text would get a charset that Jaeger does not send and Grafana's client would notice.
    const body = Buffer.from(JSON.stringify(answer()));
    return reply.header('content-type', 'application/json').send(body);
  } catch (error) {
    const status = error instanceof LegacyFailure ? error.status : error instanceof MalformedOtlp ? 400 : 500;
    const msg = error instanceof Error ? error.message : String(error);
    // JSON that calls itself plain text: Go's http.Error.
    return reply
      .code(status)
      .header('content-type', 'text/plain; charset=utf-8')
      .send(`${JSON.stringify(envelope(null, [{ code: status, msg }]))}\n`);
  }
}

function parseSearch(query: URLSearchParams): TraceSearch {
  const end = timeParam(query, 'end', NANOS_PER_MICRO) ?? now();
  const limit = query.get('limit') || String(DEFAULT_LIMIT);
  const search = {
    service: query.get('service') ?? '',
    operation: query.get('operation') ?? '',
    startMin: timeParam(query, 'start', NANOS_PER_MICRO) ?? now() - DEFAULT_LOOKBACK_NANOS,
    startMax: end,
    durationMin: durationParam(query, 'minDuration'),
    durationMax: durationParam(query, 'maxDuration'),
    attributes: tagParams(query),
    depth: Number(badRequest(() => parseGoInt(limit))),
  };
  if (search.durationMax !== 0n && search.durationMin > search.durationMax) {
    throw new LegacyFailure(400, "'maxDuration' should be greater than 'minDuration'");
  }
  return search;
}

function tagParams(query: URLSearchParams): Map<string, string> {
  const tags = new Map<string, string>();
  for (const pair of query.getAll('tag')) {
    const at = pair.indexOf(':');
    if (at < 0) {
      throw new LegacyFailure(400, `malformed 'tag' parameter, expecting key:value, received: ${pair}`);
    }
    tags.set(pair.slice(0, at), pair.slice(at + 1));
  }
  for (const json of query.getAll('tags')) {
    const parsed = badRequest(() => parseStringMap(json), "malformed 'tags' parameter, cannot unmarshal JSON: ");
    parsed.forEach((value, key) => tags.set(key, value));
  }
  return tags;
}

function findTrace(store: TraceStore, id: string, query: URLSearchParams): StoredTrace {
  const traceId = badRequest(() => parseTraceIdParam(id));
  // Only hints for storages that are split by time, but a bad one is refused by all.
  timeParam(query, 'start', NANOS_PER_MICRO);
  timeParam(query, 'end', NANOS_PER_MICRO);
  const raw = query.get('raw');
  if (raw) {
    badRequest(() => parseGoBool(raw), "unable to parse param 'raw': ");
  }
  const trace = store.find(traceId);
  if (!trace) {
    throw new LegacyFailure(404, 'trace not found');
  }
  return trace;
}

function findSeveral(store: TraceStore, ids: readonly string[]): Envelope {
  const found = [...new Set(ids)].map((id) => ({ id, trace: store.find(id) }));
  const errors = found
    .filter(({ trace }) => !trace)
    .map(({ id }) => ({ msg: 'trace not found', traceID: legacyTraceId(id) }));
  const traces = found.flatMap(({ trace }) => (trace ? [encodeAdjusted(trace)] : []));
  return envelope(traces, errors.length > 0 ? errors : null);
}

function transform(body: unknown): unknown[] {
  const spans = readOtlpTraces(badRequest(() => JSON.parse(Buffer.isBuffer(body) ? body.toString() : '')));
  const passing = new TraceStore(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  passing.add(spans);
  return [...groupBy(spans, ({ traceId }) => traceId).keys()].map((traceId) => {
    const trace = passing.find(traceId);
    return trace && encodeAdjusted(trace);
  });
}

function timeParam(query: URLSearchParams, name: string, unitNanos: bigint): bigint | undefined {
  const value = query.get(name);
  return value ? badRequest(() => parseGoInt(value), `unable to parse param '${name}': `) * unitNanos : undefined;
}

function durationParam(query: URLSearchParams, name: string): bigint {
  const value = query.get(name);
  return value ? badRequest(() => parseGoDuration(value), `unable to parse param '${name}': `) : 0n;
}

function badRequest<T>(parse: () => T, prefix = ''): T {
  try {
    return parse();
  } catch (error) {
    throw new LegacyFailure(400, prefix + (error instanceof Error ? error.message : String(error)));
  }
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.raw.url ?? '', 'http://store').searchParams;
}

function pathParam(request: FastifyRequest, name: string): string {
  const params = new Map<string, unknown>(Object.entries(request.params ?? {}));
  return String(params.get(name) ?? '');
}

function now(): bigint {
  return BigInt(Date.now()) * NANOS_PER_MILLI;
}
