import { deepFreeze } from '../../../testkit/deepFreeze';
import type { FlatSpan } from '../../model/flatSpan';
import { ReadError } from '../../wire/read';
import { decodeLegacyTraces, type LegacyDecoding } from './decodeLegacy';

const TRACE_ID = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const OTHER_ID = '11111111111111112222222222222222';
const SPAN_ID = '00c0ffee12345678';
const PARENT_ID = 'a1b2c3d4e5f60718';

const tag = (key: string, value: unknown, type = 'string') => ({ key, type, value });
const reference = (spanID: string, refType = 'CHILD_OF', traceID: string | undefined = TRACE_ID) => ({
  refType,
  traceID,
  spanID,
});

function bodyOf(...spans: unknown[]): unknown {
  const processes = { p1: { serviceName: 'checkout', tags: [tag('host.name', 'node-3')] } };
  return deepFreeze({ data: [{ traceID: TRACE_ID, spans, processes, warnings: null }], errors: null });
}

function decodeOne(fields: object, decoding?: LegacyDecoding): FlatSpan {
  const span = {
    traceID: TRACE_ID,
    spanID: SPAN_ID,
    operationName: 'POST /pay',
    references: [],
    startTime: 1772366400123456,
    duration: 250431,
    tags: [],
    logs: [],
    processID: 'p1',
    warnings: null,
    ...fields,
  };
  const { spans, warnings } = decodeLegacyTraces(bodyOf(span), decoding);
  expect(warnings).toEqual([]);
  expect(spans).toHaveLength(1);
  return spans[0];
}

it('reads a span with all its parts', () => {
  expect(decodeOne({ references: [reference(PARENT_ID)], tags: [tag('span.kind', 'server')] })).toMatchObject({
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    parentSpanId: PARENT_ID,
    name: 'POST /pay',
    kind: 'server',
    status: { code: 'unset' },
    startUnixNano: 1772366400123456000n,
    durationNano: 250431000,
    resource: {
      serviceName: 'checkout',
      attributes: {
        entries: [
          { key: 'service.name', value: 'checkout' },
          { key: 'host.name', value: 'node-3' },
        ],
      },
    },
    events: [],
    links: [],
  });
});

describe('tag values', () => {
  it.each<[name: string, tag: object, value: unknown]>([
    ['a text', tag('k', 'v'), 'v'],
    ['an empty text', tag('k', ''), ''],
    ['false', tag('k', false, 'bool'), false],
    ['boolean, as GreptimeDB says it', tag('k', true, 'boolean'), true],
    ['a boolean as text', tag('k', 'false', 'bool'), false],
    ['zero', tag('k', 0, 'int64'), 0],
    ['an int64 as text', tag('k', '500', 'int64'), 500],
    ['an int64 beyond 2^53', tag('k', '9223372036854775807', 'int64'), 9223372036854775807n],
    ['a negative one', tag('k', '-9223372036854775808', 'int64'), -9223372036854775808n],
    ['no int64', tag('k', '12x', 'int64'), '12x'],
    ['a double', tag('k', 0.5, 'float64'), 0.5],
    ['NaN', tag('k', 'NaN', 'float64'), NaN],
    ['infinity', tag('k', '-Infinity', 'float64'), -Infinity],
    ['no double', tag('k', 'fast', 'float64'), 'fast'],
    ['bytes', tag('k', 'AAE=', 'binary'), { kind: 'bytes', base64: 'AAE=' }],
    ['null', tag('k', null), null],
    ['an object', tag('k', { a: [1] }), '{"a":[1]}'],
    ['no type', { key: 'k', value: 7 }, 7],
  ])('%s', (_, given, value) => {
    const { entries } = decodeOne({ tags: [given] }).attributes;
    // Beside them may stand the word of the wire for the type, which says no more than the value.
    expect(entries.map((entry) => ({ key: entry.key, value: entry.value }))).toEqual([{ key: 'k', value }]);
    expect(entries[0].type).not.toBe('double');
  });

  it('takes a tag that says what it is for the attribute, and copies nothing', () => {
    const tags = [tag('k', 'v'), tag('k', true, 'bool'), tag('k', 7, 'int64'), tag('k', 0.5, 'float64')];
    const { entries } = decodeOne({ tags }).attributes;
    expect(tags.map((each, index) => entries[index] === each)).toEqual([true, true, true, true]);
  });

  it('marks a whole double, which the number alone would not tell', () => {
    expect(decodeOne({ tags: [tag('k', 1, 'float64')] }).attributes.entries).toEqual([
      { key: 'k', value: 1, type: 'double' },
    ]);
  });

  it('keeps repeated keys, hostile keys and their order, and drops what has no key', () => {
    const tags = [tag('b', '1'), tag('__proto__', 'x'), null, { value: 1 }, tag('b', '2'), tag('constructor', 'y')];
    expect(decodeOne({ tags }).attributes.entries.map(({ key, value }) => `${key}=${String(value)}`)).toEqual([
      'b=1',
      '__proto__=x',
      'b=2',
      'constructor=y',
    ]);
  });
});

