/**
 * OTLP as protobuf → the same as OTLP's JSON, for files of exporters and of the Collector: one `TracesData` (an
 * `ExportTraceServiceRequest` has the same fields), or several, each after its length in four bytes, as the Collector's
 * file exporter writes them with `format: proto`
 * (opentelemetry-collector-contrib v0.130, exporter/fileexporter/file_writer.go, `exportMessageAsBuffer`).
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import type { JsonObject } from '../read';
import { SPAN_ID_BYTES, TRACE_ID_BYTES } from './otlpIds';

/** How a value is written, and what OTLP's JSON makes of it: ids are hex there, other bytes base64. */
type Scalar = 'string' | 'hex' | 'base64' | 'int64' | 'fixed64' | 'fixed32' | 'enum' | 'double' | 'bool';

interface Field {
  readonly name: string;
  readonly type: Scalar | (() => Message);
  readonly isList?: boolean;
}

/** Fields by number. */
type Message = ReadonlyMap<number, Field>;

/** Fields that are not named here are passed over, as every reader of protobuf does. */
function message(fields: Readonly<Record<number, Field>>): Message {
  return new Map(Object.entries(fields).map(([number, field]) => [Number(number), field]));
}

function one(name: string, type: Field['type']): Field {
  return { name, type };
}

function many(name: string, type: Field['type']): Field {
  return { name, type, isList: true };
}

// https://github.com/open-telemetry/opentelemetry-proto/blob/v1.9.0/opentelemetry/proto/common/v1/common.proto
const ANY_VALUE: Message = message({
  1: one('stringValue', 'string'),
  2: one('boolValue', 'bool'),
  3: one('intValue', 'int64'),
  4: one('doubleValue', 'double'),
  5: one('arrayValue', () => ARRAY_VALUE),
  6: one('kvlistValue', () => KEY_VALUE_LIST),
  7: one('bytesValue', 'base64'),
});
const ARRAY_VALUE = message({ 1: many('values', () => ANY_VALUE) });
const KEY_VALUE = message({ 1: one('key', 'string'), 2: one('value', () => ANY_VALUE) });
const KEY_VALUE_LIST = message({ 1: many('values', () => KEY_VALUE) });
const SCOPE = message({
  1: one('name', 'string'),
  2: one('version', 'string'),
  3: many('attributes', () => KEY_VALUE),
});

// https://github.com/open-telemetry/opentelemetry-proto/blob/v1.9.0/opentelemetry/proto/resource/v1/resource.proto
const RESOURCE = message({ 1: many('attributes', () => KEY_VALUE) });

// https://github.com/open-telemetry/opentelemetry-proto/blob/v1.9.0/opentelemetry/proto/trace/v1/trace.proto
const EVENT = message({
  1: one('timeUnixNano', 'fixed64'),
  2: one('name', 'string'),
  3: many('attributes', () => KEY_VALUE),
});
const LINK = message({
  1: one('traceId', 'hex'),
  2: one('spanId', 'hex'),
  3: one('traceState', 'string'),
  4: many('attributes', () => KEY_VALUE),
});
const STATUS = message({ 2: one('message', 'string'), 3: one('code', 'enum') });
const SPAN = message({
  1: one('traceId', 'hex'),
  2: one('spanId', 'hex'),
  3: one('traceState', 'string'),
  4: one('parentSpanId', 'hex'),
  5: one('name', 'string'),
  6: one('kind', 'enum'),
  7: one('startTimeUnixNano', 'fixed64'),
  8: one('endTimeUnixNano', 'fixed64'),
  9: many('attributes', () => KEY_VALUE),
  11: many('events', () => EVENT),
  13: many('links', () => LINK),
  15: one('status', () => STATUS),
  16: one('flags', 'fixed32'),
});
const SCOPE_SPANS = message({ 1: one('scope', () => SCOPE), 2: many('spans', () => SPAN) });
const RESOURCE_SPANS = message({ 1: one('resource', () => RESOURCE), 2: many('scopeSpans', () => SCOPE_SPANS) });
const TRACES = message({ 1: many('resourceSpans', () => RESOURCE_SPANS) });

/** What lists spans, however many: read in steps. */
const CONTAINERS: ReadonlySet<Message> = new Set([TRACES, RESOURCE_SPANS, SCOPE_SPANS]);

/** As deep as protobuf's own parsers go. */
const MAX_DEPTH = 100;

const FRAME_HEADER_BYTES = 4;

/**
 * The bodies in a file; undefined when its bytes are no OTLP protobuf with spans in it. Protobuf has no mark of its own,
 * and metrics and logs look alike: what tells them apart is that every span has ids of the right length.
 */
export function* readOtlpProtobufSteps(bytes: Uint8Array): Steps<readonly JsonObject[] | undefined> {
  try {
    const bodies: JsonObject[] = [];
    for (const frame of splitFrames(bytes) ?? [bytes]) {
      bodies.push(yield* readContainerSteps(new BinaryReader(frame), frame.length, TRACES));
    }
    return hasOnlySpans(bodies) ? bodies : undefined;
  } catch {
    // The reader throws on whatever cannot be protobuf, and there is nothing to tell of bytes that are something else.
    return undefined;
  }
}

