/** The graph of services, from whichever source knows it. */
import type { DataFrame } from '@grafana/data';

import { serviceGraphSteps } from '../analysis/deriveServiceGraph';
import type { LinkTarget } from '../frames/links';
import { info, type Notice } from '../model/notice';
import type { ServiceGraph } from '../model/serviceGraph';
import type { TimeWindow } from '../model/time';
import type { BackendCapabilities } from '../query/capabilities';
import { readNames } from '../query/choices';
import type { ServiceGraphQuery } from '../query/query';
import { readGraphSource, readGraphView, readHops, type GraphSource } from '../query/serviceGraph';
import { searchAndRead } from './answerSearch';
import {
  emptyGraphMetricsSentence,
  graphMetricsFailedSentence,
  graphOfTracesSentence,
  namesText,
  noGraphMetricsSentence,
  wholeDayGraphSentence,
  widenedGraphSentence,
} from './graphMessages';
import { callSearchOf, drawServiceGraph } from './drawServiceGraph';
import { graphExpressions, readGraphMetrics } from './graphMetrics';
import { emptyGraphSentence, isCancelled } from './messages';
import { throttleProgress } from './progress';
import { QueryRefused } from './queryRefused';
import type { ReadTraces } from './readTraces';
import { refuseProblems, type Run } from './run';
import { runCooperatively } from './runCooperatively';

/** Whole traces, each possibly a request of its own. */
const SAMPLE_LIMIT = 100;

interface Counted {
  readonly graph: ServiceGraph;
  readonly notices: readonly Notice[];
  /** Set where the numbers are metrics of another data source. */
  readonly metrics?: LinkTarget;
}

export async function answerServiceGraph(query: ServiceGraphQuery, run: Run): Promise<DataFrame[]> {
  const capabilities = await run.capabilities();
  refuseProblems(query, capabilities, run);
  const part = {
    view: readGraphView(query) ?? 'graph',
    services: readNames(query.service),
    hops: readHops(query),
  };
  const draw = ({ graph, notices, metrics }: Counted) =>
    drawServiceGraph(graph, part, {
      refId: query.refId,
      datasource: run.self,
      callSearch: callSearchOf(capabilities),
      metrics,
      notices,
    });
  const source = chooseSource(query, capabilities, run);
  const count = (from: GraphSource) => countCalls(from, query, run, (soFar) => run.onPartial(draw(soFar)));
  return draw(
    source === 'metrics' && readGraphSource(query) === undefined ? await countByAny(count) : await count(source)
  );
}

/** Metrics that nobody asked for in particular may be missing: traces tell the same, if of a sample. */
async function countByAny(count: (from: GraphSource) => Promise<Counted>): Promise<Counted> {
  let why: readonly Notice[];
  try {
    const counted = await count('metrics');
    if (counted.graph.calls.length > 0) {
      return counted;
    }
    why = counted.notices;
  } catch (error) {
    if (!(error instanceof QueryRefused)) {
      throw error;
    }
    why = [{ severity: 'warning', text: error.message }];
  }
  const { notices, ...counted } = await count('traces');
  return { ...counted, notices: [...why, ...notices] };
}

function chooseSource(query: ServiceGraphQuery, { dependencies }: BackendCapabilities, run: Run): GraphSource {
  const chosen = readGraphSource(query);
  // A service map of Tempo asks for metrics; without any, traces tell the same.
  return chosen ?? (dependencies ? 'store' : run.settings.serviceMapUid ? 'metrics' : 'traces');
}

function countCalls(
  source: GraphSource,
  query: ServiceGraphQuery,
  run: Run,
  onProgress: (soFar: Counted) => void
): Promise<Counted> {
  switch (source) {
    case 'store':
      return countedByStore(query, run);
    case 'metrics':
      return countedAsMetrics(run);
    case 'traces':
      return countedInTraces(query, run, onProgress);
  }
}

/**
 * What the store counted in the panel's range; where that is nothing, since the last midnight but one. Nobody says
 * whether a store counts as it goes or once a day: a rate is claimed only where both mean the range.
 */
async function countedByStore({ service }: ServiceGraphQuery, run: Run): Promise<Counted> {
  const ask = async (window: TimeWindow) =>
    (await run.connected.backend.fetchDependencies?.(window, run.context)) ?? { calls: [] };
  const graph = await ask(run.window);
  if (graph.calls.length > 0) {
    return mayHoldWholeDay(run.window)
      ? { graph, notices: [info(wholeDayGraphSentence())] }
      : { graph: { ...graph, window: run.window }, notices: [] };
  }
  const wider = sinceMidnight(run.window);
  const older = await ask(wider);
  return older.calls.length > 0
    ? { graph: older, notices: [info(widenedGraphSentence(dayText(wider.fromUnixNano)))] }
    : { graph: older, notices: [info(emptyGraphSentence(namesText(readNames(service)) || undefined))] };
}

const DAY_NANO = 86_400_000_000_000n;

/** Jobs that count once a day write under midnight UTC, of the day they counted; that of today may still be to come. */
function sinceMidnight({ fromUnixNano, toUnixNano }: TimeWindow): TimeWindow {
  return { fromUnixNano: (fromUnixNano / DAY_NANO - 1n) * DAY_NANO, toUnixNano };
}

/** Shorter than a day, with a midnight in it under which the calls of a day may be written. */
function mayHoldWholeDay({ fromUnixNano, toUnixNano }: TimeWindow): boolean {
  const lastMidnight = (toUnixNano / DAY_NANO) * DAY_NANO;
  return toUnixNano - fromUnixNano < DAY_NANO && lastMidnight >= fromUnixNano;
}

function dayText(unixNano: bigint): string {
  return `${new Date(Number(unixNano / 1_000_000n)).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

async function countedAsMetrics({ settings, services, window, context }: Run): Promise<Counted> {
  const uid = settings.serviceMapUid;
  if (uid === undefined) {
    throw new QueryRefused(noGraphMetricsSentence());
  }
  try {
    const expressions = graphExpressions(window);
    const request = { dataSourceUid: uid, expressions, window, signal: context.signal };
    const { name, frames } = await services.queryInstant(request);
    const graph = readGraphMetrics(frames, window);
    const notices = graph.calls.length > 0 ? [] : [info(emptyGraphMetricsSentence(name))];
    return { graph, notices, metrics: { uid, name } };
  } catch (error) {
    if (isCancelled(error)) {
      throw error;
    }
    throw new QueryRefused(graphMetricsFailedSentence(error instanceof Error ? error.message : String(error)));
  }
}

async function countedInTraces(
  { refId, service }: ServiceGraphQuery,
  run: Run,
  onProgress: (soFar: Counted) => void
): Promise<Counted> {
  const search = { refId, queryType: 'search', service, limit: SAMPLE_LIMIT } as const;
  refuseProblems(search, await run.capabilities(), run);
  const count = async ({ traces, notices }: ReadTraces): Promise<Counted> => {
    const sample = traces.length > 0 ? [info(graphOfTracesSentence(traces.length))] : [];
    return { graph: await runCooperatively(serviceGraphSteps(traces), run), notices: [...sample, ...notices] };
  };
  const showPart = async (soFar: ReadTraces) => onProgress(await count(soFar));
  return count(await searchAndRead(search, run, throttleProgress(showPart, run.services.now)));
}
