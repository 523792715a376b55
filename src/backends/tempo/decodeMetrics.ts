import type { Attribute } from '../../model/attributes';
import { normalizeSpanId, normalizeTraceId } from '../../model/ids';
import { QUANTILE, type MetricExemplar, type MetricPoint, type MetricSeries } from '../../model/metricSeries';
import type { Notice } from '../../model/notice';
import { NANOS_PER_SECOND, unixNanoFromMillis } from '../../model/time';
import { decodeKeyValue } from '../../wire/otlp/anyValue';
import { fail, optionalString, readEach, readInteger, readObject, type JsonObject } from '../../wire/read';
import type { LanguageMetricsRequest } from '../backend';
import { meaningOf, type MetricsMeaning } from './metricsUnit';

/** What a series without `by()` is labelled with: the function, as in Prometheus. */
const NAME_LABEL = '__name__';
/** Between 0 and 1. */
const QUANTILE_LABEL = 'p';
/** The upper bound of a histogram's bucket. */
const BUCKET_LABEL = '__bucket';

/**
 * `/api/metrics/query_range` and `/api/metrics/query`: one value per series or samples with times in milliseconds. A
 * value that is left out is zero; durations come in seconds and leave in nanoseconds.
 */
export function decodeMetrics(
  body: unknown,
  { text, window, step }: Pick<LanguageMetricsRequest, 'text' | 'window' | 'step'>
): { readonly series: readonly MetricSeries[]; readonly notices: readonly Notice[] } {
  const answer = readObject(body);
  if (answer.series === undefined && Object.keys(answer).some((key) => !ENVELOPE.includes(key))) {
    fail('an object with "series"', body);
  }
  const meaning = meaningOf(text);
  const series = readEach(answer, 'series', (item): MetricSeries => {
    const one = readObject(item);
    const points =
      step === undefined
        ? [{ timeUnixNano: window.toUnixNano, value: valueOf(one, meaning) }]
        : readEach(one, 'samples', (sample) => decodePoint(readObject(sample), meaning));
    const labels = readEach(one, 'labels', (label) => decodeLabel(label, meaning));
    const name = labels.find(({ key }) => key === NAME_LABEL)?.value;
    return {
      ...(typeof name === 'string' && labels.length === 1 ? { name } : {}),
      labels: labels.filter(({ key }) => key !== NAME_LABEL),
      unit: meaning.unit,
      points: byTime(points),
      exemplars: readEach(one, 'exemplars', (exemplar) => decodeExemplar(readObject(exemplar), meaning)).flat(),
      ...(step !== undefined && { step }),
    };
  });
  return { series, notices: partialNotice(answer) };
}

const ENVELOPE = ['metrics', 'status', 'message'];

function partialNotice(answer: JsonObject): Notice[] {
  if (answer.status !== 'PARTIAL' && answer.status !== 1) {
    return [];
  }
  const words = optionalString(answer, 'message');
  return [{ severity: 'warning', text: `Tempo answered with a part of the series only${words ? `: ${words}` : '.'}` }];
}

function decodePoint(sample: JsonObject, meaning: MetricsMeaning): MetricPoint {
  return { timeUnixNano: timeOf(sample), value: valueOf(sample, meaning) };
}

function decodeLabel(item: unknown, { bucketsInSeconds }: MetricsMeaning): Attribute {
  const label = decodeKeyValue(item);
  if (label.key === QUANTILE_LABEL && typeof label.value === 'number') {
    return { key: QUANTILE, value: label.value };
  }
  return bucketsInSeconds && label.key === BUCKET_LABEL && typeof label.value === 'number'
    ? { key: label.key, value: toNanos(label.value) }
    : label;
}

/** None where it names no trace: then there is nothing that it could stand for. */
function decodeExemplar(item: JsonObject, meaning: MetricsMeaning): MetricExemplar[] {
  const labels = readEach(item, 'labels', (label) => decodeKeyValue(label));
  const traceId = normalizeTraceId(textOf(labels, TRACE_ID_LABELS));
  const spanId = normalizeSpanId(textOf(labels, SPAN_ID_LABELS));
  if (traceId === undefined) {
    return [];
  }
  const others = labels.filter(({ key }) => !TRACE_ID_LABELS.includes(key) && !SPAN_ID_LABELS.includes(key));
  return [{ ...decodePoint(item, meaning), traceId, ...(spanId && { spanId }), labels: others }];
}

const TRACE_ID_LABELS = ['trace:id', 'traceID', 'traceId'];
const SPAN_ID_LABELS = ['span:id', 'spanID', 'spanId'];

function textOf(labels: readonly Attribute[], keys: readonly string[]): string {
  const value = labels.find(({ key }) => keys.includes(key))?.value;
  return typeof value === 'string' ? value : '';
}

function timeOf(sample: JsonObject): bigint {
  return unixNanoFromMillis(Number(readInteger(sample.timestampMs ?? 0, 'timestampMs')));
}

function valueOf(holder: JsonObject, { inSeconds }: MetricsMeaning): number {
  const value = readNumber(holder.value);
  return inSeconds ? toNanos(value) : value;
}

/** What is no number in JSON comes as its name. */
function readNumber(value: unknown): number {
  switch (value) {
    case undefined:
    case null:
      return 0;
    case 'NaN':
      return NaN;
    case 'Infinity':
      return Infinity;
    case '-Infinity':
      return -Infinity;
    default:
      return typeof value === 'number' ? value : fail('a number', value, 'value');
  }
}

/** Seconds as a double have no digit below the nanosecond that means anything. */
function toNanos(seconds: number): number {
  const nanos = seconds * NANOS_PER_SECOND;
  return Number.isFinite(nanos) ? Math.round(nanos) : nanos;
}

function byTime(points: readonly MetricPoint[]): readonly MetricPoint[] {
  return [...points]
    .sort((a, b) => (a.timeUnixNano < b.timeUnixNano ? -1 : a.timeUnixNano > b.timeUnixNano ? 1 : 0))
    .filter((point, index, sorted) => index === 0 || sorted[index - 1].timeUnixNano !== point.timeUnixNano);
}
