import { Attributes } from '../../model/attributes';
import { assembleTrace } from '../../model/assembleTrace';
import type { FlatSpan } from '../../model/flatSpan';
import { deepFreeze } from '../../../testkit/deepFreeze';
import { traceToText } from '../../../testkit/traceToText';
import { ReadError } from '../read';
import { decodeOtlp, type DecodeOtlpOptions } from './decodeOtlp';

const TRACE = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const A = '00c0ffee12345678';
const B = 'a1b2c3d4e5f60718';

const HEX: DecodeOtlpOptions = { ids: 'hex' };
const SOUND = {
  traceId: TRACE,
  spanId: A,
  startTimeUnixNano: '1772366400123456789',
  endTimeUnixNano: '1772366400373887789',
};

/** A body around one span, given as what differs from `SOUND`. */
const bodyOf = (...spans: unknown[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const decodeOne = (fields: object, options = HEX): FlatSpan => {
  const { spans, warnings } = decodeOtlp(deepFreeze(bodyOf({ ...SOUND, ...fields })), options);
  expect([spans.length, warnings]).toEqual([1, []]);
  return spans[0];
};
const texts = (...pairs: Array<[string, string]>) =>
  pairs.map(([key, stringValue]) => ({ key, value: { stringValue } }));

it('reads everything a span has', () => {
  const body = {
    resourceSpans: [
      {
        resource: { attributes: texts(['service.name', 'checkout'], ['host.name', 'node-1']) },
        scopeSpans: [
          {
            scope: { name: 'http', version: '1.2', attributes: texts(['short', 'yes']) },
            spans: [
              { ...SOUND, name: 'POST /pay', kind: 2, status: { code: 2, message: 'declined' }, traceState: 'k=v' },
              {
                ...SOUND,
                spanId: B,
                parentSpanId: A,
                name: 'charge',
                kind: 3,
                endTimeUnixNano: '1772366400123456790',
                attributes: [{ key: 'retry', value: { boolValue: false } }],
                events: [{ timeUnixNano: '1772366400123456789', name: 'exception', attributes: texts(['a', 'b']) }],
                links: [{ traceId: TRACE.toUpperCase(), spanId: A, traceState: 'l=m', attributes: texts(['c', 'd']) }],
              },
            ],
          },
        ],
      },
    ],
  };
  const { spans, warnings } = decodeOtlp(deepFreeze(body), HEX);
  expect(warnings).toEqual([]);
  const trace = assembleTrace(spans);
  expect(trace && traceToText(trace, { attributes: true, ids: true })).toBe(
    [
      '= checkout {service.name="checkout" host.name="node-1"}',
      `checkout  POST /pay  [0----------------250.431]  #${A} server !"declined" (http 1.2 {short="yes"}) state="k=v"`,
      `checkout    charge   [0--0.000001]               #${B} client (http 1.2 {short="yes"}) {retry=false}`,
      '            @0 exception {a="b"}',
      `            >${A} {c="d"}`,
    ].join('\n')
  );
  expect(trace?.epochUnixNano).toBe(1772366400123456789n);
  expect(spans[1].links[0]).toMatchObject({ traceId: TRACE, traceState: 'l=m' });
});

it('gives every missing field its default', () => {
  expect(decodeOtlp(bodyOf({ traceId: TRACE, spanId: A }), HEX)).toEqual({
    spans: [
      {
        traceId: TRACE,
        spanId: A,
        parentSpanId: undefined,
        name: '',
        kind: 'unspecified',
        status: { code: 'unset' },
        startUnixNano: 0n,
        durationNano: 0,
        resource: { serviceName: 'unknown_service', attributes: Attributes.empty },
        scope: undefined,
        traceState: undefined,
        attributes: Attributes.empty,
        events: [],
        links: [],
        warnings: undefined,
      },
    ],
    warnings: [],
  });
});

describe('spellings', () => {
  const span = { ...SOUND, name: 'here' };
  const snakeSpan = {
    trace_id: TRACE,
    span_id: A,
    parent_span_id: B,
    trace_state: 'k=v',
    name: 'here',
    start_time_unix_nano: '5',
    end_time_unix_nano: '7',
    events: [{ time_unix_nano: '6', name: 'e' }],
    links: [{ trace_id: TRACE, span_id: B, trace_state: 'l=m' }],
  };
  const scope = { name: 'lib' };

  test.each<[string, unknown]>([
    ['today’s', { resourceSpans: [{ scopeSpans: [{ scope, spans: [span] }] }] }],
    ['Tempo’s', { batches: [{ scopeSpans: [{ scope, spans: [span] }] }] }],
    [
      'that of before 2022',
      { resourceSpans: [{ instrumentationLibrarySpans: [{ instrumentationLibrary: scope, spans: [span] }] }] },
    ],
    ['snake case', { resource_spans: [{ scope_spans: [{ scope, spans: [snakeSpan] }] }] }],
    [
      'old snake case',
      {
        resource_spans: [{ instrumentation_library_spans: [{ instrumentation_library: scope, spans: [snakeSpan] }] }],
      },
    ],
  ])('%s', (_whose, body) => {
    const { spans, warnings } = decodeOtlp(body, HEX);
    expect(warnings).toEqual([]);
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ name: 'here', scope });
  });

  it('snake case reaches every field', () => {
    expect(decodeOtlp(bodyOf(snakeSpan), HEX).spans[0]).toMatchObject({
      traceId: TRACE,
      spanId: A,
      parentSpanId: B,
      traceState: 'k=v',
      startUnixNano: 5n,
      durationNano: 2,
      events: [{ name: 'e', timeUnixNano: 6n }],
      links: [{ traceId: TRACE, spanId: B, traceState: 'l=m' }],
    });
  });

  test.each([
    [0, 'unspecified'],
    [1, 'internal'],
    [2, 'server'],
    [3, 'client'],
    [4, 'producer'],
    [5, 'consumer'],
    ['SPAN_KIND_UNSPECIFIED', 'unspecified'],
    ['SPAN_KIND_CONSUMER', 'consumer'],
    [null, 'unspecified'],
  ])('kind %j is %s', (kind, expected) => {
    expect(decodeOne({ kind })).toMatchObject({ kind: expected, warnings: undefined });
  });

  test.each([
    [{}, { code: 'unset' }],
    [null, { code: 'unset' }],
    [{ code: 0, message: '' }, { code: 'unset' }],
    [{ code: 1 }, { code: 'ok' }],
    [
      { code: 2, message: 'no' },
      { code: 'error', message: 'no' },
    ],
    [{ code: 'STATUS_CODE_ERROR' }, { code: 'error' }],
    [
      { code: 'STATUS_CODE_UNSET', message: 'but' },
      { code: 'unset', message: 'but' },
    ],
  ])('status %j is %j', (status, expected) => {
    const span = decodeOne({ status });
    expect(span.status).toEqual(expected);
    expect(span.warnings).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['a kind of the future', { kind: 9 }],
    ['a kind without its prefix', { kind: 'server' }],
    ['a fraction of a kind', { kind: 1.5 }],
    ['a code of the future', { status: { code: 3 } }],
    ['a code that is a property of every list', { status: { code: 'STATUS_CODE_length' } }],
  ])('%s is told', (_what, fields) => {
    expect(decodeOne(fields as object)).toMatchObject({
      kind: 'unspecified',
      status: { code: 'unset' },
      warnings: [expect.stringContaining('is not known here')],
    });
  });
});

