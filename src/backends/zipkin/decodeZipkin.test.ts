import { traceToText } from '../../../testkit/traceToText';
import { assembleTraces } from '../../model/assembleTrace';
import type { FlatSpan } from '../../model/flatSpan';
import { ReadError } from '../../wire/read';
import { decodeZipkin } from './decodeZipkin';
import type { ZipkinSpan } from './zipkinJson';

const TRACE = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const EPOCH = 1_772_366_400_000_000;

function span(fields: Partial<ZipkinSpan> & { readonly [other: string]: unknown } = {}): ZipkinSpan {
  return { traceId: TRACE, id: '00000000000000a1', timestamp: EPOCH, duration: 1_000, ...fields };
}

function only(fields: Parameters<typeof span>[0]): FlatSpan {
  const { spans, warnings } = decodeZipkin([span(fields)]);
  expect(spans).toHaveLength(1);
  expect(warnings).toEqual([]);
  return spans[0];
}

const entries = ({ attributes }: FlatSpan) => attributes.entries.map(({ key, value }) => [key, value]);

function draw(spans: readonly unknown[]): string {
  return assembleTraces(decodeZipkin(spans).spans)
    .map((trace) => traceToText(trace))
    .join('\n\n');
}

describe('fields', () => {
  test.each<[string, Parameters<typeof span>[0], Partial<FlatSpan>]>([
    [
      'nothing but ids',
      { timestamp: undefined, duration: undefined },
      { name: '', kind: 'internal', startUnixNano: 0n },
    ],
    ['times', { timestamp: EPOCH + 1, duration: 3 }, { startUnixNano: BigInt(EPOCH + 1) * 1000n, durationNano: 3_000 }],
    ['an empty parent', { parentId: '' }, { parentSpanId: undefined }],
    ['a short parent', { parentId: 'b1' }, { parentSpanId: '00000000000000b1' }],
    ['a server', { kind: 'SERVER' }, { kind: 'server' }],
    ['a producer', { kind: 'PRODUCER' }, { kind: 'producer' }],
    ['a kind of another model', { tags: { 'span.kind': 'consumer' } }, { kind: 'consumer' }],
    ['a shared span without a kind', { shared: true }, { kind: 'server', isSharedHalf: true }],
    ['a shared client, which there is not', { shared: true, kind: 'CLIENT' }, { kind: 'client' }],
    ['no error', { tags: {} }, { status: { code: 'unset' } }],
    ['an error without words', { tags: { error: '' } }, { status: { code: 'error' } }],
    ['an error that is true', { tags: { error: 'true' } }, { status: { code: 'error' } }],
    [
      'an error that is false is one all the same',
      { tags: { error: 'false' } },
      { status: { code: 'error', message: 'false' } },
    ],
    ['an error with words', { tags: { error: '503' } }, { status: { code: 'error', message: '503' } }],
    ['success', { tags: { 'otel.status_code': 'OK' } }, { status: { code: 'ok' } }],
    ['failure without the tag', { tags: { 'otel.status_code': 'ERROR' } }, { status: { code: 'error' } }],
    [
      'a scope',
      { tags: { 'otel.library.name': 'http', 'otel.library.version': '2' } },
      { scope: { name: 'http', version: '2' } },
    ],
    ['a trace state', { tags: { 'w3c.tracestate': 'a=b' } }, { traceState: 'a=b' }],
  ])('%s', (_, fields, expected) => {
    expect(only(fields)).toMatchObject(expected);
  });

  it('fields of the model are no attributes beside', () => {
    const tags = { error: 'x', 'otel.status_code': 'ERROR', 'otel.scope.name': 's', 'span.kind': 'internal', own: '0' };
    expect(entries(only({ tags }))).toEqual([['own', '0']]);
  });

  it('tags keep their texts, whatever their names', () => {
    const tags = JSON.parse(
      '{"__proto__":"p","constructor":"c","empty":"","number":5,"null":null}'
    ) as ZipkinSpan['tags'];
    expect(entries(only({ tags }))).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['empty', ''],
      ['number', '5'],
      ['null', '""'],
    ]);
  });

  it('endpoints become the service, its host, and whom it spoke to', () => {
    const decoded = only({
      localEndpoint: { serviceName: 'web', ipv4: '10.0.0.5', ipv6: '2001:db8::1', port: 8080 },
      remoteEndpoint: { serviceName: 'db', ipv4: '10.0.0.9', port: 5432 },
      tags: { 'network.peer.port': '1' },
      debug: true,
    });
    expect(decoded.resource.serviceName).toBe('web');
    expect(decoded.resource.attributes.entries.map(({ key, value }) => [key, value])).toEqual([
      ['service.name', 'web'],
      ['host.ip', ['10.0.0.5', '2001:db8::1']],
      ['network.local.port', 8080],
    ]);
    expect(entries(decoded)).toEqual([
      ['network.peer.port', '1'],
      ['peer.service', 'db'],
      ['network.peer.address', '10.0.0.9'],
      ['zipkin.debug', true],
    ]);
  });

  it('a remote name that a tag tells already is told once', () => {
    expect(entries(only({ remoteEndpoint: { serviceName: 'db' }, tags: { 'server.address': 'DB' } }))).toEqual([
      ['server.address', 'DB'],
    ]);
  });

  it('without a local endpoint the service is unknown', () => {
    expect(only({}).resource.serviceName).toBe('unknown_service');
  });

  it('spans of one endpoint share their resource', () => {
    const localEndpoint = { serviceName: 'web' };
    const [a, b] = decodeZipkin([
      span({ localEndpoint }),
      span({ id: 'b1', localEndpoint: { ...localEndpoint } }),
    ]).spans;
    expect(a.resource).toBe(b.resource);
  });
});

