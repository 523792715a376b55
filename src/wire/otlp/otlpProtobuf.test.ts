import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace as api, TraceFlags } from '@opentelemetry/api';
import {
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
  JsonTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { assembleTrace } from '../../model/assembleTrace';
import { runAtOnce, SPANS_PER_STEP } from '../../model/cooperative';
import { decodeOtlp } from './decodeOtlp';
import { readOtlpProtobufSteps } from './otlpProtobuf';

/** Spans as the OpenTelemetry SDK makes them; its own serializers write what is read here. */
function recordedSpans(count = 1) {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'checkout', replicas: 3 }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('shop', '1.4.0');
  const parent = api.setSpanContext(ROOT_CONTEXT, {
    traceId: '000102030405060708090a0b0c0d0e0f',
    spanId: 'f0f1f2f3f4f5f6f7',
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
  for (let i = 0; i < count; i++) {
    const span = tracer.startSpan(
      'POST /cart',
      {
        kind: SpanKind.SERVER,
        startTime: [1_772_366_400, 123_456_789],
        links: [
          {
            context: { traceId: 'ffeeddccbbaa99887766554433221100', spanId: '0011223344556677', traceFlags: 1 },
            attributes: { why: 'batch' },
          },
        ],
      },
      parent
    );
    span.setAttributes({
      text: 'ü',
      empty: '',
      no: false,
      int: -7,
      big: 2 ** 40,
      double: 0.25,
      list: ['a', 'b'],
      nan: NaN,
    });
    span.addEvent('retry', { n: 2 }, [1_772_366_400, 200_000_001]);
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'card declined' });
    span.end([1_772_366_401, 5]);
  }
  return exporter.getFinishedSpans();
}

function protobufOf(spans: ReturnType<typeof recordedSpans>): Uint8Array {
  return ProtobufTraceSerializer.serializeRequest(spans) as Uint8Array;
}

function read(bytes: Uint8Array) {
  return runAtOnce(readOtlpProtobufSteps(bytes));
}

/** As the Collector's file exporter puts bodies one after the other. */
function framed(...bodies: Uint8Array[]): Uint8Array {
  return Buffer.concat(
    bodies.flatMap((body) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      return [length, Buffer.from(body)];
    })
  );
}

it('reads from protobuf the trace that the same exporter writes as JSON', () => {
  const spans = recordedSpans();
  const [body] = read(protobufOf(spans)) ?? [];
  const json: unknown = JSON.parse(new TextDecoder().decode(JsonTraceSerializer.serializeRequest(spans)));

  const [fromProtobuf, fromJson] = [body, json].map((each) => decodeOtlp(each, { ids: 'hex' }));
  expect(fromProtobuf.warnings).toEqual([]);
  const [{ attributes, ...span }] = fromProtobuf.spans;
  expect(span).toMatchObject({
    traceId: '000102030405060708090a0b0c0d0e0f',
    parentSpanId: 'f0f1f2f3f4f5f6f7',
    kind: 'server',
    status: { code: 'error', message: 'card declined' },
    startUnixNano: 1_772_366_400_123_456_789n,
    durationNano: 876_543_216,
    scope: { name: 'shop', version: '1.4.0' },
    links: [{ traceId: 'ffeeddccbbaa99887766554433221100', spanId: '0011223344556677' }],
  });
  // JSON.stringify made a null of this one, so only protobuf still has it.
  expect(attributes.get('nan')).toBeNaN();
  expect(assembleTrace(fromProtobuf.spans)).toMatchObject({
    spans: [{ name: fromJson.spans[0].name, events: [{ name: 'retry', time: 76_543_212 }] }],
  });
  const values = ({ spans: [{ attributes: all }] }: typeof fromJson) => all.entries.filter(({ key }) => key !== 'nan');
  expect(values(fromProtobuf)).toEqual(values(fromJson));
});

it('keeps every digit of 64-bit integers, and the bytes of values', () => {
  const value = (field: number, type: WireType, write: (writer: BinaryWriter) => BinaryWriter) =>
    write(new BinaryWriter().tag(field, type)).finish();
  const attribute = (key: string, anyValue: Uint8Array) =>
    new BinaryWriter().tag(1, WireType.LengthDelimited).string(key).tag(2, WireType.LengthDelimited).bytes(anyValue);
  const span = new BinaryWriter();
  span.tag(1, WireType.LengthDelimited).bytes(new Uint8Array(16).fill(0xab));
  span.tag(2, WireType.LengthDelimited).bytes(new Uint8Array(8).fill(0xcd));
  for (const [key, written] of [
    ['least', value(3, WireType.Varint, (writer) => writer.int64(-(2n ** 63n)))],
    ['most', value(3, WireType.Varint, (writer) => writer.int64(2n ** 63n - 1n))],
    ['bytes', value(7, WireType.LengthDelimited, (writer) => writer.bytes(new Uint8Array([0, 255])))],
  ] as const) {
    span.tag(9, WireType.LengthDelimited).bytes(attribute(key, written).finish());
  }
  const wrap = (field: number, inner: Uint8Array) =>
    new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(inner).finish();
  const [body] = read(wrap(1, wrap(2, wrap(2, span.finish())))) ?? [];

  const [{ attributes }] = decodeOtlp(body, { ids: 'hex' }).spans;
  expect(attributes.entries).toEqual([
    { key: 'least', value: -(2n ** 63n) },
    { key: 'most', value: 2n ** 63n - 1n },
    { key: 'bytes', value: { kind: 'bytes', base64: 'AP8=' } },
  ]);
});

it('reads bodies one after the other, each behind its length', () => {
  const [one, two] = [protobufOf(recordedSpans()), protobufOf(recordedSpans(2))];
  expect(read(framed(one, two))).toEqual([...(read(one) ?? []), ...(read(two) ?? [])]);
});

it('gives others a turn while it reads many spans', () => {
  const steps = [...readOtlpProtobufSteps(protobufOf(recordedSpans(2 * SPANS_PER_STEP)))];
  expect(steps).toHaveLength(2);
});

const nested = (depth: number): Uint8Array => {
  let value: Uint8Array = new Uint8Array();
  for (let i = 0; i < depth; i++) {
    const list = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(value).finish();
    value = new BinaryWriter().tag(5, WireType.LengthDelimited).bytes(list).finish();
  }
  return value;
};

it.each<[what: string, bytes: () => Uint8Array]>([
  ['nothing', () => new Uint8Array()],
  ['text', () => new TextEncoder().encode('\n{"resourceSpans": []}')],
  ['a picture', () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])],
  ['a body without spans', () => protobufOf([])],
  ['a body that is cut off', () => protobufOf(recordedSpans()).subarray(0, -3)],
  ['a frame that is cut off', () => framed(protobufOf(recordedSpans())).subarray(0, -1)],
  [
    'metrics',
    () =>
      ProtobufMetricsSerializer.serializeRequest({
        resource: resourceFromAttributes({ 'service.name': 'checkout' }),
        scopeMetrics: [
          {
            scope: { name: 'shop' },
            metrics: [
              {
                descriptor: { name: 'requests', description: '', unit: '1', valueType: 0 },
                aggregationTemporality: 1,
                dataPointType: 3,
                isMonotonic: true,
                dataPoints: [{ startTime: [1, 0], endTime: [2, 0], attributes: {}, value: 3 }],
              },
            ],
          },
        ],
      }) as Uint8Array,
  ],
  ['values nested without end', () => nested(200)],
])('answers nothing for %s', (_, bytes) => {
  expect(read(bytes())).toBeUndefined();
});
