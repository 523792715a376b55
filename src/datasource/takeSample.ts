/** What a search tells about the requests of one service: counted in its traces, or in their list where that is all. */
import type { SearchResult } from '../backends/backend';
import { entrySteps, type EntryConditions } from '../analysis/observeEntries';
import { observeSummaries } from '../analysis/observeSummaries';
import type { Observation } from '../analysis/sampleSeries';
import type { Attribute } from '../model/attributes';
import { SERVICE_NAME } from '../model/semconv';
import type { TraceSummary } from '../model/summary';
import { formatChoices } from '../query/choices';
import { isByOperation, readSpanKinds } from '../query/metrics';
import type { MetricsQuery, SearchQuery } from '../query/query';
import type { SampleCount } from './metricsMessages';
import { refuseProblems, type Run } from './run';
import { runCooperatively } from './runCooperatively';
import { runSearch } from './runSearch';

/** Traces of each service: enough for a percentile, and still one short answer of stores that send whole traces. */
const SAMPLE_LIMIT = 200;

export interface Sample {
  readonly service: string;
  readonly found: SearchResult;
  readonly counts: SampleCount;
  readonly groups: readonly SampleGroup[];
}

/** What becomes one series, or one for each quantile. */
export interface SampleGroup {
  readonly labels: readonly Attribute[];
  readonly observations: readonly Observation[];
}

/** `operations` empty means all of them. */
export async function takeSample(
  service: string,
  operations: readonly string[],
  query: MetricsQuery,
  run: Run
): Promise<Sample> {
  const search = searchOf(service, operations, query);
  refuseProblems(search, await run.capabilities(), run);
  const { found } = await runSearch(search, run, () => undefined);
  const { summaries, traces } = found;
  if (traces === undefined && summaries.length > 0) {
    return { service, found, counts: 'traces', groups: groupTraces(summaries, service, query) };
  }
  const conditions: EntryConditions = { service, operations, kinds: readSpanKinds(query) };
  const entries = await runCooperatively(entrySteps(traces ?? [], conditions), run);
  // As a store does, whose numbers of single operations are a series each.
  const byOperation = operations.length > 0 || isByOperation(query) === true;
  return {
    service,
    found,
    counts: 'requests',
    groups: groupsOf(entries, service, byOperation ? operationOf : noLabel),
  };
}

function searchOf(service: string, operations: readonly string[], { refId, narrowedBy }: MetricsQuery): SearchQuery {
  return {
    ...narrowedBy,
    refId,
    queryType: 'search',
    service,
    ...(operations.length > 0 && { operation: formatChoices(operations) }),
    limit: SAMPLE_LIMIT,
  };
}

/** A list of traces names the operation that each began with, which need not be one of the service. */
function groupTraces(summaries: readonly TraceSummary[], service: string, query: MetricsQuery): readonly SampleGroup[] {
  const rootOf = ({ rootServiceName = service, rootSpanName = '' }: TraceSummary): Attribute =>
    rootServiceName === service
      ? operationOf({ operation: rootSpanName })
      : { key: 'root', value: `${rootServiceName}: ${rootSpanName}` };
  const observations = observeSummaries(summaries, service).map((observation, index) => ({
    ...observation,
    summary: summaries[index],
  }));
  return groupsOf(observations, service, isByOperation(query) ? ({ summary }) => rootOf(summary) : noLabel);
}

function operationOf({ operation }: { readonly operation: string }): Attribute {
  return { key: 'operation', value: operation };
}

function noLabel(): undefined {
  return undefined;
}

/** A service without any observation has one group with none. */
function groupsOf<T extends Observation>(
  observations: readonly T[],
  service: string,
  labelOf: (observation: T) => Attribute | undefined
): readonly SampleGroup[] {
  const own = { key: SERVICE_NAME, value: service };
  const groups = new Map<string, { readonly labels: readonly Attribute[]; readonly observations: T[] }>();
  for (const observation of observations) {
    const label = labelOf(observation);
    const key = label === undefined ? '' : `${label.key} ${String(label.value)}`;
    const labels = label === undefined ? [own] : [own, label];
    const group = groups.get(key) ?? { labels, observations: new Array<T>() };
    groups.set(key, group);
    group.observations.push(observation);
  }
  return groups.size === 0
    ? [{ labels: [own], observations: [] }]
    : [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
