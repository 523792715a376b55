import type { Attribute } from '../../model/attributes';
import { QUANTILE, type MetricPoint, type MetricSeries } from '../../model/metricSeries';
import { SERVICE_NAME } from '../../model/semconv';
import type { MetricsRequest, MetricsResult } from '../backend';
import { BackendError, isMissingRoute } from '../errors';
import type { TempoClient } from './TempoClient';
import { textLiteral } from './traceqlLiterals';
import { anyOf } from './traceqlWriter';

const SERVICE_FIELD = 'resource.service.name';
const NAME_FIELD = 'name';

/**
 * Rates, errors and durations by TraceQL metrics. A point tells of the step that it stands for: Tempo's `rate()` does not
 * look back further, so the request's window of rates has no counterpart. Rejects with `unsupported` where the server
 * makes no metrics, or none of so long a range.
 */
export async function fetchMetrics(
  client: TempoClient,
  request: MetricsRequest,
  signal: AbortSignal
): Promise<MetricsResult> {
  const ask = (text: string) =>
    client.fetchMetrics({ text, window: request.window, step: request.step }, signal).then(
      ({ series, notices }) => ({ series: series.map(inOurLabels), notices }),
      (error: unknown) => {
        throw asUnsupported(error);
      }
    );
  const [first, failed] = await Promise.all(writeMetrics(request).map(ask));
  if (request.metric === 'latencies') {
    return { ...first, series: first.series.map(withoutIdleSteps) };
  }
  return failed === undefined
    ? first
    : {
        series: first.series.map((calls) => shareOf(calls, failed.series)),
        notices: [...first.notices, ...failed.notices],
      };
}

/** The query, and of a share the one that counts its part. */
export function writeMetrics(request: MetricsRequest): readonly string[] {
  const { metric, quantile = 0.95, services, spanKinds = ['server'], byOperation } = request;
  const conditions = [
    anyOf(services.map((service) => `${SERVICE_FIELD} = ${textLiteral(service)}`)),
    anyOf(spanKinds.map((kind) => `kind = ${kind}`)),
  ];
  const by = `by (${[SERVICE_FIELD, ...(byOperation ? [NAME_FIELD] : [])].join(', ')})`;
  const write = (measure: string, ...further: readonly string[]) =>
    `{ ${[...conditions, ...further].join(' && ')} } | ${measure} ${by}`;
  switch (metric) {
    case 'calls':
      return [write('rate()')];
    case 'errors':
      return [write('rate()'), write('rate()', 'status = error')];
    case 'latencies':
      return [write(`quantile_over_time(duration, ${quantile})`)];
  }
}

/** Service and operation first, under the names that every store's metrics have. */
function inOurLabels(series: MetricSeries): MetricSeries {
  const labelled = (from: string, key: string): Attribute[] =>
    series.labels.filter((label) => label.key === from).map(({ value }) => ({ key, value }));
  return {
    ...series,
    labels: [
      ...labelled(SERVICE_FIELD, SERVICE_NAME),
      ...labelled(NAME_FIELD, 'operation'),
      ...labelled(QUANTILE, QUANTILE),
    ],
  };
}

/** Tempo 3.0 answers 0 for the quantile of a step without spans, and a chart would dive to it. */
function withoutIdleSteps(series: MetricSeries): MetricSeries {
  return { ...series, points: series.points.filter(({ value }) => value > 0) };
}

/** No part at all has no series; where nothing was called there is no share. */
function shareOf(calls: MetricSeries, failed: readonly MetricSeries[]): MetricSeries {
  const same = failed.find(({ labels }) => nameOf(labels) === nameOf(calls.labels));
  const failedAt = new Map(same?.points.map(({ timeUnixNano, value }) => [timeUnixNano, value]));
  const points = calls.points.flatMap(({ timeUnixNano, value }): MetricPoint[] =>
    value > 0 ? [{ timeUnixNano, value: (failedAt.get(timeUnixNano) ?? 0) / value }] : []
  );
  return { ...calls, unit: 'share', points, exemplars: [] };
}

function nameOf(labels: readonly Attribute[]): string {
  return JSON.stringify(labels.map(({ value }) => value));
}

const WITHOUT_METRICS =
  'It makes no TraceQL metrics: they need the metrics generator, and before Tempo 3.0 its processor local-blocks.';

/** `empty ring`, `localblocks processor not found`: in a server that has the route and nobody behind it. */
const NOBODY_BEHIND = /empty ring|local-?blocks|metrics.generator/i;
const RANGE_TOO_LONG = /exceeds the maximum allowed duration/i;

/** What only says that the answer has to come from elsewhere. */
function asUnsupported(error: unknown): unknown {
  if (!(error instanceof BackendError)) {
    return error;
  }
  const { kind, status, route, serverMessage = '' } = error;
  const isWithout =
    isMissingRoute(error) || kind === 'unsupported' || (kind !== 'cancelled' && NOBODY_BEHIND.test(serverMessage));
  const detail = isWithout ? WITHOUT_METRICS : RANGE_TOO_LONG.test(serverMessage) ? serverMessage : undefined;
  return detail === undefined
    ? error
    : new BackendError('unsupported', { backend: 'tempo', status, route, detail, cause: error });
}
