import { gzipSync } from 'node:zlib';
import * as generated from '@opentelemetry/otlp-transformer/build/src/generated/root';
import type { Generation } from './generations';
import { startStore, type Store, type StoreOptions } from './startStore';

const TRACE = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const SHORT_TRACE = '0000000000000000a1b2c3d4e5f60718';
const ROOT = '00c0ffee12345678';
const CHILD = 'a1b2c3d4e5f60718';
/** 2026-03-01T12:00:00.123456789Z */
const START = 1_772_366_400_123_456_789n;
const WINDOW = 'query.startTimeMin=2026-03-01T11:00:00Z&query.startTimeMax=2026-03-01T13:00:00Z';
const LEGACY_WINDOW = 'start=1772362800000000&end=1772370000000000';

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** Two services, an error, a link, an event, lists, a number beyond 2^53; and a second trace with a short id. */
const REQUEST = {
  resourceSpans: [
    {
      resource: { attributes: [text('service.name', 'checkout'), text('host.name', 'node-3')] },
      scopeSpans: [
        {
          scope: { name: 'http', version: '1.4.0', attributes: [text('scope.team', 'pay')] },
          spans: [
            {
              traceId: TRACE.toUpperCase(),
              spanId: ROOT,
              parentSpanId: '0000000000000000',
              name: 'POST /pay',
              kind: 2,
              startTimeUnixNano: String(START),
              endTimeUnixNano: String(START + 250_431_999n),
              attributes: [
                text('url', '/pay'),
                { key: 'big', value: { intValue: '9007199254740993' } },
                { key: 'code', value: { intValue: 500 } },
                { key: 'flag', value: { boolValue: false } },
                { key: 'ratio', value: { doubleValue: 0 } },
                { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '2' }] } } },
              ],
              events: [
                {
                  timeUnixNano: String(START + 1_000_000n),
                  name: 'exception',
                  attributes: [text('exception.type', 'CardError')],
                },
              ],
              status: { code: 2, message: 'card declined' },
            },
          ],
        },
      ],
    },
    {
      resource: { attributes: [text('service.name', 'a/b')] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: TRACE,
              spanId: CHILD,
              parentSpanId: ROOT,
              name: 'SELECT',
              kind: 3,
              startTimeUnixNano: String(START + 6_000_000n),
              endTimeUnixNano: String(START + 96_000_000n),
              links: [
                { traceId: SHORT_TRACE, spanId: CHILD, attributes: [text('why', 'batch')] },
                { traceId: '', spanId: CHILD },
              ],
              status: {},
            },
            {
              traceId: SHORT_TRACE,
              spanId: CHILD,
              name: 'older',
              startTimeUnixNano: String(START - 60_000_000_000n),
              endTimeUnixNano: String(START - 59_000_000_000n),
            },
          ],
        },
      ],
    },
  ],
};

let store: Store;

async function start(options: StoreOptions): Promise<void> {
  store = await startStore(options);
  const response = await post('/v1/traces', 'application/json', JSON.stringify(REQUEST));
  expect([response.status, await response.json()]).toEqual([200, { partialSuccess: {} }]);
}

function post(path: string, contentType: string, body: string | Buffer, headers = {}): Promise<Response> {
  return fetch(store.otlpUrl + path, {
    method: 'POST',
    headers: { 'content-type': contentType, ...headers },
    body: Buffer.from(body),
  });
}

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

