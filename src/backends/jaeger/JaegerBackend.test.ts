import type { RequestContext, SearchRequest } from '../backend';
import { BackendError } from '../errors';
import { encodeQuery, type HttpClient, type HttpRequest } from '../http';
import { nanoseconds } from '../../model/time';
import { JaegerBackend } from './JaegerBackend';
import { readSettings } from './settings';

const TRACE_ID = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const SHORT_ID = '00000000000000000000000000000abc';
const NANO = 1_772_366_400_123_456_789n;
const window = { fromUnixNano: NANO, toUnixNano: NANO + 1_000n };

type Answer = readonly [status: number, body: unknown];
type World = Record<string, Answer>;

const PAGE: Answer = [200, '<!doctype html><div id="jaeger-ui-root"></div>'];
const NO_ROUTE: Answer = [404, '404 page not found\n'];
const NEEDS_TIMES: Answer = [400, { error: { httpCode: 400, message: 'query.startTimeMin and … are required' } }];
const envelope = (data: unknown): Answer => [200, { data, total: 0, limit: 0, offset: 0, errors: null }];
const legacyError = (code: number, msg: string): Answer => [code, { data: null, errors: [{ code, msg }] }];

const v3Trace = (traceId = TRACE_ID, startUnixNano = NANO): unknown => ({
  resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
  scopeSpans: [
    {
      spans: [
        {
          traceId,
          spanId: '00c0ffee12345678',
          name: 'v3 span',
          startTimeUnixNano: String(startUnixNano),
          endTimeUnixNano: String(startUnixNano + 1_000_000n),
          attributes: [{ key: 'shop', value: { stringValue: 'a' } }],
        },
      ],
    },
  ],
});
const v3Answer = (...blocks: unknown[]): Answer => [200, { result: { resourceSpans: blocks } }];
const legacyTrace = (traceID = TRACE_ID) => ({
  traceID,
  spans: [
    { traceID, spanID: '00c0ffee12345678', operationName: 'legacy span', startTime: 1772366400123456, duration: 9 },
  ],
  processes: {},
});

const MODERN: World = {
  '/api/v3/trace-summaries': NEEDS_TIMES,
  '/api/v3/services': [200, { services: ['b', 'a', 'b'] }],
  [`/api/v3/traces/${TRACE_ID}`]: v3Answer(v3Trace()),
};
const BOTH: World = {
  '/api/v3/services': [200, { services: ['a'] }],
  '/api/services': envelope(['a']),
  [`/api/v3/traces/${TRACE_ID}`]: v3Answer(v3Trace()),
  [`/api/traces/${TRACE_ID}`]: envelope([legacyTrace()]),
};
const LEGACY: World = { '/api/services': envelope(['a']), [`/api/traces/${TRACE_ID}`]: envelope([legacyTrace()]) };

class FakeServer implements HttpClient {
  readonly log: string[] = [];

  constructor(
    public world: World,
    private readonly unknown: Answer = NO_ROUTE
  ) {}

  async get({ path, query, signal }: HttpRequest) {
    this.log.push(query?.length ? `${path}?${decodeURIComponent(encodeQuery(query))}` : path);
    await Promise.resolve();
    if (signal?.aborted) {
      throw new BackendError('cancelled', { backend: 'jaeger' });
    }
    const [status, body] = (Object.hasOwn(this.world, path) ? this.world[path] : undefined) ?? this.unknown;
    return { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
  }
}

const context = (): RequestContext => ({ signal: new AbortController().signal });
const backendOn = (server: FakeServer, jsonData: object = {}) => new JaegerBackend(readSettings(jsonData), server);
const search = (fields: Partial<SearchRequest> = {}): SearchRequest => ({
  service: 'cart',
  attributes: [],
  limit: 2,
  window,
  ...fields,
});
const kindOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof BackendError ? error.kind : error)
  );

