/** One target of a panel, from whatever was saved to frames: normalise → interpolate → validate → ask → build. */
import type { DataFrame, DataQueryRequest } from '@grafana/data';
import { once } from 'lodash';

import { applyAdHocFilters } from '../query/adHocFilters';
import { interpolateQuery } from '../query/interpolate';
import { normalizeQuery } from '../query/normalizeQuery';
import type { TraceQuery } from '../query/query';
import { writtenIn } from '../query/variableText';
import { spanTestOf, tellLeftOut } from './adHoc';
import { answerCompare } from './answerCompare';
import { answerLanguage } from './answerLanguage';
import { answerDocument } from './answerDocument';
import { answerMetrics } from './answerMetrics';
import { answerSearch } from './answerSearch';
import { answerServiceGraph } from './answerServiceGraph';
import { answerTraceId } from './answerTrace';
import { describeAnswer } from './describeAnswer';
import { panelWindow } from './panelWindow';
import { QueryRefused } from './queryRefused';
import type { QueryDependencies, Run } from './run';

/**
 * Frames in the order in which Grafana must get them. Rejects; `errorSentence` words every rejection. `onPartial` gets
 * what there is so far of an answer that takes long.
 */
export async function runQuery(
  target: TraceQuery,
  request: DataQueryRequest<TraceQuery>,
  dependencies: QueryDependencies,
  signal: AbortSignal,
  onPartial: (frames: DataFrame[]) => void
): Promise<DataFrame[]> {
  const { connected, services } = dependencies;
  const startedMs = services.now();
  const window = panelWindow(request.range, startedMs);
  const capabilities = once(() => dependencies.catalogue.capabilities(signal));
  const adHoc = request.filters ?? [];
  const run: Run = {
    ...dependencies,
    request,
    context: { signal },
    window,
    capabilities,
    isWritten: writtenIn(target),
    keepsSpan: spanTestOf(adHoc),
    onPartial,
  };

  if (connected.settle && normalizeQuery(target, { dialects: connected.dialects }).queryType !== 'unsupported') {
    await connected.settle(run.context);
  }
  const interpolated = interpolateQuery(normalizeQuery(target, { dialects: connected.dialects }), (text, format) =>
    services.replace(text, request.scopedVars, format)
  );
  const { query, leftOut } = applyAdHocFilters(interpolated, adHoc);
  const frames = tellLeftOut(await answerQuery(query, run), leftOut);
  return describeAnswer(frames, {
    query,
    requests: connected.requests.requestsOf(signal),
    tookMs: services.now() - startedMs,
  });
}

async function answerQuery(query: TraceQuery, run: Run): Promise<DataFrame[]> {
  switch (query.queryType) {
    case 'traceql':
      return answerTraceId(query, run);
    case 'search':
      return answerSearch(query, run);
    case 'language':
      return answerLanguage(query, run);
    case 'document':
      return answerDocument(query, run);
    case 'compare':
      return answerCompare(query, run);
    case 'serviceGraph':
      return answerServiceGraph(query, run);
    case 'metrics':
      return answerMetrics(query, run);
    case 'unsupported':
      throw new QueryRefused(query.reason);
  }
}