test.each<[value: string, name: string, attributes: ReadonlyArray<readonly [string, unknown]>]>([
  ['retry', 'retry', []],
  [
    '"retry": {"delay":5,"why":"busy"}',
    'retry',
    [
      ['delay', 5],
      ['why', 'busy'],
    ],
  ],
  ['"retry":{"ok":true}', 'retry', [['ok', true]]],
  ['retry: {"a":"b"}', 'retry', [['a', 'b']]],
  ['retry|{"a":{"b":1}}|0', 'retry', [['a', '{"b":1}']]],
  ['"a \\"name\\"": {"n":null}', 'a "name"', [['n', null]]],
  ['state {"a":1}', 'state {"a":1}', []],
  ['"retry": {"half', '"retry": {"half', []],
  ['{"a":1}', '{"a":1}', []],
])('the annotation %s', (value, name, attributes) => {
  const [event] = only({ annotations: [{ timestamp: EPOCH + 5, value }] }).events;
  expect(event.timeUnixNano).toBe(BigInt(EPOCH + 5) * 1000n);
  expect([event.name, event.attributes.entries.map((entry) => [entry.key, entry.value])]).toEqual([name, attributes]);
});

it("reads the Collector's links, in their order, and leaves alone what only looks like one", () => {
  const link = (id: string, rest = '|{"why":"retry|twice"}|0') => `${TRACE}|${id}|shop=1${rest}`;
  const tags = {
    'otlp.link.10': link('ab'),
    'otlp.link.2': link('cd'),
    'otlp.link.3': 'nonsense',
    'otlp.link.x': link('ef'),
  };
  const { links, attributes } = only({ tags });
  expect(links.map(({ spanId, traceState }) => [spanId, traceState])).toEqual([
    ['00000000000000cd', 'shop=1'],
    ['00000000000000ab', 'shop=1'],
  ]);
  expect(links[0].attributes.get('why')).toBe('retry|twice');
  expect(attributes.entries.map(({ key }) => key)).toEqual(['otlp.link.3', 'otlp.link.x']);
});

