import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { SpanKind, SpanStatusCode, trace, ROOT_CONTEXT } from '@opentelemetry/api';
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { ZipkinExporter } from './ZipkinExporter';

let server: Server;
let answer = 202;
const posted: Array<{ readonly path: string | undefined; readonly body: string }> = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    posted.push({ path: request.url, body: Buffer.concat(chunks).toString() });
    response.writeHead(answer).end(answer === 202 ? '' : 'the storage is full');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
  posted.length = 0;
  answer = 202;
});

function recordedSpans(): ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'cart' }),
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: (span) => void spans.push(span),
        forceFlush: async () => undefined,
        shutdown: async () => undefined,
      },
    ],
  });
  const tracer = provider.getTracer('shop', '1.0.0');
  const client = tracer.startSpan(
    'GET /stock',
    { kind: SpanKind.CLIENT, attributes: { 'server.address': 'stock', retries: 2 }, startTime: [1_772_366_400, 1_000] },
    ROOT_CONTEXT
  );
  const work = tracer.startSpan('parse', { startTime: [1_772_366_400, 3_000] }, trace.setSpan(ROOT_CONTEXT, client));
  work.setStatus({ code: SpanStatusCode.ERROR, message: 'no JSON' });
  work.end([1_772_366_400, 8_000]);
  client.addEvent('retry', { delay: 5 }, [1_772_366_400, 6_000]);
  client.end([1_772_366_400, 12_000]);
  return spans;
}

function send(spans: ReadableSpan[]): Promise<ExportResult> {
  const { port } = server.address() as AddressInfo;
  const exporter = new ZipkinExporter(`http://127.0.0.1:${port}`);
  return new Promise((resolve) => exporter.export(spans, resolve));
}

it("sends spans in Zipkin's JSON, which keeps what its own exporter for OpenTelemetry would drop", async () => {
  expect(await send(recordedSpans())).toEqual({ code: ExportResultCode.SUCCESS });
  expect(posted.map(({ path }) => path)).toEqual(['/api/v2/spans']);
  const [work, client] = JSON.parse(posted[0].body);
  expect(client).toMatchObject({
    kind: 'CLIENT',
    name: 'GET /stock',
    timestamp: 1_772_366_400_000_001,
    duration: 11,
    localEndpoint: { serviceName: 'cart' },
    remoteEndpoint: { serviceName: 'stock' },
    annotations: [{ timestamp: 1_772_366_400_000_006, value: '"retry": {"delay":5}' }],
    tags: { retries: '2', 'otel.scope.name': 'shop' },
  });
  expect(work).toMatchObject({
    traceId: client.traceId,
    parentId: client.id,
    duration: 5,
    tags: { error: 'no JSON', 'otel.status_code': 'ERROR' },
  });
  expect(work.kind).toBeUndefined();
});

it('tells why a server took nothing', async () => {
  answer = 507;
  const { code, error } = await send(recordedSpans());
  expect(code).toBe(ExportResultCode.FAILED);
  expect(error?.message).toMatch(/^http:\/\/127\.0\.0\.1:\d+ answered 507: the storage is full$/);
});
