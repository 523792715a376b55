import type { BackendCapabilities } from './capabilities';
import { parseDurationText } from './durationText';
import {
  isByOperation,
  METRIC_GROUPS,
  METRIC_SOURCES,
  METRIC_SPAN_KINDS,
  METRICS,
  readMetric,
  readMetricSource,
  readQuantile,
  readServices,
} from './metrics';
import type { MetricsQuery } from './query';
import type { QueryField, QueryProblem } from './validate';

/** Why a question for metrics cannot be asked, apart from variables without a value. */
export function metricsProblems(query: MetricsQuery, capabilities: BackendCapabilities): readonly QueryProblem[] {
  const { timeSeries, search } = capabilities;
  const source = readMetricSource(query);
  if (!timeSeries && (search === 'none' || source === 'store')) {
    return [{ field: source === 'store' ? 'source' : 'queryType', message: NO_METRICS }];
  }
  const problems: ReadonlyArray<readonly [QueryField, string | undefined]> = [
    ['metric', wordProblem(readMetric(query), query.metric, METRICS)],
    ['services', readServices(query).length === 0 ? 'Choose at least one service.' : undefined],
    ['quantiles', query.quantiles?.map(quantileProblem).find(Boolean)],
    ['groupBy', wordProblem(isByOperation(query), query.groupBy, METRIC_GROUPS)],
    ['spanKinds', query.spanKinds?.map(kindProblem).find(Boolean)],
    ['step', stepProblem(query.step)],
    ['source', query.source?.trim() ? wordProblem(source, query.source, METRIC_SOURCES) : undefined],
  ];
  return problems.flatMap(([field, message]) => (message === undefined ? [] : [{ field, message }]));
}

const NO_METRICS =
  'This server keeps no rates, errors and durations. Leave the source open to have them computed from traces, where it can search.';

/** A word that was not understood, and those that are. */
export function wordProblem(read: unknown, written: string | undefined, words: readonly string[]): string | undefined {
  return read === undefined
    ? `“${written?.slice(0, 60)}” is not known here. Write one of these: ${words.join(', ')}.`
    : undefined;
}

function quantileProblem(text: string): string | undefined {
  return Number.isNaN(readQuantile(text))
    ? `“${text.slice(0, 60)}” is no quantile. Write a number between 0 and 1, or a percentile such as p95.`
    : undefined;
}

function kindProblem(text: string): string | undefined {
  const kind = METRIC_SPAN_KINDS.find((known) => known === text.trim().toLowerCase());
  return wordProblem(kind, text, METRIC_SPAN_KINDS);
}

function stepProblem(step = ''): string | undefined {
  const parsed = step.trim() === '' ? { value: 0 } : parseDurationText(step);
  return 'problem' in parsed ? parsed.problem : undefined;
}