describe('halves of one call', () => {
  const client = span({ kind: 'CLIENT', name: 'get', localEndpoint: { serviceName: 'web', ipv4: '10.0.0.1' } });
  const server = (ipv4: string, name = 'get') =>
    span({
      kind: 'SERVER',
      name,
      shared: true,
      timestamp: EPOCH + 100,
      duration: 500,
      localEndpoint: { serviceName: 'api', ipv4 },
    });
  const below = (id: string, name: string, ipv4: string) =>
    span({
      id,
      name,
      parentId: client.id,
      timestamp: EPOCH + 200,
      duration: 100,
      localEndpoint: { serviceName: 'api', ipv4 },
    });

  it('are two spans, and nothing is said about it', () => {
    expect(draw([server('10.0.0.2'), client, below('b1', 'query', '10.0.0.2')])).toBe(
      `
web  get        [0----------------------1]  client
api    get        [0.1------0.6]            server
api      query       [0.2--0.3]             internal`.trim()
    );
  });

  it('may be three, when two servers answer; what is below them finds its own', () => {
    const drawn = draw([
      client,
      server('10.0.0.2', 'first'),
      { ...server('10.0.0.3', 'second'), timestamp: EPOCH + 150 },
      below('b1', 'of second', '10.0.0.3'),
      below('b2', 'of first', '10.0.0.2'),
    ]);
    expect(drawn.split('\n').map((line) => line.slice(0, 18).trimEnd())).toEqual([
      'web  get',
      'api    first',
      'api      of first',
      'api    second',
      'api      of second',
    ]);
  });

  it('without the client is a span of its own', () => {
    expect(draw([{ ...server('10.0.0.2'), parentId: '00000000000000ff' }])).toBe(
      `
api  get  [0--------------------0.5]  ? server
       % The parent span 00000000000000ff is not part of this trace; the span is shown as a root.`.trim()
    );
  });
});

describe('a span in parts', () => {
  const early = span({
    kind: 'CLIENT',
    name: 'get',
    duration: undefined,
    localEndpoint: { serviceName: 'web' },
    tags: { a: '1' },
  });
  const annotation = { timestamp: EPOCH + 1, value: 'sent' };

  it('is one span', () => {
    const late = { traceId: TRACE, id: early.id, duration: 7, tags: { b: '2' }, annotations: [annotation, annotation] };
    const { spans } = decodeZipkin([early, late]);
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ name: 'get', durationNano: 7_000, resource: { serviceName: 'web' } });
    expect(entries(spans[0])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(spans[0].events).toHaveLength(1);
    expect(spans[0].warnings).toBeUndefined();
  });

  it('is not mistaken for the other half of a call that forgot to say so', () => {
    const late = span({ kind: 'SERVER', localEndpoint: { serviceName: 'api' } });
    expect(decodeZipkin([early, late]).spans.map(({ kind }) => kind)).toEqual(['client', 'server']);
  });
});

it('puts ids of 64 and of 128 bits together, and says so', () => {
  const short = TRACE.slice(16);
  const { spans, warnings } = decodeZipkin([
    [span(), span({ traceId: short, id: 'b1' })],
    [span({ traceId: '1234', id: 'c1' })],
  ]);
  expect(spans.map(({ traceId }) => traceId)).toEqual([TRACE, TRACE, '1234'.padStart(32, '0')]);
  expect(warnings).toEqual(['One span came with the 64-bit form of the trace ID and was joined to the rest.']);
});

it('leaves out what has no id, and says so', () => {
  const { spans, warnings } = decodeZipkin([span(), span({ id: 'zz' }), { name: 'nothing' }]);
  expect(spans).toHaveLength(1);
  expect(warnings).toEqual(['2 spans could not be read (no usable span or trace id) and had to be left out.']);
});

test.each<[unknown, string]>([
  [null, 'The value should be a list of spans, but is null.'],
  [{ hello: 'world' }, 'The value should be a list, but is an object with hello.'],
  [[[1]], '[0][0] should be a span, but is 1.'],
  [[span({ tags: [] as unknown as Record<string, string> })], 'tags should be an object, but is a list of 0.'],
])('%j is no answer of Zipkin', (body, message) => {
  expect(() => decodeZipkin(body)).toThrow(ReadError);
  expect(() => decodeZipkin(body)).toThrow(message);
});
