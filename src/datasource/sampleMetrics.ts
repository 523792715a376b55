/** Rates, errors and durations out of search results, for stores that keep none. */
import type { MetricsResult, SearchResult } from '../backends/backend';
import { observeSummaries } from '../analysis/observeSummaries';
import {
  durationSeries,
  errorShareSeries,
  rateSeries,
  type Observation,
  type SampleOptions,
} from '../analysis/sampleSeries';
import type { Attribute } from '../model/attributes';
import type { MetricSeries } from '../model/metricSeries';
import type { Notice } from '../model/notice';
import { SERVICE_NAME } from '../model/semconv';
import type { TraceSummary } from '../model/summary';
import { nanoseconds, type Nanoseconds, type TimeWindow } from '../model/time';
import { isByOperation, readMetric, readQuantiles, readServices, readStep, type Metric } from '../query/metrics';
import type { MetricsQuery } from '../query/query';
import {
  metricsFromTracesSentence,
  sampleSentence,
  tooManyServicesSentence,
  unknownErrorsSentence,
} from './graphMessages';
import { emptySearchSentence } from './messages';
import type { Run } from './run';
import { runSearch } from './runSearch';

/** Traces of each service: enough for a percentile, and still one short answer of stores that send whole traces. */
const SAMPLE_LIMIT = 200;
const MAX_SERVICES = 10;
/** A sample is spread over so many points at most, or most of them would have nothing to tell. */
const MAX_POINTS = 60;

/** One search per service; `why` says why the store was not asked. */
export async function sampleMetrics(query: MetricsQuery, run: Run, why: string | undefined): Promise<MetricsResult> {
  const all = readServices(query);
  const services = all.slice(0, MAX_SERVICES);
  const found = await Promise.all(services.map((service) => searchTracesOf(service, query, run)));
  const step = sampleStep(run.window, readStep(query, run.request.intervalMs));
  const series = services.flatMap((service, index) => {
    const { summaries } = found[index];
    return groupSummaries(summaries, service, isByOperation(query) === true).flatMap(({ labels, observations }) =>
      seriesOfMetric(readMetric(query) ?? 'calls', observations, readQuantiles(query), {
        window: coveredWindow(run.window, found[index]),
        step,
        labels,
      })
    );
  });
  const isBlind = readMetric(query) === 'errors' && found.some((result) => tellsNoErrors(result));
  const unknown = isBlind ? [{ severity: 'info' as const, text: unknownErrorsSentence() }] : [];
  return { series, notices: [...sampleNotices(found, why), ...unknown, ...cutNotices(services.length, all.length)] };
}

export function tellsNoErrors({ summaries }: Pick<SearchResult, 'summaries'>): boolean {
  return summaries.length > 0 && summaries.every(({ errorCount }) => errorCount === undefined);
}

async function searchTracesOf(service: string, { refId, operation }: MetricsQuery, run: Run): Promise<SearchResult> {
  const { found } = await runSearch(
    { refId, queryType: 'search', service, operation, limit: SAMPLE_LIMIT },
    run,
    () => undefined
  );
  return found;
}

export function sampleStep({ fromUnixNano, toUnixNano }: TimeWindow, wanted: Nanoseconds): Nanoseconds {
  const width = Number(toUnixNano - fromUnixNano) / MAX_POINTS;
  // A whole multiple, so that panels side by side keep their points under one another.
  return nanoseconds(wanted * Math.max(1, Math.ceil(width / wanted)));
}

/** A search that its limit cut found the newest: before the oldest of these nothing is known, which is not zero. */
export function coveredWindow(window: TimeWindow, { isLimited, summaries }: SearchResult): TimeWindow {
  const oldest = summaries.reduce<bigint | undefined>(
    (least, { startUnixNano }) => (least === undefined || startUnixNano < least ? startUnixNano : least),
    undefined
  );
  return isLimited && oldest !== undefined && oldest > window.fromUnixNano
    ? { ...window, fromUnixNano: oldest }
    : window;
}

interface Group {
  readonly labels: readonly Attribute[];
  readonly observations: readonly Observation[];
}

/** An operation is that of the trace's root, which is all a search tells. */
function groupSummaries(summaries: readonly TraceSummary[], service: string, byOperation: boolean): readonly Group[] {
  const own = { key: SERVICE_NAME, value: service };
  if (!byOperation) {
    return [{ labels: [own], observations: observeSummaries(summaries, service) }];
  }
  const names = [...new Set(summaries.map(({ rootSpanName = '' }) => rootSpanName))].sort();
  return names.map((name) => ({
    labels: [own, { key: 'operation', value: name }],
    observations: observeSummaries(
      summaries.filter(({ rootSpanName = '' }) => rootSpanName === name),
      service
    ),
  }));
}

function seriesOfMetric(
  metric: Metric,
  observations: readonly Observation[],
  quantiles: readonly number[],
  options: SampleOptions
): readonly MetricSeries[] {
  switch (metric) {
    case 'calls':
      return [rateSeries(observations, options)];
    case 'errors':
      return [errorShareSeries(observations, options)];
    case 'latencies':
      return durationSeries(observations, quantiles, options);
  }
}

function sampleNotices(found: readonly SearchResult[], why: string | undefined): readonly Notice[] {
  const traces = found.reduce((sum, { summaries }) => sum + summaries.length, 0);
  const isLimited = found.some((result) => result.isLimited);
  const texts = [
    ...(why === undefined ? [] : [metricsFromTracesSentence(why)]),
    traces === 0 ? emptySearchSentence() : sampleSentence(traces, isLimited),
  ];
  return [...texts.map((text) => ({ severity: 'info' as const, text })), ...found.flatMap(({ notices }) => notices)];
}

function cutNotices(shown: number, all: number): readonly Notice[] {
  return shown < all ? [{ severity: 'warning', text: tooManyServicesSentence(shown, all) }] : [];
}
