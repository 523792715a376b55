import { deepFreeze } from '../../testkit/deepFreeze';
import { seededTrace, type TraceShape } from '../../testkit/seededTrace';
import { brokenTreeLaws } from '../../testkit/treeLaws';
import { runAtOnce, SPANS_PER_STEP } from '../model/cooperative';
import { nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { draftOf, rebuildTraceSteps, type SpanDraft } from './rebuildTrace';

/** Drafts of all spans, each under the draft of its parent. */
function draftsOf({ spans }: Trace): SpanDraft[] {
  const drafts = new Map<Span, SpanDraft>();
  for (const span of spans) {
    const draft = draftOf(span);
    draft.parent = span.parent && drafts.get(span.parent);
    drafts.set(span, draft);
  }
  return [...drafts.values()];
}

describe('rebuildTrace', () => {
  it.each<[TraceShape, number]>([
    ['bushy', 500],
    ['star', SPANS_PER_STEP],
    // More siblings than are sorted at once, and more than two stretches of them.
    ['star', 3 * SPANS_PER_STEP + 2],
    ['orphans', 3 * SPANS_PER_STEP + 2],
    ['chain', 3 * SPANS_PER_STEP],
  ])('makes the same trace of untouched drafts, in whatever order they come: %s of %d', (shape, spans) => {
    const trace = deepFreeze(seededTrace({ spans, shape, attributesPerSpan: 0 }));
    const rebuilt = runAtOnce(rebuildTraceSteps(trace, draftsOf(trace).reverse()));
    expect(brokenTreeLaws(rebuilt)).toEqual([]);
    expect(rebuilt.spans.map(({ spanId }) => spanId)).toEqual(trace.spans.map(({ spanId }) => spanId));
    expect([rebuilt.epochUnixNano, rebuilt.duration]).toEqual([trace.epochUnixNano, trace.duration]);
  });

  it('orders many siblings anew by start, equal starts by id, and lets times count from the earliest', () => {
    const trace = deepFreeze(seededTrace({ spans: 3 * SPANS_PER_STEP + 2, shape: 'star', attributesPerSpan: 0 }));
    const drafts = draftsOf(trace);
    // Four calls at each instant, the last ones first and long before the root.
    const [, ...calls] = drafts;
    calls.forEach((call, index) => (call.start = nanoseconds(-Math.floor(index / 4) - 1)));
    const rebuilt = runAtOnce(rebuildTraceSteps(trace, drafts));
    const earliest = Math.floor((calls.length - 1) / 4) + 1;
    expect(brokenTreeLaws(rebuilt)).toEqual([]);
    expect(rebuilt.epochUnixNano).toBe(trace.epochUnixNano - BigInt(earliest));
    expect(rebuilt.roots[0].start).toBe(earliest);
    const keys = rebuilt.roots[0].children.map(({ start, spanId }) => `${String(start).padStart(6, '0')} ${spanId}`);
    expect(keys).toEqual([...keys].sort());
  });

  it('stops after every few thousand spans, each of the four times that it goes through all', () => {
    const trace = seededTrace({ spans: 5 * SPANS_PER_STEP, shape: 'chain', attributesPerSpan: 0 });
    const steps = rebuildTraceSteps(trace, draftsOf(trace));
    let stops = 0;
    while (!steps.next().done) {
      stops++;
    }
    expect(stops).toBeGreaterThanOrEqual(4 * 5);
  });

  it('makes an empty trace of no drafts', () => {
    const trace = deepFreeze(seededTrace({ spans: 1 }));
    expect(runAtOnce(rebuildTraceSteps(trace, []))).toMatchObject({ spans: [], roots: [], duration: 0 });
  });
});
