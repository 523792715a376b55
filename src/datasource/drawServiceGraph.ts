import type { DataFrame } from '@grafana/data';

import { completeServiceGraph } from '../analysis/completeServiceGraph';
import { serviceGraphSteps } from '../analysis/deriveServiceGraph';
import { cutServiceGraph, focusServiceGraph } from '../analysis/narrowServiceGraph';
import { buildServiceGraphFrames, type ServiceGraphFrameOptions } from '../frames/serviceGraphFrames';
import type { CallSearch } from '../frames/links';
import { buildServiceGraphTable } from '../frames/serviceGraphTable';
import type { Steps } from '../model/cooperative';
import { info } from '../model/notice';
import type { ServiceGraph } from '../model/serviceGraph';
import type { Trace } from '../model/trace';
import type { BackendCapabilities } from '../query/capabilities';
import type { GraphView } from '../query/serviceGraph';
import { cutGraphSentence, graphOfTracesSentence, noNeighboursSentence } from './graphMessages';

/** Grafana draws 200 nodes and hides the rest behind markers; far more only cost time (12.4, panel/nodeGraph). */
const MAX_SERVICES = 300;
/** Of so many services each may call each. */
const MAX_CALLS = 1000;

export interface GraphPart {
  readonly view: GraphView;
  /** Only these services and those near them; none means all. */
  readonly services: readonly string[];
  /** How many calls away. */
  readonly hops: number;
}

const ALL: GraphPart = { view: 'graph', services: [], hops: 1 };

/** How the store searches for the traces of a call; undefined where it cannot. */
export function callSearchOf({ remoteServices, queryLanguage }: BackendCapabilities): CallSearch | undefined {
  return remoteServices ? 'remoteService' : queryLanguage;
}

/** The view `serviceGraph` of a search: what its traces tell. */
export function* graphOfTracesSteps(traces: readonly Trace[], options: ServiceGraphFrameOptions): Steps<DataFrame[]> {
  const sample = info(graphOfTracesSentence(traces.length));
  const notices = [...(traces.length > 0 ? [sample] : []), ...(options.notices ?? [])];
  return drawServiceGraph(yield* serviceGraphSteps(traces), ALL, { ...options, notices });
}

/** Frames of a part of the graph; where that is very large they show its strongest calls, which is said. */
export function drawServiceGraph(
  counted: ServiceGraph,
  { view, services, hops }: GraphPart,
  options: ServiceGraphFrameOptions
): DataFrame[] {
  const whole = completeServiceGraph(counted);
  const focused = services.length > 0 ? focusServiceGraph(whole, services, hops) : whole;
  const isAlone = focused.calls.length === 0 && whole.calls.length > 0;
  const notices = [...(isAlone ? [info(noNeighboursSentence(services))] : []), ...(options.notices ?? [])];
  if (view === 'table') {
    return [buildServiceGraphTable(focused, { ...options, notices })];
  }
  const cut = cutServiceGraph(focused, MAX_SERVICES, MAX_CALLS);
  const isCut = cut.omittedServices > 0 || cut.omittedCalls > 0;
  return buildServiceGraphFrames(cut.graph, {
    ...options,
    notices: [...(isCut ? [info(cutGraphSentence(cut))] : []), ...notices],
  });
}
