import { trace } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { PastClock } from './clock';
import { planVisit } from './planVisit';
import { Random } from './random';
import { consumeBatch, serveRequest, type QueuedOrder } from './serveRequest';
import { BATCH_SIZE } from './services/shipping';
import { NO_PARENT, type Passage, type World } from './SpanTask';
import { LogShipper } from './telemetry/LogShipper';
import { ShopTelemetry } from './telemetry/serviceTelemetry';
import { visitRequest } from './visitRequest';

export interface PastOptions {
  /** `/v1/traces` and `/v1/logs` are appended. */
  readonly otlpUrl: string;
  readonly logsUrl: string;
  readonly seed: number;
  /** How many visits. */
  readonly count: number;
  /** Over how many hours up to the end they are spread; default 6. */
  readonly hours?: number;
  /** When the past ends; default now. */
  readonly endUnixNano?: bigint;
  /** Default: OpenTelemetry's own for OTLP/HTTP at `otlpUrl`. */
  readonly exporter?: SpanExporter;
}

const SPANS_PER_EXPORT = 2_000;
const NANOS_PER_SECOND = 1_000_000_000n;

/** Writes visits that never were, at once, with times spread over the last hours. Rejects when they cannot be sent. */
export async function writePastVisits({
  otlpUrl,
  logsUrl,
  seed,
  count,
  hours = 6,
  endUnixNano,
  exporter = new OTLPTraceExporter({ url: `${otlpUrl}/v1/traces` }),
}: PastOptions): Promise<void> {
  const failures: string[] = [];
  const logs = new LogShipper(logsUrl, (line) => failures.push(line));
  const spans: ReadableSpan[] = [];
  const world = new PastWorld(seed, spans, logs);
  const end = endUnixNano ?? BigInt(Date.now()) * 1_000_000n;
  const gap = count > 0 ? (BigInt(Math.round(hours * 3600)) * NANOS_PER_SECOND) / BigInt(count) : 0n;
  try {
    for (let number = 1; number <= count; number++) {
      await world.visit(number, end - gap * BigInt(count - number + 1));
      if (spans.length >= SPANS_PER_EXPORT) {
        await exportSpans(exporter, spans.splice(0), otlpUrl);
        await logs.flush();
      }
    }
    await exportSpans(exporter, spans.splice(0), otlpUrl);
    await logs.flush();
  } finally {
    await exporter.shutdown();
  }
  if (failures.length > 0) {
    throw new Error(failures[0]);
  }
}

function exportSpans(exporter: SpanExporter, spans: ReadableSpan[], otlpUrl: string): Promise<void> {
  if (spans.length === 0) {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    exporter.export(spans, ({ code, error }) =>
      code === ExportResultCode.SUCCESS
        ? resolve()
        : reject(new Error(`Past traces cannot be sent to ${otlpUrl}: ${error?.message ?? 'unknown reason'}`))
    );
  });
}

/** Requests are answered in place and the clock is moved by hand. */
class PastWorld implements World {
  readonly telemetry: ShopTelemetry;
  private queue: QueuedOrder[] = [];

  constructor(
    private readonly seed: number,
    spans: ReadableSpan[],
    private readonly logs: LogShipper
  ) {
    this.telemetry = new ShopTelemetry(`${seed}/past`, () => ({
      onStart: () => undefined,
      onEnd: (span) => void spans.push(span),
      forceFlush: async () => undefined,
      shutdown: async () => undefined,
    }));
  }

  log: World['log'] = (record) => this.logs.add(record);

  async visit(number: number, startUnixNano: bigint): Promise<void> {
    const visit = planVisit(this.seed, number);
    const { method, path } = visitRequest(visit);
    // Visitors do not come on the beat.
    const jitterMs = Random.about(this.seed, 'arrival', number).next() * 2000;
    const clock = new PastClock(startUnixNano);
    await clock.wait(jitterMs);
    await serveRequest(this, 'frontend', method, path, { visit, index: 0, path: '', parent: NO_PARENT, clock });
  }

  send: World['send'] = async ({ service, method, path }, passage) => {
    const wire = Random.about(this.seed, 'wire', passage.visit.number, passage.path);
    await passage.clock.wait(0.2 + wire.next());
    const reply = await serveRequest(this, service, method, path, passage);
    await passage.clock.wait(0.2 + wire.next());
    return reply;
  };

  enqueue: World['enqueue'] = async (_queue, passage) => {
    await passage.clock.wait(0.4);
    const link = {
      context: trace.getSpanContext(passage.parent)!,
      attributes: { 'messaging.message.id': `m-${passage.visit.number}` },
    };
    this.queue.push({ visit: passage.visit, link });
    if (this.queue.length >= BATCH_SIZE) {
      await this.ship(this.queue.splice(0), passage);
    }
  };

  private async ship(orders: readonly QueuedOrder[], { visit, clock }: Passage): Promise<void> {
    const later = clock.fork();
    await later.wait(15);
    await consumeBatch(this, orders, { visit, index: 0, path: '/batch', parent: NO_PARENT, clock: later });
  }
}
