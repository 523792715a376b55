import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { liveClock } from './clock';
import { planVisit } from './planVisit';
import { consumeBatch, serveRequest, type QueuedOrder } from './serveRequest';
import { BATCH_SIZE, SHIPMENTS_QUEUE } from './services/shipping';
import { NO_PARENT, type Passage, type World } from './SpanTask';
import { SERVICE_NAMES, type Reply, type ServiceName } from './task';
import { LogShipper } from './telemetry/LogShipper';
import { ShopTelemetry } from './telemetry/serviceTelemetry';
import { visitRequest } from './visitRequest';

export interface LiveShopOptions {
  /** `/v1/traces` and `/v1/logs` are appended. */
  readonly otlpUrl: string;
  readonly logsUrl: string;
  readonly seed: number;
  /** Visits per second. 0: nobody comes on their own. */
  readonly rate: number;
  /** Default: OpenTelemetry's own for OTLP/HTTP at `otlpUrl`. */
  readonly exporter?: SpanExporter;
  readonly complain?: (line: string) => void;
}

export interface LiveShop {
  /** One more visit, now; resolves when the visitor has the answer. */
  visit(): Promise<Reply>;
  /** Closes the doors, waits for visitors inside, sends the last spans and lines. */
  stop(): Promise<void>;
}

const FLUSH_MILLIS = 500;
const propagator = new W3CTraceContextPropagator();

/** Opens the shop: a real HTTP server per service on a loopback port of its own, and visitors. */
export async function startLiveShop(options: LiveShopOptions): Promise<LiveShop> {
  const shop = new Shop(options);
  await shop.open();
  return shop;
}

class Shop implements LiveShop, World {
  readonly telemetry: ShopTelemetry;
  private readonly logs: LogShipper;
  private readonly servers = new Map<ServiceName, http.Server>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly inside = new Set<Promise<unknown>>();
  private queue: QueuedOrder[] = [];
  private visits = 0;

  constructor(private readonly options: LiveShopOptions) {
    const exporter = options.exporter ?? new OTLPTraceExporter({ url: `${options.otlpUrl}/v1/traces` });
    this.telemetry = new ShopTelemetry(
      `${options.seed}/live`,
      () => new BatchSpanProcessor(exporter, { scheduledDelayMillis: FLUSH_MILLIS, maxQueueSize: 20_000 })
    );
    this.logs = new LogShipper(options.logsUrl, options.complain ?? (() => undefined));
  }

  async open(): Promise<void> {
    for (const service of SERVICE_NAMES) {
      const server = http.createServer((request, response) => void this.receive(service, request, response));
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
      this.servers.set(service, server);
    }
    this.timers.push(setInterval(() => void this.logs.flush(), FLUSH_MILLIS));
    if (this.options.rate > 0) {
      this.timers.push(setInterval(() => void this.visit().catch(() => undefined), 1000 / this.options.rate));
    }
  }

  visit(): Promise<Reply> {
    const visit = planVisit(this.options.seed, ++this.visits);
    const passage = { visit, index: 0, path: '', parent: NO_PARENT, clock: liveClock };
    const { method, path } = visitRequest(visit);
    return this.stayInside(this.request('frontend', method, path, passage));
  }

  async stop(): Promise<void> {
    this.timers.splice(0).forEach((timer) => clearInterval(timer));
    while (this.inside.size > 0) {
      await Promise.allSettled(this.inside);
    }
    for (const server of this.servers.values()) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await this.telemetry.shutdown();
    await this.logs.flush();
  }

  log: World['log'] = (record) => this.logs.add(record);

  send: World['send'] = ({ service, method, path }, passage) => this.request(service, method, path, passage);

  enqueue: World['enqueue'] = async (queue, passage) => {
    await this.request('shipping', 'POST', `/queue/${queue}`, passage);
  };

  private async request(service: ServiceName, method: string, path: string, passage: Passage): Promise<Reply> {
    const headers: Record<string, string> = {
      'x-shop-visit': String(passage.visit.number),
      'x-shop-index': String(passage.index),
      'x-shop-path': passage.path,
    };
    propagator.inject(passage.parent, headers, defaultTextMapSetter);
    const address = this.servers.get(service)?.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${address.port}${path}`, { method, headers });
    return { status: response.status, message: await response.text() };
  }

  private async receive(
    service: ServiceName,
    request: http.IncomingMessage,
    response: http.ServerResponse
  ): Promise<void> {
    const passage: Passage = {
      visit: planVisit(this.options.seed, Number(request.headers['x-shop-visit'] ?? 0)),
      index: Number(request.headers['x-shop-index'] ?? 0),
      path: String(request.headers['x-shop-path'] ?? ''),
      parent: propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter),
      clock: liveClock,
    };
    const path = request.url ?? '/';
    const reply =
      path === `/queue/${SHIPMENTS_QUEUE}`
        ? this.accept(passage)
        : await serveRequest(this, service, request.method ?? 'GET', path, passage).catch((error: unknown) => ({
            status: 500,
            message: error instanceof Error ? error.message : 'unknown failure',
          }));
    response.writeHead(reply.status, { 'content-type': 'text/plain' }).end(reply.message);
  }

  /** The queue's own end has no span, as a broker's has none. */
  private accept(passage: Passage): Reply {
    const context = trace.getSpanContext(passage.parent);
    if (context) {
      const attributes = { 'messaging.message.id': `m-${passage.visit.number}` };
      this.queue.push({ visit: passage.visit, link: { context, attributes } });
    }
    if (this.queue.length >= BATCH_SIZE) {
      const orders = this.queue.splice(0);
      const own = { ...passage, path: '/batch', parent: NO_PARENT };
      void this.stayInside(consumeBatch(this, orders, own)).catch(() => undefined);
    }
    return { status: 202, message: 'queued' };
  }

  private stayInside<T>(work: Promise<T>): Promise<T> {
    this.inside.add(work);
    const leave = () => void this.inside.delete(work);
    work.then(leave, leave);
    return work;
  }
}