/** Undefined when the bytes are not a row of frames to the last one. */
function splitFrames(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Uint8Array[] = [];
  let at = 0;
  while (at + FRAME_HEADER_BYTES <= bytes.length) {
    const from = at + FRAME_HEADER_BYTES;
    at = from + view.getUint32(at);
    frames.push(bytes.subarray(from, at));
  }
  return at === bytes.length ? frames : undefined;
}

function* readContainerSteps(reader: BinaryReader, end: number, fields: Message): Steps<JsonObject> {
  const result: Record<string, unknown> = {};
  for (let read = 1; reader.pos < end; read++) {
    const field = readTag(reader, fields);
    if (field === undefined) {
      continue;
    }
    const nested = typeof field.type === 'function' ? field.type() : undefined;
    const value =
      nested !== undefined && CONTAINERS.has(nested)
        ? yield* readContainerSteps(reader, endOfNested(reader, end), nested)
        : readValue(reader, field, end, MAX_DEPTH);
    put(result, field, value);
    if (read % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return closed(reader, end, result);
}

function readMessage(reader: BinaryReader, end: number, fields: Message, depth: number): JsonObject {
  if (depth === 0) {
    throw new RangeError('nested too deep');
  }
  const result: Record<string, unknown> = {};
  while (reader.pos < end) {
    const field = readTag(reader, fields);
    if (field !== undefined) {
      put(result, field, readValue(reader, field, end, depth));
    }
  }
  return closed(reader, end, result);
}

/** The field that comes next; one that is not known is passed over. */
function readTag(reader: BinaryReader, fields: Message): Field | undefined {
  const [number, wireType] = reader.tag();
  const field = fields.get(number);
  if (field === undefined) {
    reader.skip(wireType, number);
    return undefined;
  }
  if (wireType !== wireTypeOf(field.type)) {
    throw new TypeError(`${field.name} is written as something else`);
  }
  return field;
}

function wireTypeOf(type: Field['type']): WireType {
  switch (type) {
    case 'int64':
    case 'enum':
    case 'bool':
      return WireType.Varint;
    case 'fixed64':
    case 'double':
      return WireType.Bit64;
    case 'fixed32':
      return WireType.Bit32;
    default:
      return WireType.LengthDelimited;
  }
}

function readValue(reader: BinaryReader, { type }: Field, end: number, depth: number): unknown {
  switch (type) {
    case 'string':
      return reader.string();
    case 'hex':
      return toHex(reader.bytes());
    case 'base64':
      return toBase64(reader.bytes());
    // 64-bit integers are text in JSON, where numbers end at 2^53.
    case 'int64':
      return String(reader.int64());
    case 'fixed64':
      return String(reader.fixed64());
    case 'fixed32':
      return reader.fixed32();
    case 'enum':
      return reader.int32();
    case 'double':
      return doubleInJson(reader.double());
    case 'bool':
      return reader.bool();
    default:
      return readMessage(reader, endOfNested(reader, end), type(), depth - 1);
  }
}

function endOfNested(reader: BinaryReader, end: number): number {
  const length = reader.uint32();
  if (reader.pos + length > end) {
    throw new RangeError('longer than what it stands in');
  }
  return reader.pos + length;
}

function closed(reader: BinaryReader, end: number, result: JsonObject): JsonObject {
  if (reader.pos !== end) {
    throw new RangeError('longer than what it stands in');
  }
  return result;
}

function put(result: Record<string, unknown>, { name, isList }: Field, value: unknown): void {
  if (!isList) {
    result[name] = value;
    return;
  }
  const list = result[name] as unknown[] | undefined;
  if (list === undefined) {
    result[name] = [value];
  } else {
    list.push(value);
  }
}

/** JSON has no NaN and no infinities; protobuf's JSON writes their names. */
function doubleInJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

const HEX_BY_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) {
    hex += HEX_BY_BYTE[byte];
  }
  return hex;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

interface ReadBody {
  readonly resourceSpans?: ReadonlyArray<{
    readonly scopeSpans?: ReadonlyArray<{ readonly spans?: ReadonlyArray<{ traceId?: string; spanId?: string }> }>;
  }>;
}

function hasOnlySpans(bodies: readonly ReadBody[]): boolean {
  const spans = bodies
    .flatMap(({ resourceSpans = [] }) => resourceSpans)
    .flatMap(({ scopeSpans = [] }) => scopeSpans)
    .flatMap(({ spans = [] }) => spans);
  return (
    spans.length > 0 &&
    spans.every(({ traceId, spanId }) => traceId?.length === TRACE_ID_BYTES * 2 && spanId?.length === SPAN_ID_BYTES * 2)
  );
}
