/** OTLP/HTTP: `POST /v1/traces` and `/v1/logs`, JSON or protobuf, plain or gzip, as an OpenTelemetry Collector takes them. */
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeTracesProtobuf } from './decodeProtobuf';
import type { GenerationFeatures } from './generations';
import type { LogStore } from './LogStore';
import { MalformedOtlp } from './otlpReader';
import { readOtlpLogs } from './readOtlpLogs';
import { readOtlpTraces } from './readOtlpTraces';
import { sanitizeSpans } from './sanitizeSpans';
import type { TraceStore } from './TraceStore';

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const GRPC_INVALID_ARGUMENT = 3;

export function registerOtlpRoutes(
  app: FastifyInstance,
  traces: TraceStore,
  logs: LogStore,
  { sanitizes }: GenerationFeatures
): void {
  app.post('/v1/traces', { bodyLimit: MAX_BODY_BYTES }, (request, reply) =>
    ingest(request, reply, decodeTracesProtobuf, (body) => {
      // A collector drops what has no ids; nothing could ever find it.
      const spans = readOtlpTraces(body).filter(({ traceId, spanId }) => traceId !== '' && spanId !== '');
      traces.add(sanitizes ? sanitizeSpans(spans) : spans);
    })
  );
  // Loki has the route below /otlp, a Collector at the root.
  for (const path of ['/v1/logs', '/otlp/v1/logs']) {
    app.post(path, { bodyLimit: MAX_BODY_BYTES }, (request, reply) =>
      ingest(request, reply, undefined, (body) => logs.add(readOtlpLogs(body)))
    );
  }
}

async function ingest(
  request: FastifyRequest,
  reply: FastifyReply,
  decodeProtobuf: ((body: Buffer) => unknown) | undefined,
  store: (body: unknown) => void
): Promise<FastifyReply> {
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  try {
    const body = plainBody(request);
    if (mediaType === 'application/json') {
      store(parseJson(body));
      return reply.send({ partialSuccess: {} });
    }
    if (mediaType === 'application/x-protobuf' && decodeProtobuf) {
      store(decodeProtobuf(body));
      // An empty message is the whole of a successful answer.
      return reply.header('content-type', 'application/x-protobuf').send(Buffer.alloc(0));
    }
  } catch (error) {
    if (error instanceof MalformedOtlp) {
      return reply.code(400).send({ code: GRPC_INVALID_ARGUMENT, message: error.message });
    }
    throw error;
  }
  const supported = decodeProtobuf ? '[application/json, application/x-protobuf]' : '[application/json]';
  return reply
    .code(415)
    .header('content-type', 'text/plain; charset=utf-8')
    .send(`415 unsupported media type, supported: ${supported}`);
}

function plainBody(request: FastifyRequest): Buffer {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (request.headers['content-encoding'] !== 'gzip') {
    return body;
  }
  try {
    return gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    throw new MalformedOtlp(`the body is not gzip: ${error instanceof Error ? error.message : error}`);
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new MalformedOtlp(`the body is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