describe('fields that Jaeger writes as tags', () => {
  it.each([
    [
      'scope',
      [tag('otel.scope.name', 'lib'), tag('otel.scope.version', '1')],
      { scope: { name: 'lib', version: '1' } },
    ],
    ['its old spelling', [tag('otel.library.name', 'lib')], { scope: { name: 'lib', version: undefined } }],
    ['both spellings', [tag('otel.scope.name', 'lib'), tag('otel.library.name', 'lib')], { scope: { name: 'lib' } }],
    ['trace state', [tag('w3c.tracestate', 'a=b')], { traceState: 'a=b' }],
    ['kind', [tag('span.kind', 'CONSUMER')], { kind: 'consumer' }],
    ['status', [tag('otel.status_code', 'OK')], { status: { code: 'ok' } }],
    [
      'status with a description',
      [tag('error', true, 'bool'), tag('otel.status_code', 'ERROR'), tag('otel.status_description', 'card declined')],
      { status: { code: 'error', message: 'card declined' } },
    ],
    ['status of old exporters', [tag('otel.status_code', 2, 'int64')], { status: { code: 'error' } }],
  ])('%s: read and hidden', (_, tags, fields) => {
    const span = decodeOne({ tags });
    expect(span).toMatchObject(fields);
    expect(span.attributes.entries).toEqual([]);
  });

  it.each([
    ['an unknown kind', tag('span.kind', 'entry'), { kind: 'unspecified' }],
    ['an unknown status', tag('otel.status_code', 'MAYBE'), { status: { code: 'unset' } }],
    ['error of OpenTracing', tag('error', true, 'bool'), { status: { code: 'error' } }],
    ['error as text', tag('error', 'true'), { status: { code: 'error' } }],
    ['error that says what', tag('error', 'no money'), { status: { code: 'error', message: 'no money' } }],
    ['error=false', tag('error', false, 'bool'), { status: { code: 'unset' } }],
    ['error="false"', tag('error', 'false'), { status: { code: 'unset' } }],
    ['error="unset" of VictoriaTraces', tag('error', 'unset'), { status: { code: 'unset' } }],
  ])('%s: stays visible', (_, given, fields) => {
    const span = decodeOne({ tags: [given] });
    expect(span).toMatchObject(fields);
    expect(span.attributes.entries.map(({ key }) => key)).toEqual([given.key]);
  });

  it('the error tag of a store that writes it on every span is hidden', () => {
    const span = decodeOne({ tags: [tag('error', 'true')] }, { hasErrorTagAlways: true });
    expect([span.status.code, span.attributes.size]).toEqual(['error', 0]);
  });
});

describe('parents and links', () => {
  const cases: Array<[name: string, fields: object, parent: string | undefined, links: string[]]> = [
    ['none', { references: null }, undefined, []],
    ['a child', { references: [reference(PARENT_ID)] }, PARENT_ID, []],
    ['FOLLOWS_FROM alone', { references: [reference(PARENT_ID, 'FOLLOWS_FROM')] }, PARENT_ID, []],
    [
      'CHILD_OF wins',
      { references: [reference('b'.repeat(16), 'FOLLOWS_FROM'), reference(PARENT_ID)] },
      PARENT_ID,
      [`${TRACE_ID}/${'b'.repeat(16)}`],
    ],
    [
      'another trace',
      { references: [reference(PARENT_ID, 'CHILD_OF', OTHER_ID)] },
      undefined,
      [`${OTHER_ID}/${PARENT_ID}`],
    ],
    ['without a trace', { references: [{ refType: 'CHILD_OF', spanID: PARENT_ID }] }, PARENT_ID, []],
    [
      'the same trace in capitals',
      { references: [reference(PARENT_ID, 'CHILD_OF', TRACE_ID.toUpperCase())] },
      PARENT_ID,
      [],
    ],
    ['zeros', { references: [reference('0'.repeat(16))] }, undefined, []],
    ['the field of old data', { parentSpanID: PARENT_ID, references: [] }, PARENT_ID, []],
    ['damaged', { references: [null, 7, {}] }, undefined, []],
  ];
  it.each(cases)('%s', (_, fields, parent, links) => {
    const span = decodeOne(fields);
    expect(span.parentSpanId).toBe(parent);
    expect(span.links.map(({ traceId, spanId }) => `${traceId}/${spanId}`)).toEqual(links);
  });
});

