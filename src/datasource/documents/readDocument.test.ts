import { runAtOnce } from '../../model/cooperative';
import { backendDefinitions } from '../../backends/index';
import { encodeLegacy } from '../../backends/jaeger/encodeLegacy';
import { Attributes } from '../../model/attributes';
import { assembleTrace } from '../../model/assembleTrace';
import type { Trace } from '../../model/trace';
import { encodeOtlp } from '../../wire/otlp/encodeOtlp';
import { flatSpan } from '../../../testkit/flatSpan';
import { traceToText } from '../../../testkit/traceToText';
import { buildTraceFrame } from '../../frames/traceFrame';
import { QueryRefused } from '../queryRefused';
import { documentReaders } from './documentReaders';
import { readDocument } from './readDocument';

const readers = documentReaders(backendDefinitions);
const read = (text: string) => runAtOnce(readDocument(text, readers));
const sentenceFor = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(QueryRefused);
    return (error as QueryRefused).message;
  }
  throw new Error('it was read');
};

const IDS = ['7f3a91c2d4e5b6071829304a5b6c7d8e', '000000000000000011223344556677aa'];

function traceOf(traceId: string): Trace {
  const root = flatSpan({
    traceId,
    spanId: '00000000000000a1',
    name: 'POST /pay',
    kind: 'server',
    durationNano: 5_000_000,
  });
  const child = flatSpan({
    traceId,
    spanId: '00000000000000b2',
    parentSpanId: root.spanId,
    name: 'charge',
    kind: 'client',
    status: { code: 'error', message: 'declined' },
    startUnixNano: root.startUnixNano + 1_000_000n,
    durationNano: 2_000_000,
    resource: root.resource,
    attributes: Attributes.of({ 'http.status_code': 502, retry: false }),
    events: [
      { name: 'exception', timeUnixNano: root.startUnixNano + 2_000_000n, attributes: Attributes.of({ a: 'b' }) },
    ],
  });
  return assembleTrace([root, child])!;
}

const [trace, other] = IDS.map(traceOf);
const drawing = traceToText(trace, { attributes: true, ids: true });
const drawn = (text: string) => read(text).traces.map((one) => traceToText(one, { attributes: true, ids: true }));

const legacy = (...traces: Trace[]) => ({
  ...encodeLegacy(trace),
  data: traces.flatMap((one) => encodeLegacy(one).data),
});
const blocks = (...traces: Trace[]) => traces.flatMap((one) => encodeOtlp(one).resourceSpans);
const frameJson = JSON.parse(JSON.stringify(buildTraceFrame(trace, { refId: 'A' }))) as {
  readonly fields: ReadonlyArray<Record<string, unknown>>;
};
const dataFrameJson = {
  schema: { refId: 'A', fields: frameJson.fields.map(({ name, type }) => ({ name, type })) },
  data: { values: frameJson.fields.map(({ values }) => values) },
};
const zipkinTrace = [
  {
    traceId: IDS[0],
    id: '00000000000000a1',
    name: 'POST /pay',
    kind: 'SERVER',
    timestamp: 1772366400000000,
    duration: 5,
  },
  {
    traceId: IDS[0],
    id: '00000000000000b2',
    parentId: '00000000000000a1',
    name: 'charge',
    timestamp: 1772366400000001,
  },
];
const json = (value: unknown) => JSON.stringify(value);

it.each([
  ['the spans of a trace', zipkinTrace],
  ['a list of traces', [zipkinTrace]],
  ['a list of traces, one of them empty', [[], zipkinTrace]],
])('Zipkin: %s', (_shape, document) => {
  const { traces, format, notices } = read(json(document));
  expect({ names: traces.map(({ spans }) => spans.map(({ name }) => name)), format, notices }).toEqual({
    names: [['POST /pay', 'charge']],
    format: 'Zipkin JSON',
    notices: [],
  });
});

it('Zipkin, one span alone', () => {
  const { traces, format } = read(json(zipkinTrace[0]));
  expect([traces[0].spans.map(({ name }) => name), format]).toEqual([['POST /pay'], 'Zipkin JSON']);
});

it('Zipkin, a span a line', () => {
  expect(read(zipkinTrace.map(json).join('\n'))).toMatchObject({ format: 'Zipkin JSON', notices: [] });
});

it('Zipkin’s version 1', () => {
  const text = json([{ traceId: IDS[0], id: 'a1', name: 'get', binaryAnnotations: [] }]);
  expect(read(text)).toMatchObject({ format: 'Zipkin JSON' });
});

