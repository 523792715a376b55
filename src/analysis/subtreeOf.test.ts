import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { deepFreeze } from '../../testkit/deepFreeze';
import { seededTrace } from '../../testkit/seededTrace';
import { traceFromText } from '../../testkit/traceFromText';
import { traceToText } from '../../testkit/traceToText';
import { brokenTreeLaws } from '../../testkit/treeLaws';
import { assembleTrace } from '../model/assembleTrace';
import type { Span, Trace } from '../model/trace';
import { subtreeOf } from './subtreeOf';

const trace = deepFreeze(
  traceFromText(`
    shop  GET /cart   [0------------20]
    cart    load        [2-----12]       #c2
    db        SELECT      [4--8]         @5 retry
    mail    send              [14---30]
  `)
);

it('answers the span and all below it, with times of its own', () => {
  const subtree = subtreeOf(trace, 'c2'.padStart(16, '0')) as Trace;
  expect(traceToText(subtree, { withoutWarnings: true })).toBe(
    traceToText(
      traceFromText(`
        cart  load        [0-----10]  ?
        db      SELECT      [2--6]   @3 retry
      `),
      { withoutWarnings: true }
    )
  );
  expect(subtree.epochUnixNano).toBe(trace.epochUnixNano + 2_000_000n);
  // Nothing was lost here, so there is nothing to warn of.
  expect(subtree.spans[0].warnings).toEqual([]);
  expect(subtree.spans[0].parentSpanId).toBe(trace.spans[0].spanId);
});

it('is the trace itself from its only root, and nothing from a span of another trace', () => {
  expect(subtreeOf(trace, trace.roots[0].spanId)).toBe(trace);
  expect(subtreeOf(trace, 'nowhere')).toBeUndefined();
});

it('holds the laws of a trace from every span of a wild one, and holds all descendants', () => {
  checkProperty(
    fc.property(arbitraryFlatSpans, (flatSpans) => {
      const whole = assembleTrace(flatSpans) as Trace;
      for (const span of whole.spans) {
        const subtree = subtreeOf(whole, span.spanId) as Trace;
        expect(brokenTreeLaws(subtree)).toEqual([]);
        expect(subtree.spans.map(({ spanId }) => spanId)).toEqual(descendants(span).map(({ spanId }) => spanId));
      }
    })
  );
});

it('does not recurse', () => {
  const chain = seededTrace({ spans: 50_000, shape: 'chain', attributesPerSpan: 0 });
  expect(subtreeOf(chain, chain.spans[1].spanId)?.spans).toHaveLength(49_999);
});

function descendants(span: Span): Span[] {
  return [span, ...span.children.flatMap(descendants)];
}
