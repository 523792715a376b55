import { ExportResultCode } from '@opentelemetry/core';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { startStore, type Store } from '../workbench/store/startStore';
import { startLiveShop } from './startLiveShop';
import { writePastVisits } from './writePastVisits';

const END = 1_772_366_400_000_000_000n;
const FROM = '2026-03-01T00:00:00Z';
const TO = '2026-03-02T00:00:00Z';

/** OpenTelemetry's exporter loads node:http with a dynamic import, which Jest's modules refuse. */
function exporterTo(url: string): SpanExporter {
  const send = async (body: Uint8Array | undefined) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(body ?? []),
    });
    if (!response.headers.get('content-type')?.includes('application/json')) {
      throw new Error(`${response.status} without JSON`);
    }
  };
  return {
    export: (spans, done) =>
      void send(JsonTraceSerializer.serializeRequest(spans)).then(
        () => done({ code: ExportResultCode.SUCCESS }),
        (error: Error) => done({ code: ExportResultCode.FAILED, error })
      ),
    shutdown: async () => undefined,
  };
}

function targets(seed: number) {
  const { otlpUrl } = store;
  return { otlpUrl, logsUrl: otlpUrl, seed, exporter: exporterTo(`${otlpUrl}/v1/traces`) };
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly links?: ReadonlyArray<{ readonly traceId: string; readonly spanId: string }>;
  readonly attributes: readonly Attribute[];
}

let store: Store;

beforeEach(async () => {
  store = await startStore();
});

afterEach(() => store.close());

async function readSpans(from: string, to: string): Promise<Span[]> {
  const query = `query.startTimeMin=${from}&query.startTimeMax=${to}&query.searchDepth=5000`;
  const response = await fetch(`${store.url}/api/v3/traces?${query}`);
  const body = await response.json();
  return body.result.resourceSpans.flatMap((resource: { scopeSpans: Array<{ spans: Span[] }> }) =>
    resource.scopeSpans.flatMap(({ spans }) => spans)
  );
}

async function readLines(): Promise<Array<{ line: string; metadata: Record<string, string> }>> {
  const query = encodeURIComponent('{service_name=~".+"}');
  const range = `start=0000000000001&end=9000000000000000000`;
  const response = await fetch(`${store.lokiUrl}/loki/api/v1/query_range?limit=5000&${range}&query=${query}`, {
    headers: { 'x-loki-response-encoding-flags': 'categorize-labels' },
  });
  const body = await response.json();
  return body.data.result.flatMap(
    (stream: { values: Array<[string, string, { structuredMetadata: Record<string, string> }]> }) =>
      stream.values.map(([, line, { structuredMetadata }]) => ({ line, metadata: structuredMetadata }))
  );
}

describe('past visits', () => {
  const write = (seed: number) => writePastVisits({ ...targets(seed), count: 60, hours: 6, endUnixNano: END });

  it('are the same for the same seed, to the last id and nanosecond', async () => {
    await write(7);
    const first = await readSpans(FROM, TO);
    await store.close();
    store = await startStore();
    await write(7);
    expect(await readSpans(FROM, TO)).toEqual(first);
  });

  it('lie within the hours before the end', async () => {
    await write(7);
    const spans = await readSpans(FROM, TO);
    const starts = spans.map(({ startTimeUnixNano }) => BigInt(startTimeUnixNano));
    const earliest = starts.reduce((a, b) => (a < b ? a : b));
    const latest = starts.reduce((a, b) => (a > b ? a : b));
    expect(earliest).toBeGreaterThanOrEqual(END - 6n * 3_600_000_000_000n);
    expect(latest).toBeLessThan(END);
    expect(latest - earliest).toBeGreaterThan(5n * 3_600_000_000_000n);
  });

  it('are whole: unique span ids, every parent present and around its children', async () => {
    await write(7);
    const spans = await readSpans(FROM, TO);
    const byId = new Map(spans.map((span) => [`${span.traceId}/${span.spanId}`, span]));
    expect(byId.size).toBe(spans.length);
    for (const span of spans.filter(({ parentSpanId }) => parentSpanId)) {
      const parent = byId.get(`${span.traceId}/${span.parentSpanId}`);
      expect(parent).toBeDefined();
      expect(BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(parent!.startTimeUnixNano));
      expect(BigInt(span.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(parent!.endTimeUnixNano));
    }
  });

  it('ship three orders at a time, in a trace of its own that links to the sender of each', async () => {
    await write(7);
    const spans = await readSpans(FROM, TO);
    const batches = spans.filter(({ name }) => name === 'process shipments');
    expect(batches.length).toBeGreaterThan(3);
    const senders = new Map(spans.filter(({ kind }) => kind === 4).map((span) => [span.spanId, span.traceId]));
    for (const { links = [], parentSpanId, traceId } of batches) {
      expect(parentSpanId).toBeUndefined();
      expect(links).toHaveLength(3);
      for (const link of links) {
        expect(senders.get(link.spanId)).toBe(link.traceId);
        expect(link.traceId).not.toBe(traceId);
      }
    }
  });

  it('name their trace in the line or beside it, never both, and always one that exists', async () => {
    await write(7);
    const traceIds = new Set((await readSpans(FROM, TO)).map(({ traceId }) => traceId));
    const lines = await readLines();
    const inText = lines.filter(({ line }) => /trace_?id/i.test(line));
    expect(inText.length).toBeGreaterThan(10);
    expect(lines.length - inText.length).toBeGreaterThan(10);
    for (const { line, metadata } of lines) {
      const named = /trace_?id"?[=:]"?([0-9a-f]{32})/i.exec(line)?.[1];
      expect([named, metadata.trace_id].filter((id) => id !== undefined)).toHaveLength(1);
      expect(traceIds).toContain(named ?? metadata.trace_id);
    }
  });

  it('that cannot be sent say where to', async () => {
    const nowhere = 'http://127.0.0.1:9';
    const attempt = writePastVisits({ ...targets(7), otlpUrl: nowhere, exporter: exporterTo(nowhere), count: 1 });
    await expect(attempt).rejects.toThrow(/^Past traces cannot be sent to http:\/\/127\.0\.0\.1:9: /);
  });
});

describe('the open shop', () => {
  it('answers visitors over HTTP and sends every visit as one whole trace; the same seed gives the same spans', async () => {
    const shapes: string[][] = [];
    for (const run of [1, 2]) {
      const shop = await startLiveShop({ ...targets(7), rate: 0 });
      const replies = [];
      for (let visit = 0; visit < 4; visit++) {
        replies.push((await shop.visit()).status);
      }
      await shop.stop();
      const minute = 60_000;
      const spans = await readSpans(
        new Date(Date.now() - 10 * minute).toISOString(),
        new Date(Date.now() + minute).toISOString()
      );
      const ids = new Set(spans.map(({ spanId }) => spanId));
      expect(spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId))).toEqual([]);
      shapes.push([
        replies.join(),
        ...spans
          .map(({ traceId, spanId, parentSpanId, name }) => [traceId, parentSpanId, spanId, name].join(' '))
          .sort(),
      ]);
      if (run === 1) {
        await store.close();
        store = await startStore();
      }
    }
    expect(shapes[0].length).toBeGreaterThan(20);
    expect(shapes[1]).toEqual(shapes[0]);
  }, 60_000);
});
