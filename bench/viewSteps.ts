import { correctClockSkewSteps } from '../src/analysis/clockSkew';
import { compareTracesSteps } from '../src/analysis/compareTraces';
import { serviceGraphSteps } from '../src/analysis/deriveServiceGraph';
import { overRepresentedSteps } from '../src/analysis/overRepresentedAttributes';
import { subtreeSteps } from '../src/analysis/subtreeOf';
import { viewFrameSteps, type DerivedView } from '../src/datasource/viewFrames';
import { comparisonFrameSteps } from '../src/frames/comparisonFrame';
import { differenceFlameGraphFrameSteps } from '../src/frames/flameGraphFrame';
import { traceNodeGraphFrameSteps } from '../src/frames/nodeGraphFrames';
import type { Steps } from '../src/model/cooperative';
import type { Trace } from '../src/model/trace';

type Subject = readonly [name: string, start: () => Steps<unknown>];

/** Everything else that is made of one large trace, each with the most that can be asked of it. */
export function viewSteps(trace: Trace): readonly Subject[] {
  const columns = trace.spans[0].attributes.entries.slice(0, 3).map(({ key }) => key);
  const fields = { columns, groupBy: ['service', 'operation'] };
  const datasource = { uid: 'traces', name: 'Traces' };
  const view = (name: DerivedView): Subject => [
    name,
    () => viewFrameSteps(name, [trace], { refId: 'A', datasource, fields, notices: [] }),
  ];
  return [
    view('statistics'),
    view('criticalPath'),
    view('criticalPathFlameGraph'),
    view('flameGraph'),
    view('spans'),
    view('events'),
    ['nodeGraph', () => traceNodeGraphFrameSteps(trace, { refId: 'A' })],
    ['serviceGraph', () => serviceGraphSteps([trace])],
    ['clock correction', () => correctClockSkewSteps(trace)],
    ['subtree', () => subtreeSteps(trace, largestSubtree(trace))],
    ['difference flame graph', () => differenceSteps(trace)],
    ['comparison by operation', () => comparisonSteps(trace)],
    ['comparison by attribute', () => overRepresentedSteps([trace], [trace])],
  ];
}

/** Of those that are not the whole trace. */
function largestSubtree({ roots }: Trace): string {
  const below = roots.length > 1 ? roots : roots[0].children;
  return (below.find(({ children }) => children.length > 0) ?? below[0]).spanId;
}

function* differenceSteps(trace: Trace): Steps<unknown> {
  return yield* differenceFlameGraphFrameSteps(yield* compareTracesSteps([trace], [trace]), { refId: 'A' });
}

function* comparisonSteps(trace: Trace): Steps<unknown> {
  return yield* comparisonFrameSteps(yield* compareTracesSteps([trace], [trace]), { refId: 'A' });
}
