/** Rates, errors and durations of services: what a query says, read into numbers. */
import { nanoseconds, NANOS_PER_MILLI, NANOS_PER_SECOND, type Nanoseconds } from '../model/time';
import { readNames } from './choices';
import { parseDurationText } from './durationText';
import type { MetricsQuery } from './query';

export const METRICS = ['calls', 'errors', 'latencies'] as const;
export type Metric = (typeof METRICS)[number];

export const METRIC_GROUPS = ['service', 'operation'] as const;

/** OpenTelemetry's kinds, as every store spells them. */
export const METRIC_SPAN_KINDS = ['server', 'client', 'producer', 'consumer', 'internal'] as const;
export type MetricSpanKind = (typeof METRIC_SPAN_KINDS)[number];

/** Where numbers come from: what the store keeps, or a sample of traces that is searched and counted here. */
export const METRIC_SOURCES = ['store', 'traces'] as const;
export type MetricSource = (typeof METRIC_SOURCES)[number];

export const DEFAULT_QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

/** A missing word means the first of its list; undefined is a word that is none of it. */
export function readMetric({ metric }: Pick<MetricsQuery, 'metric'>): Metric | undefined {
  return readWord(metric, METRICS);
}

export function isByOperation({ groupBy }: Pick<MetricsQuery, 'groupBy'>): boolean | undefined {
  const word = readWord(groupBy, METRIC_GROUPS);
  return word && word === 'operation';
}

/** Undefined when the query leaves it open: then the store where it keeps metrics, else traces. */
export function readMetricSource({ source }: Pick<MetricsQuery, 'source'>): MetricSource | undefined {
  return METRIC_SOURCES.find((word) => word === source?.trim());
}

/** `0.95`, `p95` and `95` are the same; NaN for what is none. */
export function readQuantile(text: string): number {
  const digits = /^\s*p?(\d+(?:\.\d+)?|\.\d+)\s*$/i.exec(text)?.[1];
  const number = digits === undefined ? NaN : Number(digits);
  const isShare = number <= 1 && !/^\s*p/i.test(text);
  // Through text, as 99.9 / 100 is not 0.999.
  const quantile = isShare ? number : Number(`${number}e-2`);
  return quantile > 0 && quantile < 1 ? quantile : NaN;
}

export function readQuantiles({ quantiles = [] }: Pick<MetricsQuery, 'quantiles'>): readonly number[] {
  return quantiles.length === 0 ? DEFAULT_QUANTILES : [...new Set(quantiles.map(readQuantile))];
}

export function readSpanKinds({ spanKinds = [] }: Pick<MetricsQuery, 'spanKinds'>): readonly MetricSpanKind[] {
  return METRIC_SPAN_KINDS.filter((kind) => spanKinds.some((text) => text.trim().toLowerCase() === kind));
}

/** Each once, without empty ones. */
export function readServices({ services = [] }: Pick<MetricsQuery, 'services'>): readonly string[] {
  return [...new Set(services.map((name) => name.trim()).filter((name) => name !== ''))];
}

/** Empty means all. */
export function readOperations({ operation }: Pick<MetricsQuery, 'operation'>): readonly string[] {
  return readNames(operation);
}

const MIN_STEP = nanoseconds(NANOS_PER_SECOND);

/** Between points: what the query says, else the panel's interval. */
export function readStep({ step = '' }: Pick<MetricsQuery, 'step'>, intervalMs: number): Nanoseconds {
  const parsed = parseDurationText(step);
  const wanted = 'value' in parsed ? parsed.value : nanoseconds(Math.round(intervalMs) * NANOS_PER_MILLI);
  return wanted >= MIN_STEP ? wanted : MIN_STEP;
}

function readWord<Word extends string>(text: string | undefined, words: readonly [Word, ...Word[]]): Word | undefined {
  const written = text?.trim() ?? '';
  return written === '' ? words[0] : words.find((word) => word === written);
}
