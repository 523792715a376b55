import { QUANTILE, type MetricExemplar, type MetricPoint, type MetricSeries } from '../model/metricSeries';
import type { Attribute } from '../model/attributes';
import { nanoseconds, NANOS_PER_SECOND, type Nanoseconds, type TimeWindow } from '../model/time';
import { percentile } from './percentile';

/** One trace of a sample, or one request in it, as far as it is counted. */
export interface Observation {
  readonly traceId: string;
  /** Of the request; missing where a whole trace is counted. */
  readonly spanId?: string;
  readonly startUnixNano: bigint;
  readonly duration: Nanoseconds;
  /** Missing where the store does not tell. */
  readonly isError?: boolean;
}

export interface SampleOptions {
  readonly window: TimeWindow;
  readonly step: Nanoseconds;
  /** On every series. */
  readonly labels?: readonly Attribute[];
}

interface Bucket {
  readonly timeUnixNano: bigint;
  /** The part of the step that lies in the window. */
  readonly covered: Nanoseconds;
  readonly observations: Observation[];
}

const NANOS_PER_MINUTE = 60 * NANOS_PER_SECOND;
/** Of a step that the window covers less of, no rate is told: one trace more or less would make all of it. */
const MIN_COVERED = 1 / 4;
/** Traces that stand for points are there to be clicked: the slowest of a series, no wall of dots. */
const MAX_EXEMPLARS = 12;

/** How many a minute, as samples are small. Steps without any are 0; at the ends of the window, what it covers counts. */
export function rateSeries(observations: readonly Observation[], options: SampleOptions): MetricSeries {
  return seriesOf(observations, options, 'per-minute', ({ covered, observations: found }) =>
    covered < MIN_COVERED * options.step ? NaN : found.length / (covered / NANOS_PER_MINUTE)
  );
}

/** The share of traces with errors; NaN where there is no trace that is known to have some or none. */
export function errorShareSeries(observations: readonly Observation[], options: SampleOptions): MetricSeries {
  const known = observations.filter(({ isError }) => isError !== undefined);
  return seriesOf(known, options, 'share', ({ observations: found }) => {
    return found.filter(({ isError }) => isError).length / found.length;
  });
}

/**
 * A series for each quantile, NaN where there is no trace. The slowest trace of a step stands for it, on the series of the
 * highest quantile, at most a dozen.
 */
export function durationSeries(
  observations: readonly Observation[],
  quantiles: readonly number[],
  options: SampleOptions
): readonly MetricSeries[] {
  const sorted = [...observations].sort((a, b) => a.duration - b.duration);
  const highest = Math.max(...quantiles);
  return quantiles.map((quantile) => {
    const series = seriesOf(sorted, options, 'nanoseconds', ({ observations: found }) =>
      found.length === 0
        ? NaN
        : percentile(
            found.map(({ duration }) => duration),
            Math.round(quantile * 10_000) / 100
          )
    );
    return {
      ...series,
      labels: [...series.labels, { key: QUANTILE, value: quantile }],
      exemplars: quantile === highest ? slowestOfSteps(sorted, options) : [],
    };
  });
}

function seriesOf(
  observations: readonly Observation[],
  options: SampleOptions,
  unit: MetricSeries['unit'],
  valueOf: (bucket: Bucket) => number
): MetricSeries {
  const points = bucketsOf(observations, options).map((bucket): MetricPoint => ({
    timeUnixNano: bucket.timeUnixNano,
    value: valueOf(bucket),
  }));
  return { labels: options.labels ?? [], unit, points, exemplars: [], step: options.step };
}

function slowestOfSteps(sorted: readonly Observation[], options: SampleOptions): MetricExemplar[] {
  const slowest = bucketsOf(sorted, options).flatMap(({ observations }) => observations.at(-1) ?? []);
  const few = new Set([...slowest].sort((a, b) => b.duration - a.duration).slice(0, MAX_EXEMPLARS));
  return slowest
    .filter((observation) => few.has(observation))
    .map(({ startUnixNano, duration, traceId, spanId }) => ({
      timeUnixNano: startUnixNano,
      value: duration,
      traceId,
      ...(spanId !== undefined && { spanId }),
      labels: [],
    }));
}

/** Steps on whole multiples, from the one the window begins in; traces outside of the window count nowhere. */
function bucketsOf(observations: readonly Observation[], { window, step }: SampleOptions): Bucket[] {
  const width = BigInt(Math.max(1, Math.round(step)));
  const first = window.fromUnixNano / width;
  const last = window.toUnixNano / width;
  const buckets: Bucket[] = [];
  for (let index = first; index <= last; index++) {
    const [from, to] = [index * width, (index + 1n) * width];
    const start = from > window.fromUnixNano ? from : window.fromUnixNano;
    const end = to < window.toUnixNano ? to : window.toUnixNano;
    buckets.push({ timeUnixNano: from, covered: nanoseconds(Number(end - start)), observations: [] });
  }
  for (const observation of observations) {
    const index = observation.startUnixNano / width - first;
    if (index >= 0n && index < BigInt(buckets.length)) {
      buckets[Number(index)].observations.push(observation);
    }
  }
  return buckets;
}