describe('ids', () => {
  const base64 = { traceId: 'fzqRwtTltgcYKTBKW2x9jg==', spanId: 'AMD/7hI0Vng=', parentSpanId: 'obLD1OX2Bxg=' };

  it.each<DecodeOtlpOptions['ids']>(['base64', 'by-shape'])('in base64, read as %s', (ids) => {
    expect(decodeOne(base64, { ids })).toMatchObject({ traceId: TRACE, spanId: A, parentSpanId: B });
  });

  test.each(['', null, undefined, '0000000000000000', '00'])('parent %j is none', (parentSpanId) => {
    expect(decodeOne({ parentSpanId })).toMatchObject({ parentSpanId: undefined, warnings: undefined });
  });

  it('an all-zero parent in base64 is none', () => {
    const span = decodeOne({ ...base64, parentSpanId: 'AAAAAAAAAAA=' }, { ids: 'base64' });
    expect(span).toMatchObject({ parentSpanId: undefined, warnings: undefined });
  });

  it('a parent that is no id is told, and the span stays', () => {
    expect(decodeOne({ parentSpanId: 'root' })).toMatchObject({
      parentSpanId: undefined,
      warnings: ['The parent of the span is left out: "root" is no span id.'],
    });
  });

  it('spans of several traces keep their own', () => {
    const other = '1'.repeat(32);
    const { spans } = decodeOtlp(bodyOf(SOUND, { ...SOUND, traceId: other }, SOUND), HEX);
    expect(spans.map((span) => span.traceId)).toEqual([TRACE, other, TRACE]);
  });
});

