/**
 * OTLP's binary encoding, through the decoder that @opentelemetry/otlp-transformer 0.215 carries (later releases have
 * none). It knows traces only: logs in protobuf are refused with a sentence.
 */
import * as generated from '@opentelemetry/otlp-transformer/build/src/generated/root';
import { MalformedOtlp } from './otlpReader';

interface MessageType {
  decode(body: Uint8Array): unknown;
  toObject(message: unknown, options: { readonly longs: unknown; readonly bytes: unknown }): unknown;
}

/** The package declares its generated root without what is in it. */
interface GeneratedRoot {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: { readonly trace: { readonly v1: { readonly ExportTraceServiceRequest: MessageType } } };
    };
  };
}

const ID_FIELDS = new Set(['traceId', 'spanId', 'parentSpanId']);

/** The request as the JSON encoding would have it: 64-bit integers as texts, ids in hex. */
export function decodeTracesProtobuf(body: Buffer): unknown {
  const type = (generated as unknown as GeneratedRoot).opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
  try {
    const message: unknown = type.toObject(type.decode(body), { longs: String, bytes: String });
    return withHexIds(message);
  } catch (error) {
    throw new MalformedOtlp(
      `the body is no ExportTraceServiceRequest: ${error instanceof Error ? error.message : error}`
    );
  }
}

function withHexIds(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    return ID_FIELDS.has(key) ? Buffer.from(value, 'base64').toString('hex') : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => withHexIds(item));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withHexIds(item, name)]));
  }
  return value;
}