describe('every shape of one trace', () => {
  test.each<[shape: string, format: string, text: string]>([
    ['Jaeger’s download', 'Jaeger JSON', json(encodeLegacy(trace))],
    ['laid out over lines', 'Jaeger JSON', JSON.stringify(encodeLegacy(trace), null, 2)],
    ['a list of traces', 'Jaeger JSON', json(legacy(trace).data)],
    ['a bare trace', 'Jaeger JSON', json(legacy(trace).data[0])],
    ['with a byte order mark', 'Jaeger JSON', `\uFEFF${json(encodeLegacy(trace))}\n`],
    ['OTLP', 'OTLP JSON', json(encodeOtlp(trace))],
    ['Tempo v1', 'OTLP JSON', json({ batches: blocks(trace) })],
    ['with an empty list of the older name', 'OTLP JSON', json({ ...encodeOtlp(trace), batches: null })],
    [
      'snake case',
      'OTLP JSON',
      json(encodeOtlp(trace)).replace(/resourceSpans|scopeSpans|(trace|span|parentSpan)Id/g, (key) =>
        key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      ),
    ],
    ['before 2022', 'OTLP JSON', json(encodeOtlp(trace)).replace('scopeSpans', 'instrumentationLibrarySpans')],
    ['a bare block', 'OTLP JSON', json(blocks(trace)[0])],
    ['a list of blocks', 'OTLP JSON', json(blocks(trace))],
    ['Tempo v2', 'a Tempo answer', json({ trace: encodeOtlp(trace), metrics: {} })],
    ['Jaeger v3', 'a Jaeger API v3 answer', json({ result: encodeOtlp(trace) })],
  ])('%s', (_shape, format, text) => {
    expect(drawn(text)).toEqual([drawing]);
    expect(read(text)).toMatchObject({ format, notices: [] });
  });

  // The frame has what Grafana shows, so the error tag it adds is there.
  test.each<[shape: string, text: string]>([
    ['the inspector’s panel data', json({ series: [frameJson], state: 'Done' })],
    ['the inspector’s data frames', json([dataFrameJson])],
    ['an answer of the query API', json({ results: { A: { status: 200, frames: [dataFrameJson] } } })],
    ['one frame', json(frameJson)],
  ])('%s', (_shape, text) => {
    expect(drawn(text)).toEqual([drawing.replace('retry=false}', 'retry=false error=true}')]);
    expect(read(text).format).toBe('trace frames of Grafana');
  });

  it('base64 ids, as Tempo writes them', () => {
    const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
    const text = json({ trace: encodeOtlp(trace) }).replace(
      /"((?:trace|span|parentSpan)Id)":"([0-9a-f]+)"/g,
      (_, key, id) => `"${key}":"${base64(id)}"`
    );
    expect(drawn(text)).toEqual([drawing]);
  });
});

describe('several traces', () => {
  test.each([
    ['Jaeger', json(legacy(trace, other))],
    ['a trace a line', legacy(trace, other).data.map(json).join('\n')],
    ['an answer a line', [trace, other].map((one) => json(encodeLegacy(one))).join('\n')],
    ['OTLP', json({ resourceSpans: blocks(trace, other) })],
    ['the file of a Collector', [trace, other].map((one) => json(encodeOtlp(one))).join('\r\n') + '\r\n'],
    ['a list of one format and another', json([encodeOtlp(trace), ...legacy(other).data])],
    ['one format, then another', [encodeOtlp(trace), encodeLegacy(other)].map(json).join('\n')],
  ])('%s', (_whose, text) => {
    expect(
      read(text)
        .traces.map(({ traceId }) => traceId)
        .sort()
    ).toEqual([...IDS].sort());
    expect(read(text).notices).toEqual([]);
  });

  it('puts the spans of a trace together, from wherever in the file', () => {
    const spans = blocks(trace)[0].scopeSpans[0].spans;
    const lines = spans.map((span) =>
      json({ resourceSpans: [{ ...blocks(trace)[0], scopeSpans: [{ spans: [span] }] }] })
    );
    expect(drawn(lines.join('\n'))).toEqual([drawing]);
    expect(read(lines.join('\n')).traces[0].spans.map(({ resource }) => resource)).toEqual([
      read(lines.join('\n')).traces[0].spans[0].resource,
      read(lines.join('\n')).traces[0].spans[0].resource,
    ]);
  });
});

