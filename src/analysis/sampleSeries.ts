import { QUANTILE, type MetricExemplar, type MetricPoint, type MetricSeries } from '../model/metricSeries';
import type { Attribute } from '../model/attributes';
import { NANOS_PER_SECOND, type Nanoseconds, type TimeWindow } from '../model/time';
import { percentile } from './percentile';

/** One trace of a sample, as far as it is counted. */
export interface Observation {
  readonly traceId: string;
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
  readonly observations: Observation[];
}

/** Traces per second. Steps without a trace are 0. */
export function rateSeries(observations: readonly Observation[], options: SampleOptions): MetricSeries {
  const seconds = options.step / NANOS_PER_SECOND;
  return seriesOf(observations, options, 'per-second', (bucket) => bucket.observations.length / seconds);
}

/** The share of traces with errors; NaN where there is no trace that is known to have some or none. */
export function errorShareSeries(observations: readonly Observation[], options: SampleOptions): MetricSeries {
  const known = observations.filter(({ isError }) => isError !== undefined);
  return seriesOf(known, options, 'share', ({ observations: found }) => {
    return found.filter(({ isError }) => isError).length / found.length;
  });
}

/**
 * A series for each quantile, NaN where there is no trace. The slowest trace of each step stands for it, on the series of
 * the highest quantile.
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
      exemplars: quantile === highest ? slowestOfEach(sorted, options) : [],
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

function slowestOfEach(sorted: readonly Observation[], options: SampleOptions): MetricExemplar[] {
  return bucketsOf(sorted, options).flatMap(({ observations }) => {
    const slowest = observations.at(-1);
    return slowest === undefined
      ? []
      : [
          {
            timeUnixNano: slowest.startUnixNano,
            value: slowest.duration,
            traceId: slowest.traceId,
            labels: [],
          },
        ];
  });
}

/** Steps on whole multiples, from the one the window begins in; traces outside of the window count nowhere. */
function bucketsOf(observations: readonly Observation[], { window, step }: SampleOptions): Bucket[] {
  const width = BigInt(Math.max(1, Math.round(step)));
  const first = window.fromUnixNano / width;
  const last = window.toUnixNano / width;
  const buckets: Bucket[] = [];
  for (let index = first; index <= last; index++) {
    buckets.push({ timeUnixNano: index * width, observations: [] });
  }
  for (const observation of observations) {
    const index = observation.startUnixNano / width - first;
    if (index >= 0n && index < BigInt(buckets.length)) {
      buckets[Number(index)].observations.push(observation);
    }
  }
  return buckets;
}
