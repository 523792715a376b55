import type { Nanoseconds, TimeWindow } from './time';

/** What is counted of requests: of one service, or from one service to another. Whole numbers over the window. */
export interface RequestNumbers {
  readonly calls: number;
  /** Missing where the source does not count errors. */
  readonly errors?: number;
  /** 95 of 100 took no longer; missing where the source does not know durations. */
  readonly p95?: Nanoseconds;
}

/** Who calls whom. */
export interface ServiceCall extends RequestNumbers {
  readonly caller: string;
  readonly callee: string;
}

/** Requests that a service served, whoever sent them. */
export interface ServiceNumbers extends RequestNumbers {
  readonly name: string;
}

/** As a source tells it: pairs may repeat, services may be missing. */
export interface ServiceGraph {
  readonly calls: readonly ServiceCall[];
  /** Where the source knows more of a service than the calls it got; the others are summed up from these. */
  readonly services?: readonly ServiceNumbers[];
  /** In which everything was counted; missing for a sample, of which there is no rate. */
  readonly window?: TimeWindow;
}

/** What can be drawn: each pair once, and every service with its numbers, whatever part of its calls is shown. */
export interface CompleteServiceGraph extends ServiceGraph {
  readonly services: readonly ServiceNumbers[];
}
