/** One target of a panel, from whatever was saved to frames: normalise → interpolate → validate → ask → build. */
import { CoreApp, dateTimeFormat, type DataFrame, type DataQueryRequest } from '@grafana/data';

import type { RequestContext, TraceRequest } from '../backends/backend';
import { BackendError } from '../backends/errors';
import type { ProfilesTarget } from '../frames/links';
import { buildTraceNodeGraphFrames } from '../frames/nodeGraphFrames';
import { buildSearchFrame } from '../frames/searchFrame';
import { buildServiceGraphFrames } from '../frames/serviceGraphFrames';
import { buildTraceFrame } from '../frames/traceFrame';
import type { Notice } from '../model/notice';
import type { TimeWindow } from '../model/time';
import type { BackendCapabilities } from '../query/capabilities';
import { compileSearchRequest, compileTraceRequest, ownWindowNotice } from '../query/compileRequest';
import { interpolateQuery } from '../query/interpolate';
import { normalizeQuery } from '../query/normalizeQuery';
import type { SearchQuery, ServiceGraphQuery, TraceIdQuery, TraceQuery } from '../query/query';
import { validateQuery } from '../query/validate';
import type { Catalogue } from './catalogue';
import type { ConnectedBackend } from './createBackend';
import { describeAnswer } from './describeAnswer';
import { lookUpTrace, renderRange } from './lookUpTrace';
import { emptyGraphSentence, emptyTraceSentence, traceNotFoundSentence } from './messages';
import { atLeastAnHour, panelWindow } from './panelWindow';
import { QueryRefused } from './queryRefused';
import type { DataSourceServices } from './services';
import type { TraceSettings } from './settings';

export interface QueryDependencies {
  readonly connected: ConnectedBackend;
  readonly settings: TraceSettings;
  readonly services: Pick<DataSourceServices, 'replace' | 'now'>;
  readonly catalogue: Catalogue;
  /** This data source, for the links in results. */
  readonly self: { readonly uid: string; readonly name: string };
}

/** What one run of one query needs to know. */
interface Run extends QueryDependencies {
  readonly request: DataQueryRequest<TraceQuery>;
  readonly context: RequestContext;
  /** The panel's. */
  readonly window: TimeWindow;
}

/** Frames in the order in which Grafana must get them. Rejects; `errorSentence` words every rejection. */
export async function runQuery(
  target: TraceQuery,
  request: DataQueryRequest<TraceQuery>,
  dependencies: QueryDependencies,
  signal: AbortSignal
): Promise<DataFrame[]> {
  const { connected, services } = dependencies;
  const startedMs = services.now();
  const run: Run = { ...dependencies, request, context: { signal }, window: panelWindow(request.range, startedMs) };

  const query = interpolateQuery(
    normalizeQuery(target, { dialects: connected.definition.dialects ?? [] }),
    (text, format) => services.replace(text, request.scopedVars, format)
  );
  const frames = await answerQuery(query, run);
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
    case 'serviceGraph':
      return answerServiceGraph(query, run);
    case 'unsupported':
      throw new QueryRefused(query.reason);
  }
}

async function answerTraceId(query: TraceIdQuery, run: Run): Promise<DataFrame[]> {
  const { backend, definition } = run.connected;
  // What the definition declares will do: asking the server first would cost a lookup a round trip.
  refuseProblems(query, definition.capabilities);
  const request = compileLookup(query, run);
  const renderTime = timeRenderer(run.request.timezone);
  try {
    const { trace, notices } = await lookUpTrace(backend, request, run.context, renderTime);
    if (trace.spans.length === 0) {
      throw new QueryRefused(emptyTraceSentence(definition.label, query.query, trace.warnings[0]));
    }
    const frame = buildTraceFrame(trace, {
      refId: query.refId,
      displayTraceId: query.query,
      profiles: profilesTarget(run.settings),
      notices,
    });
    return isNodeGraphWanted(run) ? [frame, ...buildTraceNodeGraphFrames(trace, { refId: query.refId })] : [frame];
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'trace-not-found') {
      const range = request.window && renderRange(request.window, renderTime);
      throw new QueryRefused(traceNotFoundSentence({ product: definition.label, traceId: query.query, range }));
    }
    throw error;
  }
}

/** Bounds only where they help: a store that ignores them would be asked twice for every miss. */
function compileLookup(query: TraceIdQuery, { connected, settings, window }: Run): TraceRequest {
  const request = compileTraceRequest(query, settings.hasBoundedLookup ? atLeastAnHour(window) : undefined);
  return connected.definition.capabilities.traceWindow ? request : { ...request, window: undefined };
}

async function answerSearch(query: SearchQuery, run: Run): Promise<DataFrame[]> {
  refuseProblems(query, await run.catalogue.capabilities(run.context.signal));
  const request = compileSearchRequest(query, run.window);
  const { summaries, isLimited, notices } = await run.connected.backend.searchTraces(request, run.context);
  const frame = buildSearchFrame(summaries, {
    refId: query.refId,
    datasource: run.self,
    search: request,
    isLimited,
    limit: request.limit,
    notices: [ownWindowNotice(query) ?? [], notices].flat(),
  });
  return [frame];
}

async function answerServiceGraph(query: ServiceGraphQuery, run: Run): Promise<DataFrame[]> {
  refuseProblems(query, await run.catalogue.capabilities(run.context.signal));
  const graph = (await run.connected.backend.fetchDependencies?.(run.window, run.context)) ?? { calls: [] };
  const calls = query.service
    ? graph.calls.filter(({ caller, callee }) => caller === query.service || callee === query.service)
    : graph.calls;
  const notices: Notice[] = calls.length > 0 ? [] : [{ severity: 'info', text: emptyGraphSentence(query.service) }];
  return buildServiceGraphFrames({ calls }, { refId: query.refId, datasource: run.self, notices });
}

function refuseProblems(query: TraceQuery, capabilities: BackendCapabilities): void {
  const problems = validateQuery(query, capabilities);
  if (problems.length > 0) {
    throw new QueryRefused(problems.map(({ message }) => message).join(' '));
  }
}

/** Dashboards take every frame of an answer for their panel's; only Explore sorts frames by kind. */
function isNodeGraphWanted({ request, settings }: Run): boolean {
  return settings.hasNodeGraph && request.app === CoreApp.Explore;
}

function timeRenderer(timeZone: string | undefined): (unixMs: number) => string {
  return (unixMs) => dateTimeFormat(unixMs, { timeZone });
}

function profilesTarget({ tracesToProfiles }: TraceSettings): ProfilesTarget | undefined {
  if (!tracesToProfiles?.datasourceUid) {
    return undefined;
  }
  const { datasourceUid, profileTypeId, customQuery, query } = tracesToProfiles;
  return {
    datasource: { uid: datasourceUid, name: datasourceUid },
    profileTypeId,
    customQuery: customQuery ? query : undefined,
  };
}
