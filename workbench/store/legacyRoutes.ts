/** Jaeger's `/api/*`: routes, parameters, envelope and errors as jaeger-query v1 to v2.20 has them. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { adjustTrace } from './adjustTrace';
import { countDependencies } from './dependencies';
import { encodeLegacyTrace, type LegacyTrace } from './encodeLegacyTrace';
import type { GenerationFeatures } from './generations';
import { parseGoBool } from './goValues';
import { groupBy } from './groupBy';
import { counted, envelope, LegacyFailure, send, type Envelope } from './legacyEnvelope';
import { badRequest, NANOS_PER_MICRO, NANOS_PER_MILLI, now, parseSearch, timeParam } from './legacyParams';
import { readOtlpTraces } from './readOtlpTraces';
import { searchTraces } from './searchTraces';
import { legacyTraceId, parseHexTraceId, parseTraceIdParam } from './traceIdParam';
import { TraceStore, type StoredTrace } from './TraceStore';

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

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.raw.url ?? '', 'http://store').searchParams;
}

function pathParam(request: FastifyRequest, name: string): string {
  const params = new Map<string, unknown>(Object.entries(request.params ?? {}));
  return String(params.get(name) ?? '');
}
