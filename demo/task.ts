import type { VisitPlan } from './planVisit';

export type AttributeMap = Readonly<Record<string, string | number | boolean | string[]>>;

export type Severity = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export const SERVICE_NAMES = ['frontend', 'checkout', 'inventory', 'payment', 'email', 'shipping'] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** What a service answers: a status of HTTP and a short word about it. */
export interface Reply {
  readonly status: number;
  readonly message: string;
}

/** Where a request goes; `route` is the template that names the server's span, `path` what is really asked for. */
export interface Call {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST';
  readonly route: string;
  readonly path: string;
  /** Which item or attempt of the visit this is about. */
  readonly index?: number;
}

/**
 * One span being worked on. Services are written against this alone, so the same code runs over real HTTP and real
 * time, or instantly in a past that never was.
 */
export interface Task {
  readonly visit: VisitPlan;
  /** The call's `index`; 0 without. */
  readonly index: number;
  /** Takes so long. */
  work(millis: number): Promise<void>;
  set(attributes: AttributeMap): void;
  event(name: string, attributes?: AttributeMap): void;
  /** Marks the span as failed; an error type adds an exception event. */
  fail(message: string, errorType?: string): void;
  log(severity: Severity, message: string, fields?: AttributeMap): void;
  /** A step inside this service. */
  step<T>(name: string, attributes: AttributeMap, run: (step: Task) => Promise<T>): Promise<T>;
  /** A request to another service: a span on each side. */
  call(call: Call): Promise<Reply>;
  /** All at the same time. */
  all<T>(branches: ReadonlyArray<(branch: Task) => Promise<T>>): Promise<T[]>;
  /** Hands the visit's order to the shipping queue and does not wait. */
  publish(queue: string): Promise<void>;
}

/** Handles a request that came in. */
export type Handler = (task: Task) => Promise<Reply>;

/** By `METHOD route`. */
export type Routes = ReadonlyMap<string, Handler>;