describe('generations without a setting', () => {
  it.each<[name: string, world: World, unknown: Answer, span: string, search: unknown]>([
    ['after v2.20', MODERN, NO_ROUTE, 'v3 span', 'any'],
    ['v2.15, unknown routes are the page of the UI', BOTH, PAGE, 'v3 span', 'any'],
    ['v1.x', LEGACY, PAGE, 'legacy span', 'needs-service'],
    ['a look-alike', LEGACY, [400, 'unsupported path'], 'legacy span', 'needs-service'],
  ])('%s', async (_, world, unknown, span, ability) => {
    const backend = backendOn(new FakeServer(world, unknown));
    const trace = await backend.fetchTrace({ traceId: TRACE_ID }, context());
    expect(trace.spans.map(({ name }) => name)).toEqual([span]);
    expect((await backend.capabilities(context())).search).toBe(ability);
  });

  it.each<[name: string, answer: Answer, kind: string]>([
    ['login page', PAGE, 'html'],
    ['another server', NO_ROUTE, 'route-missing'],
    ['forbidden', [403, 'no'], 'forbidden'],
    ['login missing', [401, 'missing tenant header'], 'unauthenticated'],
    [
      'login missing, through the proxy',
      [400, '{"message":"Authentication to data source failed"}'],
      'unauthenticated',
    ],
    ['down', [502, ''], 'server'],
    ['slow', [504, ''], 'timeout'],
    ['busy', [429, 'slow down'], 'rate-limited'],
    ['cut-off', [200, '{"services":["a'], 'malformed'],
    ['other JSON', [200, { status: 'fine' }], 'unexpected-shape'],
  ])('%s everywhere', async (_, answer, kind) => {
    expect(await kindOf(backendOn(new FakeServer({}, answer)).listServices(context()))).toBe(kind);
  });

  it('a pinned generation is taken at its word', async () => {
    const server = new FakeServer(BOTH);
    const trace = await backendOn(server, { jaegerApi: 'legacy' }).fetchTrace({ traceId: TRACE_ID }, context());
    expect([trace.spans[0].name, server.log]).toEqual(['legacy span', [`/api/traces/${TRACE_ID}`]]);
  });

  it.each([{ jaegerApi: 'v9' }, { jaegerApi: 'constructor' }, null, 'x'])('settings %j are no pin', (jsonData) => {
    expect(readSettings(jsonData)).toEqual({ api: undefined, variant: undefined });
  });
});

describe('detection', () => {
  it('is shared by those who ask at the same time, and kept', async () => {
    const server = new FakeServer(MODERN);
    const backend = backendOn(server);
    await Promise.all([backend.listServices(context()), backend.listServices(context())]);
    await backend.listServices(context());
    expect(server.log.filter((line) => line === '/api/v3/trace-summaries')).toHaveLength(1);
    expect(server.log).toHaveLength(4);
  });

  it('goes on for the others when one leaves', async () => {
    const backend = backendOn(new FakeServer(MODERN));
    const leaving = new AbortController();
    const left = kindOf(backend.listServices({ signal: leaving.signal }));
    const stayed = backend.listServices(context());
    leaving.abort();
    expect([await left, await stayed]).toEqual(['cancelled', ['a', 'b']]);
  });

  it('is cancelled with the last who waits, and starts anew for the next', async () => {
    const server = new FakeServer(MODERN);
    const signals: Array<AbortSignal | undefined> = [];
    const watched: HttpClient = { get: (request) => (signals.push(request.signal), server.get(request)) };
    const backend = new JaegerBackend({}, watched);
    const leaving = new AbortController();
    const left = kindOf(backend.listServices({ signal: leaving.signal }));
    leaving.abort();
    expect([await left, signals[0]?.aborted]).toEqual(['cancelled', true]);
    expect(await backend.listServices(context())).toEqual(['a', 'b']);
  });

  it('does not remember a failure', async () => {
    const server = new FakeServer({}, [502, '']);
    const backend = backendOn(server);
    expect(await kindOf(backend.listServices(context()))).toBe('server');
    server.world = MODERN;
    expect(await backend.listServices(context())).toEqual(['a', 'b']);
  });

  it('is done again when a known route is gone: an upgrade behind the same address', async () => {
    const server = new FakeServer(LEGACY);
    const backend = backendOn(server);
    await backend.listServices(context());
    server.world = MODERN;
    expect(await backend.listServices(context())).toEqual(['a', 'b']);
  });

  it('that finds the same again hands on what went wrong', async () => {
    const server = new FakeServer({ ...MODERN, '/api/v3/operations': NO_ROUTE });
    const backend = backendOn(server);
    await backend.listServices(context());
    expect(await kindOf(backend.listSpanNames('a', context()))).toBe('route-missing');
  });
});