describe('what is left out is told', () => {
  const line = json(encodeOtlp(trace));
  test.each([
    [
      'a broken line',
      [line, line.slice(0, 100), json(encodeOtlp(other))].join('\n'),
      'One line of 3 could not be read and is left out; the first is line 2, damaged at column 101.',
    ],
    [
      'other signals',
      [json({ resourceMetrics: [] }), line, json({ resourceLogs: [] })].join('\n'),
      '2 entries of 3 hold no spans and are left out; the first is OpenTelemetry metrics, not traces.',
    ],
    [
      'a part of a trace',
      json({ trace: encodeOtlp(trace), status: 'PARTIAL', message: 'too large' }),
      'Tempo answered with a part of this trace only. Tempo said: too large',
    ],
    [
      'a span without an id',
      json(encodeLegacy(trace)).replace('"spanID":"00000000000000b2"', '"spanID":""'),
      'One span of the trace could not be read (no usable span or trace id) and had to be left out.',
    ],
    [
      'an entry that is no body',
      json([encodeOtlp(trace), { hello: 1 }]),
      'One entry of 2 holds no spans and is left out: it is an object with hello.',
    ],
    [
      'an entry beside a trace of Jaeger',
      json([...legacy(trace).data, { hello: 1 }]),
      'One entry of 2 holds no spans and is left out: it is an object with hello.',
    ],
    [
      'the last line of a file that grows',
      [line, json(encodeOtlp(other)).slice(0, 100)].join('\n'),
      'One line of 2 could not be read and is left out; the first is line 2, damaged at column 101.',
    ],
    [
      'a part of a trace, by number',
      json({ trace: encodeOtlp(trace), status: 1 }),
      'Tempo answered with a part of this trace only.',
    ],
  ])('%s', (_what, text, notice) => {
    expect(read(text).notices).toEqual([{ severity: 'warning', text: notice }]);
    expect(read(text).traces.length).toBeGreaterThan(0);
  });
});

describe('bad documents', () => {
  const cut = JSON.stringify(encodeLegacy(trace), null, 1).slice(0, 300);
  test.each<[what: string, text: string, says: RegExp]>([
    ['nothing', ' \n', /^There is nothing in this document\./],
    ['a web page', '<!DOCTYPE html><html><body>Login</body></html>', /^This is a web page/],
    ['a table', 'trace,span,duration\nabc,def,12\n', /^This looks like a table \(CSV\)/],
    ['prose', 'Dear team, have a look', /^This is not JSON: it begins with “Dear team, have a look”/],
    ['a trace id', ` ${IDS[0]}\n`, /^This text is the trace ID “7f3a.*Choose “Trace ID”/],
    ['JSON cut off', cut, /^The JSON breaks off at its end, in line 13, column \d+, after 300 characters/],
    [
      'JSON cut off in one line',
      json(encodeOtlp(trace)).slice(0, -9),
      /^The JSON breaks off at its end, in line 1, column [\d,]+/,
    ],
    ['damaged JSON', '{"data": [\n{"traceID": oops}]}', /^The JSON is damaged at line 2, column 13, before “oops}\]}”/],
    ['an empty list', '[]', /^This JSON holds no trace: it is an empty list\./],
    ['a number', '[1, 2]', /it is a list of 2, beginning with the number 1\./],
    [
      'another object',
      json({ kind: 'Deployment', metadata: {}, spec: {}, status: {}, x: 1 }),
      /it is an object with kind, metadata, spec, status and more\./,
    ],
    ['metrics', json({ resourceMetrics: [] }), /it is OpenTelemetry metrics, not traces\./],
    ['a dashboard', json({ panels: [], schemaVersion: 41 }), /it is a Grafana dashboard\./],
    ['a search of Tempo', json({ traces: [{ traceID: 'ab' }] }), /it is a list of search results of Tempo/],
    ['names of services', json({ data: ['cart', 'shop'], errors: null }), /it is a list of names from Jaeger/],
    [
      'an error of Jaeger',
      json({ data: null, errors: [{ code: 404, msg: 'trace not found' }] }),
      /it is an error message of a server: trace not found\./,
    ],
    [
      'an answer that found nothing',
      json({ data: [], total: 0, errors: null }),
      /^There is no span in this document, which was read as Jaeger JSON\./,
    ],
    [
      'an empty Tempo answer',
      json({ trace: {} }),
      /^There is no span in this document, which was read as a Tempo answer\./,
    ],
    [
      'only metrics a line',
      [{ resourceMetrics: [] }, { resourceLogs: [] }].map(json).join('\n'),
      /it is OpenTelemetry metrics/,
    ],
    [
      'keys of every object',
      '{"__proto__": {"resourceSpans": []}, "constructor": {}}',
      /it is an object with __proto__, constructor\./,
    ],
  ])('%s', (_what, text, says) => {
    expect(sentenceFor(text)).toMatch(says);
  });

  it('a trace whose keys are those of every object', () => {
    const text = json(encodeLegacy(trace))
      .replace('"http.status_code"', '"__proto__"')
      .replace('"p1":', '"constructor":')
      .replace(/"processID":"p1"/g, '"processID":"constructor"');
    expect(drawn(text)).toEqual([drawing.replace('http.status_code', '__proto__')]);
    expect({}).not.toHaveProperty('key');
  });
});

it('yields between parts of a large document', () => {
  const spans = Array.from({ length: 5_000 }, (_, index) => ({
    traceId: IDS[0],
    spanId: (index + 1).toString(16).padStart(16, '0'),
    name: 'work',
  }));
  for (const text of [
    json({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    spans.map((span) => json({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })).join('\n'),
  ]) {
    const steps = readDocument(text, readers);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      count++;
    }
    expect(step.value.traces[0].spans).toHaveLength(5_000);
    expect(count).toBeGreaterThan(4);
  }
});
