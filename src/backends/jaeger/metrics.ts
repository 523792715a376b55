import type { Attribute } from '../../model/attributes';
import { QUANTILE, type MetricPoint, type MetricSeries, type MetricUnit } from '../../model/metricSeries';
import { SERVICE_NAME } from '../../model/semconv';
import { fromMillis, toMillis, unixNanoFromMillis, type Nanoseconds, type TimeWindow } from '../../model/time';
import { fail, optionalObject, readEach, readObject, stringField, type JsonObject } from '../../wire/read';
import type { MetricsRequest, MetricsResult } from '../backend';
import { BackendError } from '../errors';
import type { HttpClient, HttpRequest } from '../http';
import { ask } from '../readAnswer';

const BACKEND = 'jaeger';

/** How a user gets metrics, in the words of Jaeger's configuration. */
const NOT_CONFIGURED =
  'No metrics storage is configured. Feed span metrics into Prometheus (Collector, spanmetrics connector) and name it ' +
  'to Jaeger: jaeger_query.storage.metrics in v2, METRICS_STORAGE_TYPE=prometheus in v1.';

/**
 * `/api/metrics/{calls,errors,latencies}`: milliseconds everywhere; latencies are milliseconds, errors a share of the
 * calls, calls are per second. The body is a metric family without the envelope of the other routes (seen on v2.20).
 */
export async function fetchMetrics(
  http: HttpClient,
  request: MetricsRequest,
  signal: AbortSignal
): Promise<MetricsResult> {
  const quantile = request.metric === 'latencies' ? wholePercent(request.quantile) : undefined;
  try {
    const series = await ask(
      http,
      { path: `/api/metrics/${request.metric}`, query: parametersOf(request, quantile), signal },
      { backend: BACKEND, decode: (body) => decodeFamily(body, request, quantile) }
    );
    return { series, notices: quantile === undefined ? [] : roundingNotices(request.quantile, quantile) };
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'unsupported') {
      const { status, route } = error;
      throw new BackendError('unsupported', { backend: BACKEND, status, route, detail: NOT_CONFIGURED, cause: error });
    }
    throw error;
  }
}

function parametersOf(request: MetricsRequest, quantile: number | undefined): HttpRequest['query'] {
  const step = Math.max(1, Math.round(toMillis(request.step)));
  const { endMs, lookbackMs } = alignedWindow(request.window, step);
  return [
    ...request.services.map((service) => ['service', pattern(service)] as const),
    ...(quantile === undefined ? [] : [['quantile', String(quantile)] as const]),
    ...(request.byOperation ? [['groupByOperation', 'true'] as const] : []),
    ['endTs', String(endMs)],
    ['lookback', String(lookbackMs)],
    ['step', String(step)],
    ['ratePer', String(wholeUnit(request.rateWindow))],
    ...(request.spanKinds ?? []).map((kind) => ['spanKind', kind] as const),
  ];
}

/** On whole steps, so that points stay where they are when the panel is refreshed a moment later. */
function alignedWindow({ fromUnixNano, toUnixNano }: TimeWindow, step: number) {
  const whole = (unixNano: bigint) => Math.floor(Number(unixNano / 1_000_000n) / step) * step;
  const endMs = whole(toUnixNano);
  return { endMs, lookbackMs: Math.max(step, endMs - whole(fromUnixNano)) };
}

const MINUTE_MS = 60_000;

/** Of a duration Jaeger writes only the largest unit into its PromQL, 90 s as `1m`: whole minutes, or whole hours. */
function wholeUnit(rateWindow: Nanoseconds): number {
  const minutes = Math.max(1, Math.ceil(toMillis(rateWindow) / MINUTE_MS));
  return (minutes < 60 ? minutes : Math.ceil(minutes / 60) * 60) * MINUTE_MS;
}

/**
 * Jaeger joins the names unescaped into a regular expression of Prometheus. What has a meaning there is asked for as any
 * character; series of other services that match then are left out of the answer.
 */
function pattern(service: string): string {
  return service.replace(/[\\^$*+?()[\]{}|"]/g, '.');
}

/** Jaeger prints a quantile with two decimals: 0.999 would be the maximum. */
function wholePercent(quantile = 0.95): number {
  return Math.min(99, Math.max(1, Math.round(quantile * 100))) / 100;
}

function roundingNotices(wanted: number | undefined, asked: number): MetricsResult['notices'] {
  if (wanted === undefined || wanted === asked) {
    return [];
  }
  const text = `Jaeger knows quantiles of whole per cents only: ${wanted} is answered as ${asked}.`;
  return [{ severity: 'info', text }];
}

function decodeFamily(body: unknown, { services, metric }: MetricsRequest, quantile: number | undefined) {
  const wanted = new Set(services);
  return readEach(readObject(body), 'metrics', (item): MetricSeries => {
    const series = readObject(item);
    const labels = new Map(readEach(series, 'labels', readLabel));
    return {
      labels: labelsOf(labels, quantile),
      unit: UNITS[metric],
      points: readEach(series, 'metricPoints', (point) => readPoint(readObject(point), metric)),
      exemplars: [],
    };
  }).filter(({ labels: [first] }) => first?.key !== SERVICE_NAME || wanted.has(String(first.value)));
}

const UNITS: { readonly [metric in MetricsRequest['metric']]: MetricUnit } = {
  calls: 'per-second',
  errors: 'share',
  latencies: 'nanoseconds',
};

function readLabel(item: unknown): readonly [string, string] {
  const label = readObject(item);
  return [stringField(label, 'name'), stringField(label, 'value')];
}

/** Service and operation first, whatever order they came in; further ones follow. */
function labelsOf(labels: ReadonlyMap<string, string>, quantile: number | undefined): readonly Attribute[] {
  const { service_name: service, operation, ...others } = Object.fromEntries(labels);
  const known: Attribute[] = [];
  if (service !== undefined) {
    known.push({ key: SERVICE_NAME, value: service });
  }
  if (operation !== undefined) {
    known.push({ key: 'operation', value: operation });
  }
  if (quantile !== undefined) {
    known.push({ key: QUANTILE, value: quantile });
  }
  return [...known, ...Object.entries(others).map(([key, value]) => ({ key, value }))];
}

function readPoint(point: JsonObject, metric: MetricsRequest['metric']): MetricPoint {
  const timestamp = stringField(point, 'timestamp');
  const millis = Date.parse(timestamp);
  const value = readDouble(optionalObject(point, 'gaugeValue')?.doubleValue);
  return {
    timeUnixNano: Number.isNaN(millis) ? fail('a time', timestamp, 'timestamp') : unixNanoFromMillis(millis),
    value: metric === 'latencies' ? fromMillis(value) : value,
  };
}

/** Protobuf's JSON writes what is no number as text, and may leave out a zero. */
function readDouble(value: unknown): number {
  switch (value) {
    case undefined:
    case null:
      return 0;
    case 'NaN':
    case 'Infinity':
    case '-Infinity':
      return Number(value);
    default:
      return typeof value === 'number' ? value : fail('a number', value, 'gaugeValue.doubleValue');
  }
}
