/** Rates, errors and durations out of search results, for stores that keep none. */
import type { MetricsResult, SearchResult } from '../backends/backend';
import {
  durationSeries,
  errorShareSeries,
  rateSeries,
  type Observation,
  type SampleOptions,
} from '../analysis/sampleSeries';
import type { MetricSeries } from '../model/metricSeries';
import type { Notice } from '../model/notice';
import {
  isByOperation,
  readMetric,
  readOperations,
  readQuantiles,
  readServices,
  readStep,
  type Metric,
} from '../query/metrics';
import type { MetricsQuery } from '../query/query';
import { narrowingNames } from './allChosen';
import { fanOut } from './fanOut';
import {
  metricsFromTracesSentence,
  rootOperationsSentence,
  sampleSentence,
  tooManyServicesSentence,
  unknownErrorsSentence,
  type SampleCount,
} from './metricsMessages';
import { emptySearchSentence } from './messages';
import type { Run } from './run';
import { coveredWindow, sampleStep } from './sampleStep';
import { failedSearchesSentence, searchProgressSentence } from './searchMessages';
import { takeSample, type Sample } from './takeSample';

const MAX_SERVICES = 10;

export interface SampledMetrics extends MetricsResult {
  readonly counts: SampleCount;
}

/**
 * One search per service, a few at a time; `why` says why the store was not asked. `onProgress` gets what was sampled so
 * far. A service that cannot be searched is told beside the others; rejects when none can be.
 */
export async function sampleMetrics(
  query: MetricsQuery,
  run: Run,
  why: string | undefined,
  onProgress: (soFar: SampledMetrics) => void
): Promise<SampledMetrics> {
  const all = readServices(query);
  const services = all.slice(0, MAX_SERVICES);
  const operations = await narrowingNames(readOperations(query), services, run);
  const samples = new Map<string, Sample>();
  const sumUp = (remarks: readonly Notice[]): SampledMetrics => {
    const inOrder = services.flatMap((service) => samples.get(service) ?? []);
    const reason = why === undefined ? [] : [info(metricsFromTracesSentence(why))];
    const notices = [...reason, ...sampleNotices(inOrder, query), ...remarks];
    return { series: inOrder.flatMap((sample) => seriesOf(sample, query, run)), counts: countOf(inOrder), notices };
  };
  const { failed, firstFailure } = await fanOut({
    requests: services,
    ask: (service) => takeSample(service, operations, query, run),
    onAnswer: (sample, answered) => {
      samples.set(sample.service, sample);
      if (answered < services.length) {
        onProgress(sumUp([info(searchProgressSentence(answered, services.length, 'services'))]));
      }
    },
  });
  const remarks: Notice[] = [];
  if (failed > 0) {
    const text = failedSearchesSentence(failed, services.length, 'services', run.describe(firstFailure));
    remarks.push({ severity: 'warning', text });
  }
  if (services.length < all.length) {
    remarks.push({ severity: 'warning', text: tooManyServicesSentence(services.length, all.length) });
  }
  return sumUp(remarks);
}

export function tellsNoErrors({ summaries }: Pick<SearchResult, 'summaries'>): boolean {
  return summaries.length > 0 && summaries.every(({ errorCount }) => errorCount === undefined);
}

/** One service whose requests were not seen makes all of it a matter of whole traces. */
function countOf(samples: readonly Sample[]): SampleCount {
  return samples.some(({ counts }) => counts === 'traces') ? 'traces' : 'requests';
}

function seriesOf({ found, groups }: Sample, query: MetricsQuery, run: Run): readonly MetricSeries[] {
  const window = coveredWindow(run.window, found);
  const observed = groups.reduce((sum, { observations }) => sum + observations.length, 0);
  const step = sampleStep(window, readStep(query, run.request.intervalMs), observed / groups.length);
  return groups.flatMap(({ labels, observations }) =>
    seriesOfMetric(readMetric(query) ?? 'calls', observations, readQuantiles(query), { window, step, labels })
  );
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

function sampleNotices(samples: readonly Sample[], query: MetricsQuery): readonly Notice[] {
  const counts = countOf(samples);
  const found = samples.map((sample) => sample.found);
  const traces = found.reduce((sum, { summaries }) => sum + summaries.length, 0);
  const isLimited = found.some((result) => result.isLimited);
  const isBlind = counts === 'traces' && readMetric(query) === 'errors' && found.some(tellsNoErrors);
  const texts = [
    traces === 0 ? emptySearchSentence() : sampleSentence(traces, isLimited, counts),
    ...(counts === 'traces' && isByOperation(query) ? [rootOperationsSentence()] : []),
    ...(isBlind ? [unknownErrorsSentence()] : []),
  ];
  return [...texts.map(info), ...found.flatMap(({ notices }) => notices)];
}

function info(text: string): Notice {
  return { severity: 'info', text };
}