async function get(path: string): Promise<Answer> {
  const response = await fetch(store.url + path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

async function json(path: string) {
  return JSON.parse((await get(path)).text);
}

afterEach(() => store.close());

describe('legacy API', () => {
  beforeEach(() => start({}));

  it('translates OTLP to tags, logs, references and processes', async () => {
    const body = await json(`/api/traces/${TRACE}`);
    expect({ ...body, data: 1 }).toEqual({ data: 1, total: 0, limit: 0, offset: 0, errors: null });
    expect(body.data).toEqual([
      {
        traceID: TRACE,
        spans: [
          {
            traceID: TRACE,
            spanID: ROOT,
            operationName: 'POST /pay',
            references: [],
            startTime: 1_772_366_400_123_456,
            duration: 250_431,
            tags: [
              { key: 'otel.scope.name', type: 'string', value: 'http' },
              { key: 'otel.scope.version', type: 'string', value: '1.4.0' },
              { key: 'big', type: 'int64', value: '9007199254740993' },
              { key: 'code', type: 'int64', value: 500 },
              { key: 'flag', type: 'bool', value: false },
              { key: 'list', type: 'string', value: '["a",2]' },
              { key: 'ratio', type: 'float64', value: 0 },
              { key: 'url', type: 'string', value: '/pay' },
              { key: 'span.kind', type: 'string', value: 'server' },
              { key: 'otel.status_code', type: 'string', value: 'ERROR' },
              { key: 'error', type: 'bool', value: true },
              { key: 'otel.status_description', type: 'string', value: 'card declined' },
            ],
            logs: [
              {
                timestamp: 1_772_366_400_124_456,
                fields: [
                  { key: 'event', type: 'string', value: 'exception' },
                  { key: 'exception.type', type: 'string', value: 'CardError' },
                ],
              },
            ],
            processID: 'p1',
            warnings: null,
          },
          {
            traceID: TRACE,
            spanID: CHILD,
            operationName: 'SELECT',
            references: [
              { refType: 'CHILD_OF', traceID: TRACE, spanID: ROOT },
              { refType: 'FOLLOWS_FROM', traceID: 'a1b2c3d4e5f60718', spanID: CHILD },
            ],
            startTime: 1_772_366_400_129_456,
            duration: 90_000,
            tags: [{ key: 'span.kind', type: 'string', value: 'client' }],
            logs: [],
            processID: 'p2',
            warnings: ['Invalid span link removed'],
          },
        ],
        processes: {
          p1: { serviceName: 'checkout', tags: [{ key: 'host.name', type: 'string', value: 'node-3' }] },
          p2: { serviceName: 'a/b', tags: [] },
        },
        warnings: null,
      },
    ]);
  });

  it.each([
    ['/api/services', { data: ['checkout', 'a/b'], total: 2, limit: 0, offset: 0, errors: null }],
    ['/api/services/a%2Fb/operations', { data: ['SELECT', 'older'], total: 2, limit: 0, offset: 0, errors: null }],
    [
      '/api/operations?service=a%2Fb&spanKind=client',
      { data: [{ name: 'SELECT', spanKind: 'client' }], total: 1, limit: 0, offset: 0, errors: null },
    ],
    [
      '/api/dependencies?endTs=1772370000000&lookback=7200000',
      { data: [{ parent: 'checkout', child: 'a/b', callCount: 1 }], total: 0, limit: 0, offset: 0, errors: null },
    ],
    [
      '/api/dependencies?endTs=1772370000000&lookback=7200000&service=other',
      { data: [], total: 0, limit: 0, offset: 0, errors: null },
    ],
  ])('answers %s', async (path, expected) => {
    const answer = await get(path);
    expect([answer.status, answer.type]).toEqual([200, 'application/json']);
    expect(JSON.parse(answer.text)).toEqual(expected);
  });

  it.each([
    ['no other filter', 'service=a%2Fb', [TRACE, 'a1b2c3d4e5f60718']],
    ['a limit keeps the newest', 'service=a%2Fb&limit=1', [TRACE]],
    ['operation', 'service=a%2Fb&operation=older', ['a1b2c3d4e5f60718']],
    ['an operation of another service', 'service=checkout&operation=older', []],
    ['minDuration', 'service=a%2Fb&minDuration=90.1ms', ['a1b2c3d4e5f60718']],
    ['maxDuration', 'service=a%2Fb&maxDuration=90000us', [TRACE]],
    ['text tag', `service=checkout&tags=${encodeURIComponent('{"url":"/pay"}')}`, [TRACE]],
    ['number tag as text', `service=checkout&tags=${encodeURIComponent('{"code":"500"}')}`, [TRACE]],
    ['tag of the resource', 'service=checkout&tag=host.name:node-3', [TRACE]],
    ['tag of an event', 'service=checkout&tag=exception.type:CardError', [TRACE]],
    ['tag with another value', 'service=checkout&tag=host.name:node-4', []],
    ['tags on two different spans', 'service=checkout&tag=host.name:node-3&tag=why:batch', []],
    ['error=true', 'service=checkout&tag=error:true', [TRACE]],
    ['error=true of a span without', 'service=a%2Fb&tag=error:true', []],
    ['span.kind', 'service=a%2Fb&tag=span.kind:client', [TRACE]],
    ['scope.name', 'service=checkout&tag=scope.name:http', [TRACE]],
    ['resource. prefix', 'service=checkout&tag=resource.url:/pay', []],
  ])('search by %s', async (_what, query, expected) => {
    const { data } = await json(`/api/traces?${LEGACY_WINDOW}&${query}`);
    expect(data.map(({ traceID }: { traceID: string }) => traceID)).toEqual(expected);
  });

  it('search looks at the start of spans inside the window', async () => {
    const { data } = await json('/api/traces?service=a%2Fb&start=1772366400000000&end=1772370000000000');
    expect(data).toHaveLength(1);
  });

  it('several ids at once: the unknown ones come back as errors of a success', async () => {
    const body = await json(`/api/traces?traceID=${TRACE}&traceID=1f`);
    expect(body.data).toHaveLength(1);
    expect(body.errors).toEqual([{ msg: 'trace not found', traceID: '000000000000001f' }]);
  });

  it.each([
    ['a1b2c3d4e5f60718', 'a1b2c3d4e5f60718'],
    ['A1B2C3D4E5F60718', 'a1b2c3d4e5f60718'],
    [`00000000000000000${'a1b2c3d4e5f60718'.slice(0)}`.slice(-24), 'a1b2c3d4e5f60718'],
    ['fzqRwtTltgcYKTBKW2x9jg%3D%3D', TRACE],
  ])('finds a trace by the id %s', async (id, expected) => {
    expect((await json(`/api/traces/${id}`)).data[0].traceID).toBe(expected);
  });

  it.each([
    ['/api/traces/1f', 404, 'trace not found'],
    ['/api/traces/xyz', 400, 'invalid length for TraceID'],
    ['/api/traces/x!z', 400, 'strconv.ParseUint: parsing "x!z": invalid syntax'],
    [`/api/traces/1${TRACE}`, 400, `TraceID cannot be longer than 32 hex characters: 1${TRACE}`],
    [
      `/api/traces/${TRACE}?start=1.5`,
      400,
      `unable to parse param 'start': strconv.ParseInt: parsing "1.5": invalid syntax`,
    ],
    ['/api/traces', 400, "parameter 'service' is required"],
    [
      '/api/traces?service=x&start=1.7e15',
      400,
      `unable to parse param 'start': strconv.ParseInt: parsing "1.7e15": invalid syntax`,
    ],
    [
      '/api/traces?service=x&minDuration=100',
      400,
      `unable to parse param 'minDuration': time: missing unit in duration "100"`,
    ],
    ['/api/traces?service=x&minDuration=2s&maxDuration=1s', 400, "'maxDuration' should be greater than 'minDuration'"],
    ['/api/traces?service=x&limit=0', 500, 'search depth must be greater than 0 and less than max traces'],
    ['/api/traces?service=x&tag=broken', 400, "malformed 'tag' parameter, expecting key:value, received: broken"],
    [
      `/api/traces?service=x&tags=${encodeURIComponent('{"code":500}')}`,
      400,
      "malformed 'tags' parameter, cannot unmarshal JSON: json: cannot unmarshal number into Go value of type string",
    ],
    ['/api/operations', 400, "parameter 'service' is required"],
    ['/api/metrics/calls?service=x', 501, 'trace metrics are currently disabled - no metrics backend configured'],
  ])('refuses %s with %i', async (path, code, msg) => {
    const answer = await get(path);
    expect([answer.status, answer.type]).toEqual([code, 'text/plain; charset=utf-8']);
    expect(JSON.parse(answer.text)).toEqual({ data: null, total: 0, limit: 0, offset: 0, errors: [{ code, msg }] });
  });

  it('answers 500 for a number that JSON has no place for', async () => {
    const nan = structuredClone(REQUEST) as { resourceSpans: Array<{ scopeSpans: Array<{ spans: object[] }> }> };
    Object.assign(nan.resourceSpans[0].scopeSpans[0].spans[0], {
      traceId: '1'.repeat(32),
      attributes: [{ key: 'n', value: { doubleValue: 'NaN' } }],
    });
    await post('/v1/traces', 'application/json', JSON.stringify(nan));
    expect((await get(`/api/traces/${'1'.repeat(32)}`)).status).toBe(500);
    expect((await get(`/api/v3/traces/${'1'.repeat(32)}`)).text).toContain('{"doubleValue":"NaN"}');
  });

  it('transforms OTLP to its own JSON', async () => {
    const response = await post('/api/transform', 'application/json', JSON.stringify(REQUEST));
    const { data } = await response.json();
    expect(data).toEqual([
      (await json(`/api/traces/${TRACE}`)).data[0],
      (await json(`/api/traces/${SHORT_TRACE}`)).data[0],
    ]);
  });
});

describe('API v3', () => {
  beforeEach(() => start({}));

  it('gives a trace back as it came, empty members left out, attributes sorted', async () => {
    const { result } = await json(`/api/v3/traces/${TRACE}`);
    expect(result.resourceSpans[0]).toEqual({
      resource: { attributes: [text('host.name', 'node-3'), text('service.name', 'checkout')] },
      scopeSpans: [
        {
          scope: { name: 'http', version: '1.4.0', attributes: [text('scope.team', 'pay')] },
          spans: [
            {
              traceId: TRACE,
              spanId: ROOT,
              name: 'POST /pay',
              kind: 2,
              startTimeUnixNano: '1772366400123456789',
              endTimeUnixNano: '1772366400373888788',
              attributes: [
                { key: 'big', value: { intValue: '9007199254740993' } },
                { key: 'code', value: { intValue: '500' } },
                { key: 'flag', value: { boolValue: false } },
                { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '2' }] } } },
                { key: 'ratio', value: { doubleValue: 0 } },
                text('url', '/pay'),
              ],
              events: [
                {
                  timeUnixNano: '1772366400124456789',
                  name: 'exception',
                  attributes: [text('exception.type', 'CardError')],
                },
              ],
              status: { message: 'card declined', code: 2 },
            },
          ],
        },
      ],
    });
    expect(result.resourceSpans[1].scopeSpans[0].spans[0]).toMatchObject({
      parentSpanId: ROOT,
      links: [{ traceId: SHORT_TRACE, spanId: CHILD, attributes: [text('why', 'batch')] }],
      attributes: [
        { key: '@jaeger@warnings', value: { arrayValue: { values: [{ stringValue: 'Invalid span link removed' }] } } },
      ],
      status: {},
    });
  });

  it.each([
    ['/api/v3/services', { services: ['checkout', 'a/b'] }],
    [
      '/api/v3/operations?service=a%2Fb',
      {
        operations: [
          { name: 'SELECT', spanKind: 'client' },
          { name: 'older', spanKind: 'internal' },
        ],
      },
    ],
    ['/api/v3/operations?service=a%2Fb&spanKind=client', { operations: [{ name: 'SELECT', spanKind: 'client' }] }],
    ['/api/v3/operations?service=nobody', { operations: [] }],
    [
      `/api/v3/trace-summaries?${WINDOW}`,
      {
        summaries: [
          {
            traceId: TRACE,
            rootServiceName: 'checkout',
            rootOperationName: 'POST /pay',
            minStartTimeUnixNano: '1772366400123456789',
            maxEndTimeUnixNano: '1772366400373888788',
            spanCount: 2,
            errorSpanCount: 1,
            services: [
              { name: 'a/b', spanCount: 1 },
              { name: 'checkout', spanCount: 1, errorSpanCount: 1 },
            ],
          },
          {
            traceId: SHORT_TRACE,
            rootServiceName: 'a/b',
            rootOperationName: 'older',
            minStartTimeUnixNano: '1772366340123456789',
            maxEndTimeUnixNano: '1772366341123456789',
            spanCount: 1,
            services: [{ name: 'a/b', spanCount: 1 }],
          },
        ],
      },
    ],
    [`/api/v3/trace-summaries?${WINDOW}&query.serviceName=nobody`, { summaries: [] }],
  ])('answers %s', async (path, expected) => {
    const answer = await get(path);
    expect([answer.status, answer.type]).toEqual([200, 'application/json']);
    expect(JSON.parse(answer.text)).toEqual(expected);
  });

  it.each([
    ['camelCase', `${WINDOW}&query.serviceName=a%2Fb&query.operationName=older&query.searchDepth=5`],
    [
      'snake_case',
      `${WINDOW.replace('startTimeMin', 'start_time_min').replace('startTimeMax', 'start_time_max')}&query.service_name=a%2Fb&query.operation_name=older&query.num_traces=5`,
    ],
    ['duration', `${WINDOW}&query.durationMin=900ms&query.durationMax=1s`],
    ['no service at all', `${WINDOW}&query.operationName=older`],
    [
      'attributes',
      `${WINDOW}&query.attributes=${encodeURIComponent('{"span.status":"unset","service.name":"a/b"}')}&query.operationName=older`,
    ],
  ])('search with %s', async (_what, query) => {
    const { result } = await json(`/api/v3/traces?${query}`);
    expect(result.resourceSpans[0].scopeSpans[0].spans[0].name).toBe('older');
    expect(result.resourceSpans).toHaveLength(1);
  });

  it.each([
    [`/api/v3/traces?${WINDOW}&query.serviceName=nobody`, 404, 'No traces found'],
    ['/api/v3/traces/1f', 404, 'No traces found'],
    ['/api/v3/traces/xyz', 400, 'malformed parameter trace_id: invalid length for TraceID'],
    ['/api/v3/traces', 400, 'query.startTimeMin and query.startTimeMax are required'],
    [
      '/api/v3/traces?query.startTimeMin=2026-03-01T13:00:00Z&query.startTimeMax=2026-03-01T11:00:00Z',
      400,
      'query.startTimeMin must be before query.startTimeMax',
    ],
    [
      `/api/v3/traces?${WINDOW}&query.searchDepth=x`,
      400,
      'malformed parameter query.searchDepth: strconv.Atoi: parsing "x": invalid syntax',
    ],
    [
      `/api/v3/traces?${WINDOW}&query.searchDepth=0`,
      500,
      'search depth must be greater than 0 and less than max traces',
    ],
  ])('refuses %s with %i', async (path, httpCode, message) => {
    const answer = await get(path);
    expect([answer.status, answer.type]).toEqual([httpCode, 'text/plain; charset=utf-8']);
    expect(JSON.parse(answer.text)).toEqual({ error: { httpCode, message } });
  });
});