describe('trace by id', () => {
  it('falls back to legacy where only the v3 lookup is missing', async () => {
    const server = new FakeServer({ ...BOTH, [`/api/v3/traces/${TRACE_ID}`]: PAGE });
    expect((await backendOn(server).fetchTrace({ traceId: TRACE_ID }, context())).spans[0].name).toBe('legacy span');
  });

  it.each([
    [
      'v3',
      `/api/v3/traces/${TRACE_ID}?startTime=2026-03-01T12:00:00.123456789Z&start_time=2026-03-01T12:00:00.123456789Z&endTime=2026-03-01T12:00:00.123457789Z&end_time=2026-03-01T12:00:00.123457789Z&rawTraces=true&raw_traces=true`,
    ],
    ['legacy', `/api/traces/${TRACE_ID}?start=1772366400123456&end=1772366400123458&raw=true`],
  ])('sends the window in the units of %s', async (jaegerApi, line) => {
    const server = new FakeServer(BOTH);
    await backendOn(server, { jaegerApi }).fetchTrace({ traceId: TRACE_ID, window, rawTraces: true }, context());
    expect(server.log).toEqual([line]);
  });

  it('tries the long form of a short id on servers that tell them apart', async () => {
    const server = new FakeServer({ [`/api/traces/${SHORT_ID}`]: envelope([legacyTrace('abc')]) });
    const backend = backendOn(server, { jaegerApi: 'legacy', jaegerVariant: 'victoriatraces' });
    server.world['/api/traces/0000000000000abc'] = legacyError(404, 'trace not found');
    expect((await backend.fetchTrace({ traceId: SHORT_ID, window }, context())).traceId).toBe(SHORT_ID);
    expect(server.log).toEqual(['/api/traces/0000000000000abc', `/api/traces/${SHORT_ID}`]);
  });

  it.each<[name: string, api: string, answer: Answer, kind: string]>([
    ['v3 says so', 'v3', [404, { error: { httpCode: 404, message: 'No traces found' } }], 'trace-not-found'],
    ['v3, no blocks', 'v3', v3Answer(), 'trace-not-found'],
    ['v3, a gateway without the route', 'v3', [404, { code: 5, message: 'Not Found', details: [] }], 'route-missing'],
    ['v3, other JSON', 'v3', [200, { hello: 1 }], 'unexpected-shape'],
    ['v3, another trace', 'v3', v3Answer(v3Trace('1'.repeat(32))), 'unexpected-shape'],
    ['legacy says so', 'legacy', legacyError(404, 'trace not found'), 'trace-not-found'],
    ['legacy, in text', 'legacy', [404, 'trace not found'], 'trace-not-found'],
    ['legacy, empty list', 'legacy', [200, { data: [] }], 'trace-not-found'],
    ['legacy, null', 'legacy', [200, { data: null, errors: null }], 'trace-not-found'],
    ['legacy, a miss with 200', 'legacy', [200, legacyError(404, 'trace not found')[1]], 'trace-not-found'],
    ['legacy, a failure with 200', 'legacy', [200, legacyError(500, 'disk on fire')[1]], 'server'],
    ['legacy, other JSON', 'legacy', [200, { hello: 1 }], 'unexpected-shape'],
    ['legacy, no route', 'legacy', NO_ROUTE, 'route-missing'],
  ])('%s', async (_, jaegerApi, answer, kind) => {
    const prefix = jaegerApi === 'v3' ? '/api/v3/traces/' : '/api/traces/';
    const server = new FakeServer({ [prefix + TRACE_ID]: answer }, answer);
    expect(await kindOf(backendOn(server, { jaegerApi }).fetchTrace({ traceId: TRACE_ID }, context()))).toBe(kind);
  });

  it('without a readable span is a trace with no spans and a warning', async () => {
    const server = new FakeServer({ [`/api/traces/${TRACE_ID}`]: envelope([{ spans: [{}] }]) });
    const trace = await backendOn(server, { jaegerApi: 'legacy' }).fetchTrace({ traceId: TRACE_ID }, context());
    expect([trace.spans, trace.warnings.length]).toEqual([[], 1]);
  });

  it('reads the stream of objects that a gRPC gateway answers', async () => {
    const chunk = (id: string) => JSON.stringify(v3Answer(v3Trace()).at(1)).replace('00c0ffee12345678', id);
    const body = `${chunk('00000000000000a1')}\n${chunk('00000000000000b2')}\n`;
    const server = new FakeServer({ [`/api/v3/traces/${TRACE_ID}`]: [200, body] });
    const trace = await backendOn(server, { jaegerApi: 'v3' }).fetchTrace({ traceId: TRACE_ID }, context());
    expect(trace.spans).toHaveLength(2);
  });
});

