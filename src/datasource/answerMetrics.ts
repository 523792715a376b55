/** Rates, errors and durations of services: what the store keeps, else what a sample of traces tells. */
import type { DataFrame } from '@grafana/data';

import type { MetricsRequest, MetricsResult } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { buildTimeSeriesFrames } from '../frames/timeSeriesFrames';
import type { MetricSeries } from '../model/metricSeries';
import type { Notice } from '../model/notice';
import { nanoseconds, NANOS_PER_SECOND } from '../model/time';
import { displayConditions } from '../query/displayText';
import {
  isByOperation,
  readMetric,
  readMetricSource,
  readOperations,
  readQuantiles,
  readServices,
  readSpanKinds,
  readStep,
} from '../query/metrics';
import type { MetricsQuery } from '../query/query';
import { narrowingNames } from './allChosen';
import { withProgress } from './progress';
import { unnarrowedMetricsSentence } from './metricsMessages';
import { refuseProblems, type Run } from './run';
import { sampleMetrics, type SampledMetrics } from './sampleMetrics';

/** Long enough for a rate over metrics that are scraped once a minute. */
const MIN_RATE_WINDOW = 5 * 60 * NANOS_PER_SECOND;

export async function answerMetrics(query: MetricsQuery, run: Run): Promise<DataFrame[]> {
  const { backend, definition } = run.connected;
  // What this server can do, it says in its own words when it is asked.
  refuseProblems(query, definition.capabilities, run);
  const options = { refId: query.refId, datasource: run.self };
  const source = readMetricSource(query);
  if (source === 'traces' || !definition.capabilities.timeSeries || !backend.fetchMetrics) {
    const why = source === 'traces' ? undefined : `${definition.label} keeps no metrics.`;
    return sampleFrames(query, run, why);
  }
  try {
    const { series, notices } = await askStore(query, run, backend.fetchMetrics.bind(backend));
    return buildTimeSeriesFrames(series, { ...options, notices: [...notices, ...unnarrowedNotices(query)] });
  } catch (error) {
    const isWithout = error instanceof BackendError && error.kind === 'unsupported';
    if (source === 'store' || !isWithout || definition.capabilities.search === 'none') {
      throw error;
    }
    return sampleFrames(query, run, run.describe(error));
  }
}

/** Numbers that a store keeps are those of services and operations, whatever else their spans have. */
function unnarrowedNotices({ narrowedBy }: MetricsQuery): readonly Notice[] {
  const conditions = displayConditions(narrowedBy ?? {});
  return conditions.length > 0 ? [{ severity: 'warning', text: unnarrowedMetricsSentence(conditions.join(', ')) }] : [];
}

/**
 * One question per quantile, all at once. A store knows operations one by one, so several are a series each; all that
 * there are narrow nothing.
 */
async function askStore(
  query: MetricsQuery,
  run: Run,
  fetchMetrics: (request: MetricsRequest, context: Run['context']) => Promise<MetricsResult>
): Promise<MetricsResult> {
  const { window, request, context } = run;
  const metric = readMetric(query) ?? 'calls';
  const step = readStep(query, request.intervalMs);
  const spanKinds = readSpanKinds(query);
  const services = readServices(query);
  const operations = await narrowingNames(readOperations(query), services, run);
  const question: MetricsRequest = {
    metric,
    services,
    byOperation: operations.length > 0 || isByOperation(query) === true,
    ...(spanKinds.length > 0 ? { spanKinds } : {}),
    window,
    step,
    rateWindow: nanoseconds(Math.max(MIN_RATE_WINDOW, step)),
  };
  const quantiles = metric === 'latencies' ? readQuantiles(query) : [undefined];
  const answers = await Promise.all(
    quantiles.map((quantile) => fetchMetrics({ ...question, ...(quantile !== undefined && { quantile }) }, context))
  );
  const series = answers.flatMap((answer) => answer.series).map((one) => ({ ...one, step: one.step ?? step }));
  const notices = new Map(answers.flatMap((answer) => answer.notices).map((notice) => [notice.text, notice]));
  return {
    series: operations.length > 0 ? series.filter((one) => isOf(one, operations)) : series,
    notices: [...notices.values()],
  };
}

function isOf({ labels }: MetricSeries, operations: readonly string[]): boolean {
  return labels.some(({ key, value }) => key === 'operation' && operations.includes(String(value)));
}

async function sampleFrames(query: MetricsQuery, run: Run, why: string | undefined): Promise<DataFrame[]> {
  const framesOf = ({ series, notices, counts }: SampledMetrics) =>
    buildTimeSeriesFrames(series, {
      refId: query.refId,
      datasource: run.self,
      notices,
      ...(counts === 'traces' && { ratesOf: counts }),
    });
  const show = (soFar: SampledMetrics) => run.onPartial(framesOf(soFar));
  return framesOf(await withProgress(show, (onProgress) => sampleMetrics(query, run, why, onProgress)));
}
