import { seededSpans, seededTrace } from '../../testkit/seededTrace';
import { compareTracesSteps } from '../analysis/compareTraces';
import { serviceGraphSteps } from '../analysis/deriveServiceGraph';
import { traceNodeGraphFrameSteps } from '../frames/nodeGraphFrames';
import { assembleTrace } from '../model/assembleTrace';
import { SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { viewFrameSteps, type DerivedView, type ViewFrameOptions } from './viewFrames';

const PARTS = 4;
const trace = seededTrace({ spans: PARTS * SPANS_PER_STEP, shape: 'star', attributesPerSpan: 2 });
/** Names that hold ids: as many operations as spans. */
const manyNames = assembleTrace(
  seededSpans({ spans: PARTS * SPANS_PER_STEP, shape: 'star', attributesPerSpan: 0 }).map((span, index) => ({
    ...span,
    name: `${span.name}/${index}`,
  }))
)!;
const [first, second] = trace.spans[0].attributes.entries.map(({ key }) => key);

function viewOf(view: DerivedView, options: Partial<ViewFrameOptions> = {}): Steps<unknown> {
  const datasource = { uid: 'traces', name: 'Traces' };
  return viewFrameSteps(view, [trace], { refId: 'A', datasource, fields: {}, notices: [], ...options });
}

function countYields(steps: Steps<unknown>): number {
  let yields = 0;
  while (!steps.next().done) {
    yields++;
  }
  return yields;
}

describe('a large trace leaves the page its turns', () => {
  // Passes over every span, each of which pauses once a part.
  it.each<[view: string, steps: () => Steps<unknown>, passes: number]>([
    ['statistics', () => viewOf('statistics'), 1],
    ['statistics by id', () => viewOf('statistics', { fields: { groupBy: ['span.id'] } }), 1],
    ['critical path', () => viewOf('criticalPath'), 1],
    ['flame graph', () => viewOf('flameGraph'), 1],
    ['flame graph of the critical path', () => viewOf('criticalPathFlameGraph'), 1],
    ['spans', () => viewOf('spans'), 2],
    ['spans with a column', () => viewOf('spans', { fields: { columns: [first] } }), 3],
    ['spans with two columns', () => viewOf('spans', { fields: { columns: [first, second] } }), 4],
    ['spans, all filtered out', () => viewOf('spans', { keepsSpan: () => false }), 1],
    ['events', () => viewOf('events'), 1],
    ['node graph of spans', () => traceNodeGraphFrameSteps(trace, { refId: 'A' }), 3 - 1 / PARTS],
    ['service graph', () => serviceGraphSteps([trace]), 1],
    // Two trees of two passes each, their pairing, and the sums.
    ['comparison', () => compareTracesSteps([manyNames], [manyNames]), 4 + 2 + 2],
  ])('%s', (_, steps, passes) => {
    expect(countYields(steps())).toBeGreaterThanOrEqual(passes * PARTS);
  });
});