describe('times', () => {
  test.each<[string, object, bigint, number, string | undefined]>([
    ['as numbers', { startTimeUnixNano: 1_000, endTimeUnixNano: 3_000 }, 1_000n, 2_000, undefined],
    ['backwards', { startTimeUnixNano: '5', endTimeUnixNano: '2' }, 5n, -3, undefined],
    ['no end', { startTimeUnixNano: '5', endTimeUnixNano: undefined }, 5n, 0, 'has no end time'],
    ['no start', { startTimeUnixNano: '0', endTimeUnixNano: '9' }, 9n, 0, 'is placed at its end'],
    ['neither', { startTimeUnixNano: '', endTimeUnixNano: null }, 0n, 0, undefined],
    ['before 1970', { startTimeUnixNano: '-5', endTimeUnixNano: '-2' }, 0n, 0, undefined],
    ['Go’s zero time', { startTimeUnixNano: '11651379494838206464', endTimeUnixNano: '9' }, 9n, 0, 'at its end'],
  ])('%s', (_what, fields, startUnixNano, durationNano, warning) => {
    const span = decodeOne(fields);
    expect(span).toMatchObject({ startUnixNano, durationNano });
    expect(span.warnings?.join()).toEqual(warning && expect.stringContaining(warning));
  });
});

describe('resources and scopes', () => {
  it('are one object where they are equal, even in blocks of their own', () => {
    const block = (name: string, spanId: string) => ({
      resource: { attributes: texts(['service.name', name]) },
      scopeSpans: [{ scope: { name: 'lib' }, spans: [{ ...SOUND, spanId }] }],
    });
    const [first, second, third] = decodeOtlp(
      { resourceSpans: [block('a', '1'), block('b', '2'), block('a', '3')] },
      HEX
    ).spans;
    expect(third.resource).toBe(first.resource);
    expect(third.scope).toBe(first.scope);
    expect(second.resource).not.toBe(first.resource);
  });

  test.each<[string, unknown, string]>([
    ['a text', { stringValue: 'checkout' }, 'checkout'],
    ['an empty text', { stringValue: '' }, 'unknown_service'],
    ['a number', { intValue: '7' }, '7'],
    ['a list', { arrayValue: {} }, 'unknown_service'],
    ['the empty value', {}, 'unknown_service'],
  ])('service.name as %s', (_what, value, expected) => {
    const resource = { attributes: [{ key: 'service.name', value }] };
    const body = { resourceSpans: [{ resource, scopeSpans: [{ spans: [SOUND] }] }] };
    expect(decodeOtlp(body, HEX).spans[0].resource.serviceName).toBe(expected);
  });

  it('an empty scope is none', () => {
    const body = { resourceSpans: [{ scopeSpans: [{ scope: { name: '', version: '' }, spans: [SOUND] }] }] };
    expect(decodeOtlp(body, HEX).spans[0].scope).toBeUndefined();
  });
});

