/** One trace, by id, in any of its views. */
import { CoreApp, dateTimeFormat, type DataFrame } from '@grafana/data';

import type { TraceRequest } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { addFoldLinks } from '../frames/foldLinks';
import type { ProfilesTarget } from '../frames/links';
import { traceNodeGraphFrameSteps } from '../frames/nodeGraphFrames';
import { traceFrameSteps } from '../frames/traceFrame';
import type { Notice } from '../model/notice';
import type { Trace } from '../model/trace';
import { compileTraceRequest } from '../query/compileRequest';
import type { TraceIdQuery } from '../query/query';
import { readTraceView } from '../query/views';
import { lookUpTrace, renderRange, type Lookup } from './lookUpTrace';
import { emptyTraceSentence, traceNotFoundSentence } from './messages';
import { atLeastAnHour, withMargins } from './panelWindow';
import { narrowTrace, prepareForTraceView } from './prepareTrace';
import { QueryRefused } from './queryRefused';
import { refuseProblems, type Run } from './run';
import { runCooperatively } from './runCooperatively';
import type { TraceSettings } from './settings';
import { viewFrameSteps } from './viewFrames';

export async function answerTraceId(query: TraceIdQuery, run: Run): Promise<DataFrame[]> {
  // What the definition declares will do: asking the server first would cost a lookup a round trip.
  refuseProblems(query, run.connected.definition.capabilities, run);
  const found = await findTrace(query, run);
  return buildTraceView(found.trace, query, found.notices, run);
}

/** A trace that is at hand, in the view that the query names. */
export async function buildTraceView(
  whole: Trace,
  query: TraceIdQuery,
  remarksBefore: readonly Notice[],
  run: Run
): Promise<DataFrame[]> {
  const { trace, notices: remarks } = await narrowTrace(whole, query, run);
  const notices = [...remarksBefore, ...remarks];
  const view = readTraceView(query) ?? 'trace';
  if (view === 'trace') {
    return buildPlainTrace(trace, query, notices, run);
  }
  const options = { refId: query.refId, datasource: run.self, fields: query, keepsSpan: run.keepsSpan, notices };
  return [await runCooperatively(viewFrameSteps(view, [trace], options), run)];
}

/** Rejects with a sentence when there is no such trace or nothing in it. */
export async function findTrace(query: TraceIdQuery, run: Run): Promise<Lookup> {
  const { backend, definition } = run.connected;
  const request = compileLookup(query, run);
  const renderTime = timeRenderer(run.request.timezone);
  try {
    const lookup = await lookUpTrace(backend, request, run.context, renderTime);
    run.connected.learned.observe([lookup.trace]);
    if (lookup.trace.spans.length === 0) {
      throw new QueryRefused(emptyTraceSentence(definition.label, query.query, lookup.trace.warnings[0]));
    }
    return lookup;
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'trace-not-found') {
      const range = request.window && renderRange(request.window, renderTime);
      throw new QueryRefused(traceNotFoundSentence({ product: definition.label, traceId: query.query, range }));
    }
    throw error;
  }
}

async function buildPlainTrace(
  trace: Trace,
  query: TraceIdQuery,
  notices: readonly Notice[],
  run: Run
): Promise<DataFrame[]> {
  const { refId } = query;
  const prepared = await prepareForTraceView(trace, query, run);
  const building = traceFrameSteps(prepared.trace, {
    refId,
    displayTraceId: query.query,
    profiles: profilesTarget(run.settings),
    notices: [...notices, ...prepared.notices],
  });
  const frame = await runCooperatively(building, run);
  const shown = prepared.isFolded ? addFoldLinks(frame, run.self) : frame;
  // The graph counts calls, so it is drawn from all of them.
  return isNodeGraphWanted(run)
    ? [shown, ...(await runCooperatively(traceNodeGraphFrameSteps(trace, { refId }), run))]
    : [shown];
}

/** Bounds only where they help: a store that ignores them would be asked twice for every miss. */
function compileLookup(query: TraceIdQuery, { connected, settings, window }: Run): TraceRequest {
  const { lookupMargins } = settings;
  const bounds = lookupMargins && atLeastAnHour(withMargins(window, lookupMargins));
  const request = compileTraceRequest(query, bounds);
  return connected.definition.capabilities.traceWindow ? request : { ...request, window: undefined };
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
