import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type HrTime,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import type { Clock } from './clock';
import type { VisitPlan } from './planVisit';
import type { AttributeMap, Call, Reply, ServiceName, Severity, Task } from './task';
import { formatLogLine } from './telemetry/formatLogLine';
import type { LogRecord } from './telemetry/LogShipper';
import type { ShopTelemetry } from './telemetry/serviceTelemetry';

/** What goes along with a request besides its trace context. */
export interface Passage {
  readonly visit: VisitPlan;
  readonly index: number;
  /** Where in the visit this is; ids follow from it. */
  readonly path: string;
  readonly parent: Context;
  readonly clock: Clock;
}

/** The shop around a task: how requests and messages travel, and where telemetry goes. */
export interface World {
  readonly telemetry: ShopTelemetry;
  log(record: LogRecord): void;
  send(call: Call, passage: Passage): Promise<Reply>;
  enqueue(queue: string, passage: Passage): Promise<void>;
}

interface SpanStart {
  readonly service: ServiceName;
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: AttributeMap;
  readonly links?: Link[];
}

/** A task with its span, in a world. */
export class SpanTask implements Task {
  private children = 0;

  private constructor(
    private readonly world: World,
    private readonly service: ServiceName,
    private readonly passage: Passage,
    private readonly span: Span
  ) {}

  /** Starts the span, runs the work and ends the span whatever happens; an exception is recorded and passed on. */
  static async run<T>(
    world: World,
    passage: Passage,
    { service, name, kind, attributes, links }: SpanStart,
    work: (task: SpanTask) => Promise<T>
  ): Promise<T> {
    world.telemetry.ids.about(`${passage.visit.number}${passage.path}`);
    const startTime = hrTime(passage.clock.nowUnixNano());
    const span = world.telemetry
      .tracer(service)
      .startSpan(name, { kind, attributes: { ...attributes }, links, startTime }, passage.parent);
    const task = new SpanTask(world, service, { ...passage, parent: trace.setSpan(passage.parent, span) }, span);
    try {
      return await work(task);
    } catch (error) {
      task.fail(error instanceof Error ? error.message : String(error), 'Error');
      throw error;
    } finally {
      span.end(hrTime(passage.clock.nowUnixNano()));
    }
  }

  get visit(): VisitPlan {
    return this.passage.visit;
  }

  get index(): number {
    return this.passage.index;
  }

  get spanContext(): SpanContext {
    return this.span.spanContext();
  }

  work(millis: number): Promise<void> {
    return this.passage.clock.wait(millis);
  }

  set(attributes: AttributeMap): void {
    this.span.setAttributes({ ...attributes });
  }

  event(name: string, attributes: AttributeMap = {}): void {
    this.span.addEvent(name, { ...attributes }, hrTime(this.passage.clock.nowUnixNano()));
  }

  fail(message: string, errorType?: string): void {
    this.span.setStatus({ code: SpanStatusCode.ERROR, message });
    if (errorType) {
      this.set({ 'error.type': errorType });
      this.event('exception', {
        'exception.type': errorType,
        'exception.message': message,
        'exception.stacktrace': `${errorType}: ${message}\n    at ${this.service}/handler.ts:42:11\n    at ${this.service}/server.ts:17:5`,
      });
    }
  }

  log(severity: Severity, message: string, fields: AttributeMap = {}): void {
    const { traceId, spanId } = this.spanContext;
    const { line, isIdInText } = formatLogLine(this.service, severity, message, fields, { traceId, spanId });
    const timeUnixNano = this.passage.clock.nowUnixNano();
    this.world.log({
      timeUnixNano,
      service: this.service,
      severity,
      line,
      ...(!isIdInText && { ids: { traceId, spanId } }),
    });
  }

  step<T>(name: string, attributes: AttributeMap, run: (step: Task) => Promise<T>): Promise<T> {
    const start = { service: this.service, name, kind: SpanKind.INTERNAL, attributes };
    return SpanTask.run(this.world, this.nextPassage(), start, run);
  }

  call(call: Call): Promise<Reply> {
    const start = {
      service: this.service,
      name: `${call.method} ${call.route}`,
      kind: SpanKind.CLIENT,
      attributes: { 'http.request.method': call.method, 'server.address': call.service, 'url.path': call.path },
    };
    return SpanTask.run(this.world, { ...this.nextPassage(), index: call.index ?? 0 }, start, async (client) => {
      const reply = await this.world.send(call, client.nextPassage());
      client.set({ 'http.response.status_code': reply.status });
      // A client's span fails on 4xx too (semantic conventions for HTTP).
      if (reply.status >= 400) {
        client.set({ 'error.type': String(reply.status) });
        client.fail(reply.message);
      }
      return reply;
    });
  }

  async all<T>(branches: ReadonlyArray<(branch: Task) => Promise<T>>): Promise<T[]> {
    const forks = branches.map((_, index) => {
      const clock = this.passage.clock.fork();
      return { clock, path: `${this.nextPassage().path}~${index}` };
    });
    const results = await Promise.all(
      branches.map((run, index) =>
        run(new SpanTask(this.world, this.service, { ...this.passage, ...forks[index] }, this.span))
      )
    );
    this.passage.clock.join(forks.map(({ clock }) => clock));
    return results;
  }

  publish(queue: string): Promise<void> {
    const attributes = {
      'messaging.system': 'shop-queue',
      'messaging.operation.type': 'send',
      'messaging.destination.name': queue,
    };
    const start = { service: this.service, name: `send ${queue}`, kind: SpanKind.PRODUCER, attributes };
    return SpanTask.run(this.world, this.nextPassage(), start, (producer) =>
      this.world.enqueue(queue, producer.nextPassage())
    );
  }

  private nextPassage(): Passage {
    this.children++;
    return { ...this.passage, path: `${this.passage.path}/${this.children}` };
  }
}

/** No parent: the beginning of a trace. */
export const NO_PARENT = ROOT_CONTEXT;

function hrTime(unixNano: bigint): HrTime {
  return [Number(unixNano / 1_000_000_000n), Number(unixNano % 1_000_000_000n)];
}
