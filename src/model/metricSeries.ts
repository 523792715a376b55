import type { Attribute } from './attributes';
import type { Nanoseconds } from './time';

/** A point of a series; the time in nanoseconds since the epoch. */
export interface MetricPoint {
  readonly timeUnixNano: bigint;
  /** In the unit of the series. */
  readonly value: number;
}

/** One trace that stands for a point. */
export interface MetricExemplar extends MetricPoint {
  readonly traceId: string;
  readonly spanId?: string;
  readonly labels: readonly Attribute[];
}

/** The label that tells quantiles apart, its value between 0 and 1. */
export const QUANTILE = 'quantile';

/** Numbers over time that belong together, as a store keeps them or as they are computed from traces. */
export interface MetricSeries {
  /** What is measured, as a legend says it, where the labels alone do not tell: `error share`. */
  readonly name?: string;
  /** What tells it from its siblings, in the order of importance: `service.name`, `operation`, `quantile`. */
  readonly labels: readonly Attribute[];
  readonly unit: MetricUnit;
  /** By time, each time once. */
  readonly points: readonly MetricPoint[];
  readonly exemplars: readonly MetricExemplar[];
  /** Between two points; missing for single values. */
  readonly step?: Nanoseconds;
}

/** `nanoseconds` for every duration, whatever the wire had; `share` is between 0 and 1; `number` has no unit. */
export type MetricUnit = 'nanoseconds' | 'per-second' | 'per-minute' | 'share' | 'count' | 'bytes' | 'number';