describe('generations', () => {
  const routes = {
    legacyById: `/api/traces/${TRACE}`,
    legacySearch: `/api/traces?service=checkout&${LEGACY_WINDOW}`,
    legacyServices: '/api/services',
    v3Services: '/api/v3/services',
    v3Search: `/api/v3/traces?${WINDOW.replace('startTimeMin', 'start_time_min').replace('startTimeMax', 'start_time_max')}&query.num_traces=9`,
    summaries: `/api/v3/trace-summaries?${WINDOW}`,
  };

  it.each<[Generation, Record<keyof typeof routes, 'yes' | 'page' | 404>]>([
    [
      'legacy',
      {
        legacyById: 'yes',
        legacySearch: 'yes',
        legacyServices: 'yes',
        v3Services: 'page',
        v3Search: 'page',
        summaries: 'page',
      },
    ],
    [
      'both-without-summaries',
      {
        legacyById: 'yes',
        legacySearch: 'yes',
        legacyServices: 'yes',
        v3Services: 'yes',
        v3Search: 'yes',
        summaries: 'page',
      },
    ],
    [
      'both',
      {
        legacyById: 'yes',
        legacySearch: 'yes',
        legacyServices: 'yes',
        v3Services: 'yes',
        v3Search: 'yes',
        summaries: 'yes',
      },
    ],
    [
      'v3-summaries',
      {
        legacyById: 'yes',
        legacySearch: 404,
        legacyServices: 404,
        v3Services: 'yes',
        v3Search: 'yes',
        summaries: 'yes',
      },
    ],
    [
      'v3',
      { legacyById: 'yes', legacySearch: 404, legacyServices: 404, v3Services: 'yes', v3Search: 'yes', summaries: 404 },
    ],
  ])('%s has its own routes and no others', async (generation, expected) => {
    await start({ generation });
    const found: Record<string, unknown> = {};
    for (const [name, path] of Object.entries(routes)) {
      const { status, type } = await get(path);
      found[name] = status === 200 ? (type?.startsWith('text/html') ? 'page' : 'yes') : status;
    }
    expect(found).toEqual(expected);
  });

  it('before v2.19 attributes of v3 are ignored and a depth is needed', async () => {
    await start({ generation: 'both-without-summaries' });
    const window = 'query.start_time_min=2026-03-01T11:00:00Z&query.start_time_max=2026-03-01T13:00:00Z';
    const attributes = encodeURIComponent('{"nobody":"has this"}');
    expect((await get(`/api/v3/traces?${window}&query.num_traces=9&query.attributes=${attributes}`)).status).toBe(200);
    expect((await get(`/api/v3/traces?${window}`)).status).toBe(500);
  });

  it('a base path moves the query APIs and nothing else', async () => {
    await start({ basePath: '/jaeger/' });
    expect(store.url).toBe(`${store.otlpUrl}/jaeger`);
    expect((await get('/api/services')).status).toBe(200);
    expect((await fetch(`${store.otlpUrl}/api/services`)).status).toBe(404);
  });
});