describe('search', () => {
  const summary = (traceId: string, start: bigint) => ({
    traceId,
    minStartTimeUnixNano: String(start),
    maxEndTimeUnixNano: String(start + 5n),
    spanCount: 1,
  });
  const ids = [1, 2, 3].map((digit) => String(digit).repeat(32));

  it('asks for one more, answers the newest, and tells of the cut', async () => {
    const server = new FakeServer({
      '/api/v3/trace-summaries': [200, { summaries: ids.map((id, index) => summary(id, NANO + BigInt(index))) }],
    });
    const backend = backendOn(server, { jaegerApi: 'v3-summaries' });
    const result = await backend.searchTraces(search(), context());
    expect(result.summaries.map(({ traceId }) => traceId)).toEqual([ids[2], ids[1]]);
    expect(result.isLimited).toBe(true);
    expect(server.log[0]).toContain('query.searchDepth=3&query.num_traces=3');
    expect((await backend.searchTraces(search({ limit: 3 }), context())).isLimited).toBe(false);
  });

  it('tells of a summary that cannot be read, and lists the others', async () => {
    const listed = (...summaries: unknown[]) =>
      backendOn(new FakeServer({ '/api/v3/trace-summaries': [200, { summaries }] }), {
        jaegerApi: 'v3-summaries',
      }).searchTraces(search({ limit: 9 }), context());
    const broken = { ...summary('not hex', NANO), spanCount: 2 };
    const { summaries, notices } = await listed(summary(ids[0], NANO), broken, summary(ids[1], NANO + 1n), null);
    expect(summaries.map(({ traceId }) => traceId)).toEqual([ids[1], ids[0]]);
    expect(notices).toEqual([
      {
        severity: 'warning',
        text: '2 of the traces found could not be read and had to be left out: summaries[1].traceId should be a trace id, but is "not hex".',
      },
    ]);
    await expect(listed(broken)).rejects.toMatchObject({
      kind: 'unexpected-shape',
      detail: expect.stringContaining('summaries[0].traceId'),
    });
  });

  it('asks for the limit itself where one more is too many', async () => {
    const server = new FakeServer({});
    const refused = legacyError(500, 'search depth must be greater than 0 and less than max traces');
    const limited: HttpClient = {
      get: async (request) => {
        server.world['/api/traces'] = encodeQuery(request.query).includes('limit=3')
          ? refused
          : envelope([legacyTrace()]);
        return server.get(request);
      },
    };
    const backend = new JaegerBackend(readSettings({ jaegerApi: 'legacy' }), limited);
    expect((await backend.searchTraces(search(), context())).summaries).toHaveLength(1);
    expect(server.log.map((line) => /limit=\d/.exec(line)?.[0])).toEqual(['limit=3', 'limit=2']);
  });

  it('a limit that is refused for good is a refusal, not a failure', async () => {
    const answer = legacyError(500, 'search depth must be greater than 0 and less than max traces');
    const backend = backendOn(new FakeServer({}, answer), { jaegerApi: 'legacy' });
    expect(await kindOf(backend.searchTraces(search(), context()))).toBe('bad-request');
  });

  it('filters attributes itself where v3 ignores them and nothing else is there, and says so', async () => {
    const server = new FakeServer({ '/api/v3/traces': v3Answer(v3Trace(ids[0]), v3Trace(ids[1])) });
    const backend = backendOn(server, { jaegerApi: 'v3' });
    const find = (value: string) =>
      backend.searchTraces(search({ attributes: [{ key: 'shop', operator: '=', value }] }), context());
    const [found, none] = [await find('a'), await find('b')];
    expect([found.summaries.length, none.summaries.length]).toEqual([2, 0]);
    expect(none.notices).toEqual([{ severity: 'warning', text: expect.stringContaining('ignores attribute filters') }]);
  });

  it('prefers legacy for attributes, v3 without a service', async () => {
    const server = new FakeServer({ ...BOTH, '/api/traces': envelope([]), '/api/v3/traces': v3Answer() });
    const backend = backendOn(server);
    await backend.searchTraces(search({ attributes: [{ key: 'a', operator: '=', value: '1' }] }), context());
    await backend.searchTraces(search({ service: undefined }), context());
    expect(server.log.slice(-2).map((line) => line.split('?')[0])).toEqual(['/api/traces', '/api/v3/traces']);
  });

  it('filters durations itself where Cassandra takes no tags beside them, and says so', async () => {
    const server = new FakeServer({});
    const cassandra: HttpClient = {
      get: async (request) => {
        const hasDuration = encodeQuery(request.query).includes('minDuration');
        server.world['/api/traces'] = hasDuration
          ? legacyError(500, 'cannot query for duration and tags simultaneously')
          : envelope([{ ...legacyTrace(), processes: {} }]);
        return server.get(request);
      },
    };
    const backend = new JaegerBackend(readSettings({ jaegerApi: 'legacy' }), cassandra);
    const find = (micros: number) =>
      backend.searchTraces(search({ service: 'unknown_service', minDuration: nanoseconds(micros * 1000) }), context());
    const [found, none] = [await find(9), await find(10)];
    expect([found.summaries.length, none.summaries.length]).toEqual([1, 0]);
    expect(found.notices[0].text).toContain('durations were applied here');
  });

  it('the 404 of v3 is an empty list', async () => {
    const server = new FakeServer({
      '/api/v3/traces': [404, { error: { httpCode: 404, message: 'No traces found' } }],
    });
    const result = await backendOn(server, { jaegerApi: 'v3' }).searchTraces(search(), context());
    expect(result).toEqual({ summaries: [], traces: [], isLimited: false, notices: [] });
  });

  it('hands on the whole traces where they are the answer, so that nobody has to ask for them again', async () => {
    const legacy = new FakeServer({ '/api/traces': envelope([legacyTrace()]) });
    const found = await backendOn(legacy, { jaegerApi: 'legacy' }).searchTraces(search(), context());
    expect(found.traces?.map(({ traceId }) => traceId)).toEqual(found.summaries.map(({ traceId }) => traceId));

    const summaries = new FakeServer({ '/api/v3/trace-summaries': [200, { summaries: [summary(ids[0], NANO)] }] });
    const listed = await backendOn(summaries, { jaegerApi: 'v3-summaries' }).searchTraces(search(), context());
    expect(listed).not.toHaveProperty('traces');
  });

  it('refuses two values for one key before it asks', async () => {
    const server = new FakeServer(MODERN);
    const attributes = ['1', '2'].map((value) => ({ key: 'a', operator: '=' as const, value }));
    const answer = backendOn(server, { jaegerApi: 'v3-summaries' }).searchTraces(search({ attributes }), context());
    expect([await kindOf(answer), server.log]).toEqual(['bad-request', []]);
  });

  it('refuses a search without a service that the legacy API cannot do', async () => {
    const server = new FakeServer(LEGACY);
    const answer = backendOn(server, { jaegerApi: 'legacy' }).searchTraces(search({ service: undefined }), context());
    expect([await kindOf(answer), server.log]).toEqual(['unsupported', []]);
  });
});