describe('events', () => {
  it.each([
    ['event', [tag('event', 'retry'), tag('message', 'again')], 'retry', ['message']],
    ['message of very old data', [tag('message', 'retry'), tag('n', 1, 'int64')], 'retry', ['n']],
    ['no name', [tag('level', 'info')], 'log', ['level']],
    ['no fields', null, 'log', []],
  ])('%s', (_, fields, name, attributes) => {
    const [event] = decodeOne({ logs: [{ timestamp: 1772366400200000, fields }] }).events;
    expect([event.name, event.timeUnixNano]).toEqual([name, 1772366400200000000n]);
    expect(event.attributes.entries.map(({ key }) => key)).toEqual(attributes);
  });
});

describe('processes', () => {
  it.each<[name: string, fields: object, service: string]>([
    ['not in the table', { processID: 'p9' }, 'unknown_service'],
    ['not named', { processID: null }, 'unknown_service'],
    ['a name of the prototype', { processID: 'constructor' }, 'unknown_service'],
    ['embedded, as Elasticsearch stores it', { processID: undefined, process: { serviceName: 'web' } }, 'web'],
    ['without a service', { processID: undefined, process: { serviceName: '', tags: null } }, 'unknown_service'],
  ])('%s', (_, fields, service) => {
    expect(decodeOne(fields).resource.serviceName).toBe(service);
  });

  it('spans of a process share its resource', () => {
    const span = { traceID: TRACE_ID, spanID: SPAN_ID, processID: 'p1' };
    const { spans } = decodeLegacyTraces(bodyOf(span, { ...span, spanID: PARENT_ID }));
    expect(spans[0].resource).toBe(spans[1].resource);
  });
});

describe('times and ids', () => {
  it.each<[name: string, fields: object, expected: Partial<FlatSpan>]>([
    [
      'fractions of a microsecond',
      { startTime: 1000.5, duration: 0.25 },
      { startUnixNano: 1000500n, durationNano: 250 },
    ],
    ['texts', { startTime: '1000', duration: '5' }, { startUnixNano: 1000000n, durationNano: 5000 }],
    ['missing', { startTime: undefined, duration: null }, { startUnixNano: 0n, durationNano: 0 }],
    ['nonsense', { startTime: 'yesterday', duration: {} }, { startUnixNano: 0n, durationNano: 0 }],
    ['a clock that ran backwards', { duration: -5 }, { durationNano: -5000 }],
    ['a short trace id', { traceID: 'ABC' }, { traceId: '00000000000000000000000000000abc' }],
    ['a span id without its zeros', { spanID: 'C0FFEE' }, { spanId: '0000000000c0ffee' }],
    ['no trace id of its own', { traceID: undefined }, { traceId: TRACE_ID }],
  ])('%s', (_, fields, expected) => {
    expect(decodeOne(fields)).toMatchObject(expected);
  });
});

it('leaves broken spans out, says so once, and keeps the rest', () => {
  const sound = { traceID: TRACE_ID, spanID: SPAN_ID, operationName: 'ok' };
  const { spans, warnings } = decodeLegacyTraces(
    bodyOf(null, sound, 'x', { ...sound, spanID: null }, { ...sound, spanID: 'zz' }, { ...sound, traceID: '-' })
  );
  expect(spans.map(({ name }) => name)).toEqual(['ok']);
  expect(warnings).toEqual([expect.stringMatching(/^5 spans of the trace could not be read/)]);
});

it("hands the server's warnings over, each once", () => {
  const span = { traceID: TRACE_ID, spanID: SPAN_ID, warnings: ['skew', 'skew', 7] };
  const body = { data: [{ spans: [span], warnings: ['cut'] }] };
  const { spans, warnings } = decodeLegacyTraces(body);
  expect([spans[0].warnings, warnings]).toEqual([['skew'], ['cut']]);
});

it.each([
  ['null data', { data: null }],
  ['no traces', { data: [] }],
  ['a trace without spans', { data: [{ traceID: TRACE_ID, spans: null }] }],
])('%s has no spans', (_, body) => {
  expect(decodeLegacyTraces(body).spans).toEqual([]);
});

it.each([[[]], ['x'], [null], [{ data: 'x' }], [{ data: {} }]])('%j is no answer', (body) => {
  expect(() => decodeLegacyTraces(body)).toThrow(ReadError);
});
