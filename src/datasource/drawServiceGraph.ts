import type { DataFrame } from '@grafana/data';

import { serviceGraphSteps } from '../analysis/deriveServiceGraph';
import { cutServiceGraph, mergeRepeatedCalls } from '../analysis/narrowServiceGraph';
import { buildServiceGraphFrames, type ServiceGraphFrameOptions } from '../frames/serviceGraphFrames';
import { buildServiceGraphTable } from '../frames/serviceGraphTable';
import type { Steps } from '../model/cooperative';
import type { Notice } from '../model/notice';
import type { ServiceGraph } from '../model/serviceGraph';
import type { Trace } from '../model/trace';
import { cutGraphSentence, graphOfTracesSentence } from './graphMessages';

/** Grafana draws 200 nodes and hides the rest behind markers; far more only cost time (12.4, panel/nodeGraph). */
const MAX_SERVICES = 300;

/** The view `serviceGraph` of a search: what its traces tell. */
export function* graphOfTracesSteps(traces: readonly Trace[], options: ServiceGraphFrameOptions): Steps<DataFrame[]> {
  const sample = info(graphOfTracesSentence(traces.length));
  const notices = [...(traces.length > 0 ? [sample] : []), ...(options.notices ?? [])];
  return drawServiceGraph(yield* serviceGraphSteps(traces), 'graph', { ...options, notices });
}

/** Frames in either view; a very large graph is cut to its strongest part, which is said. */
export function drawServiceGraph(
  whole: ServiceGraph,
  view: 'graph' | 'table',
  options: ServiceGraphFrameOptions
): DataFrame[] {
  if (view === 'table') {
    return [buildServiceGraphTable(whole, options)];
  }
  const { graph, omittedServices, omittedCalls } = cutServiceGraph(mergeRepeatedCalls(whole), MAX_SERVICES);
  const cut = omittedServices > 0 ? [info(cutGraphSentence(MAX_SERVICES, omittedServices, omittedCalls))] : [];
  return buildServiceGraphFrames(graph, { ...options, notices: [...cut, ...(options.notices ?? [])] });
}

function info(text: string): Notice {
  return { severity: 'info', text };
}