describe('what cannot be read is told, and the rest stays', () => {
  const sound = { ...SOUND, name: 'sound' };

  test.each<[string, unknown, string]>([
    ['no span', 5, 'A span is left out: resourceSpans[0].scopeSpans[0].spans[0] should be an object, but is 5.'],
    ['null', null, 'A span is left out: resourceSpans[0].scopeSpans[0].spans[0] should be an object, but is null.'],
    [
      'no trace id',
      { spanId: A, name: 'GET /' },
      'The span "GET /" is left out: resourceSpans[0].scopeSpans[0].spans[0].traceId should be a trace id, but is missing.',
    ],
    [
      'no span id',
      { traceId: TRACE, spanId: '' },
      'A span is left out: resourceSpans[0].scopeSpans[0].spans[0].spanId should be a span id, but is "".',
    ],
    [
      'a time in words',
      { ...SOUND, startTimeUnixNano: 'noon' },
      'A span is left out: resourceSpans[0].scopeSpans[0].spans[0].startTimeUnixNano should be a 64-bit integer, but is "noon".',
    ],
    [
      'attributes as an object',
      { ...SOUND, attributes: { a: 1 } },
      'A span is left out: resourceSpans[0].scopeSpans[0].spans[0].attributes should be a list, but is an object with a.',
    ],
    [
      'a name that is none',
      { ...SOUND, name: 7 },
      'A span is left out: resourceSpans[0].scopeSpans[0].spans[0].name should be a string, but is 7.',
    ],
  ])('span: %s', (_what, span, warning) => {
    const { spans, warnings } = decodeOtlp(bodyOf(span, sound), HEX);
    expect(spans.map((each) => each.name)).toEqual(['sound']);
    expect(warnings).toEqual([warning]);
  });

  it('a whole block', () => {
    const { spans, warnings } = decodeOtlp(
      { resourceSpans: [null, { scopeSpans: 5 }, { scopeSpans: ['x', { spans: [sound] }] }, { resource: [] }] },
      HEX
    );
    expect(spans.map((each) => each.name)).toEqual(['sound']);
    expect(warnings).toEqual([
      'A block of spans is left out: resourceSpans[0] should be an object, but is null.',
      'A block of spans is left out: resourceSpans[1].scopeSpans should be a list, but is 5.',
      'A block of spans is left out: resourceSpans[2].scopeSpans[0] should be an object, but is "x".',
      'A block of spans is left out: resourceSpans[3].resource should be an object, but is a list of 0.',
    ]);
  });

  it('an attribute, an event, a link', () => {
    const span = decodeOne({
      attributes: [{ key: 'bad', value: 5 }, ...texts(['good', 'yes'])],
      events: ['x', { name: 'kept' }],
      links: [{ traceId: TRACE }, { traceId: TRACE, spanId: B }],
    });
    expect(span.attributes.entries).toEqual([{ key: 'good', value: 'yes' }]);
    expect(span.events.map((event) => event.name)).toEqual(['kept']);
    expect(span.links.map((link) => link.spanId)).toEqual([B]);
    expect(span.warnings).toEqual([
      'An attribute "bad" is left out: The value should be an attribute value, but is 5.',
      'An event of the span is left out: The value should be an object, but is "x".',
      'A link of the span is left out: spanId should be a span id, but is missing.',
    ]);
  });

  it('says so of ten, and counts the others', () => {
    const { warnings } = decodeOtlp(bodyOf(...new Array(25).fill('junk')), HEX);
    expect(warnings).toHaveLength(11);
    expect(warnings[10]).toBe('15 more parts of the answer are left out for such reasons.');
  });

  it('what the instrumentation dropped', () => {
    expect(decodeOne({ droppedAttributesCount: 3, droppedEventsCount: 0, dropped_links_count: 1 }).warnings).toEqual([
      'The instrumentation dropped 3 of the span’s attributes.',
      'The instrumentation dropped 1 of the span’s links.',
    ]);
  });
});

describe('a store’s own attributes', () => {
  const warningsAttribute = 'store.warnings';
  const said = (value: unknown) => ({ attributes: [{ key: warningsAttribute, value }, ...texts(['a', 'b'])] });

  test.each<[unknown, readonly string[]]>([
    [{ arrayValue: { values: [{ stringValue: 'One.' }, { stringValue: 'Two.' }] } }, ['One.', 'Two.']],
    [{ stringValue: 'Only.' }, ['Only.']],
  ])('%j become warnings and are hidden', (value, warnings) => {
    const span = decodeOne(said(value), { ids: 'hex', warningsAttribute });
    expect(span.warnings).toEqual(warnings);
    expect(span.attributes.entries).toEqual([{ key: 'a', value: 'b' }]);
  });

  it('stay attributes where nobody asked', () => {
    expect(decodeOne(said({ stringValue: 'Only.' })).attributes.size).toBe(2);
  });

  it('can be hidden without a word', () => {
    const span = decodeOne(
      { attributes: texts(['format', 'proto'], ['a', 'b']) },
      { ids: 'hex', hiddenAttributes: ['format'] }
    );
    expect(span.attributes.entries).toEqual([{ key: 'a', value: 'b' }]);
    expect(span.warnings).toBeUndefined();
  });
});

describe('the body', () => {
  test.each([[{}], [{ resourceSpans: [] }], [{ resourceSpans: null }], [{ batches: null }]])('%j is empty', (body) => {
    expect(decodeOtlp(body, HEX)).toEqual({ spans: [], warnings: [] });
  });

  test.each([null, undefined, 'text', 5, [[]], { resourceSpans: {} }, { batches: 'x' }])('%j is refused', (body) => {
    expect(() => decodeOtlp(body, HEX)).toThrow(ReadError);
  });
});