describe('ingestion', () => {
  it('takes protobuf, and gzip of either', async () => {
    store = await startStore();
    const { opentelemetry } = generated as unknown as {
      opentelemetry: {
        proto: {
          collector: {
            trace: { v1: { ExportTraceServiceRequest: { encode(value: object): { finish(): Uint8Array } } } };
          };
        };
      };
    };
    const span = {
      traceId: Buffer.from(TRACE, 'hex'),
      spanId: Buffer.from(ROOT, 'hex'),
      name: 'from protobuf',
      startTimeUnixNano: Number(START),
      endTimeUnixNano: Number(START) + 1e6,
      attributes: [
        { key: 'n', value: { intValue: 5 } },
        { key: 'empty', value: { stringValue: '' } },
      ],
    };
    const message = opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest.encode({
      resourceSpans: [{ scopeSpans: [{ spans: [span] }] }],
    }).finish();
    const response = await post('/v1/traces', 'application/x-protobuf', gzipSync(message), {
      'content-encoding': 'gzip',
    });
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 0]);
    const [stored] = (await json(`/api/v3/traces/${TRACE}`)).result.resourceSpans[0].scopeSpans[0].spans;
    expect(stored).toMatchObject({ spanId: ROOT, name: 'from protobuf' });
    expect(stored.attributes).toEqual([
      { key: 'empty', value: { stringValue: '' } },
      { key: 'n', value: { intValue: '5' } },
    ]);
  });

  it.each([
    ['no JSON', 'application/json', '{', 400, /the body is not JSON/],
    ['another shape', 'application/json', '{"resourceSpans":7}', 400, /resourceSpans must be a list/],
    [
      'an id that is no hex',
      'application/json',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}',
      400,
      /traceId must be 32 hex digits/,
    ],
    ['no protobuf', 'application/x-protobuf', 'hello', 400, /ExportTraceServiceRequest/],
    ['another type', 'text/plain', 'hello', 415, /unsupported media type/],
  ])('refuses %s', async (_what, type, body, status, message) => {
    store = await startStore();
    const response = await post('/v1/traces', type, body);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(message);
  });

  it('keeps no more traces than it may: the first received goes first', async () => {
    await start({ maxTraces: 1 });
    expect((await get(`/api/traces/${TRACE}`)).status).toBe(404);
    expect((await get(`/api/traces/${SHORT_TRACE}`)).status).toBe(200);
  });

  it('keeps no more spans than it may', async () => {
    await start({ maxSpans: 2 });
    expect((await get(`/api/traces/${TRACE}`)).status).toBe(404);
    expect((await get(`/api/traces/${SHORT_TRACE}`)).status).toBe(200);
  });

  it('attributes with names of object internals stay data', async () => {
    store = await startStore();
    const attributes = [text('__proto__', 'a'), text('constructor', 'b'), text('service.name', '__proto__')];
    const spans = [
      { traceId: TRACE, spanId: ROOT, name: 'x', startTimeUnixNano: '1', endTimeUnixNano: '2', attributes },
    ];
    await post(
      '/v1/traces',
      'application/json',
      JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] })
    );
    expect((await json('/api/services')).data).toEqual(['__proto__']);
    expect((await get(`/api/v3/traces/${TRACE}`)).text).toContain('{"key":"__proto__","value":{"stringValue":"a"}}');
  });
});