describe('look-alikes', () => {
  it('Quickwit is recognised, asked for operations by path, and not for dependencies', async () => {
    const server = new FakeServer({
      '/api/services': [200, { data: ['a/b'] }],
      '/api/services/a%2Fb/operations': [200, { data: ['y', 'x'] }],
    });
    const backend = backendOn(server);
    expect((await backend.probe(context())).product).toBe('Quickwit');
    expect(await backend.listSpanNames('a/b', context())).toEqual([
      { name: 'x', kinds: [] },
      { name: 'y', kinds: [] },
    ]);
    const asked = server.log.length;
    expect(await kindOf(backend.fetchDependencies(window, context()))).toBe('unsupported');
    expect(server.log).toHaveLength(asked);
  });

  it('GreptimeDB is recognised by its empty list of errors', async () => {
    const server = new FakeServer({ '/api/services': [200, { data: ['a'], errors: [] }] });
    expect((await backendOn(server).probe(context())).product).toBe('GreptimeDB');
  });

  it('operations come from the other route where the first is missing', async () => {
    const server = new FakeServer({ ...LEGACY, '/api/services/..%2F..%2Fadmin/operations': envelope(['x']) });
    expect(await backendOn(server).listSpanNames('../../admin', context())).toEqual([{ name: 'x', kinds: [] }]);
  });
});

describe('"Save & test"', () => {
  it('tells version, generation and what is missing', async () => {
    const server = new FakeServer({
      ...MODERN,
      '/': [200, '<script>JAEGER_VERSION = {"gitCommit":"x","gitVersion":"v2.20.0","buildDate":""};</script>'],
      '/api/metrics/calls': legacyError(501, 'trace metrics are currently disabled - no metrics backend configured'),
    });
    expect(await backendOn(server).probe(context())).toMatchObject({
      product: 'Jaeger',
      version: 'v2.20.0',
      generation: 'API v3 with summaries',
      serviceCount: 2,
      can: expect.arrayContaining(['trace by ID (nanoseconds)', 'search by summaries']),
      cannot: ['service metrics (trace metrics are currently disabled - no metrics backend configured)'],
    });
  });

  it('looks anew', async () => {
    const server = new FakeServer(MODERN);
    const backend = backendOn(server);
    await backend.probe(context());
    server.world = LEGACY;
    expect((await backend.probe(context())).generation).toBe('legacy API');
  });
});
