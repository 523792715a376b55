import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { flatSpan, service, TEST_EPOCH_NANO } from '../../testkit/flatSpan';
import { checkFrames } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { assembleTrace } from '../model/assembleTrace';
import type { FlatSpan } from '../model/flatSpan';
import { buildTraceNodeGraphFrames } from './nodeGraphFrames';

function framesOf(spans: FlatSpan[]) {
  const trace = assembleTrace(spans);
  return trace ? buildTraceNodeGraphFrames(trace, { refId: 'A' }) : [];
}

const id = (digits: string) => digits.padStart(16, '0');

describe('buildTraceNodeGraphFrames', () => {
  it('gives a node per span with total and self time, and an edge per parent', () => {
    const [nodes, edges] = framesOf([
      flatSpan({ name: 'GET /cart', durationNano: 20_000_000, resource: service('frontend') }),
      flatSpan({
        spanId: id('b1'),
        parentSpanId: id('a1'),
        name: 'SELECT',
        startUnixNano: TEST_EPOCH_NANO + 1_000_000n,
        durationNano: 5_040_000,
        resource: service('db'),
        status: { code: 'error', message: 'timeout' },
      }),
    ]);
    expect(`\n${frameToText(nodes)}\n\n${frameToText(edges)}\n`).toBe(`
id               | title    | subtitle  | mainstat       | secondarystat  | color | detail__status
00000000000000a1 | frontend | GET /cart | 20ms (100%)    | 15ms (74.8%)   | 0.748 | unset
00000000000000b1 | db       | SELECT    | 5.04ms (25.2%) | 5.04ms (25.2%) | 0.252 | error: timeout

id               | source           | target
00000000000000b1 | 00000000000000a1 | 00000000000000b1
`);
  });

  it('draws no edge to a parent that is missing, and copes with a trace of no length', () => {
    const frames = framesOf([flatSpan({ parentSpanId: id('99'), durationNano: 0 })]);
    expect(frames[1].length).toBe(0);
    expect(frameToText(frames[0], { columns: ['mainstat', 'color'] })).toBe('mainstat | color\n0ns (0%) | 0');
    expect(checkFrames(frames)).toEqual([]);
  });

  it('does not depend on the depth of the trace', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      flatSpan({ spanId: id((index + 1).toString(16)), parentSpanId: index > 0 ? id(index.toString(16)) : undefined })
    );
    expect(framesOf(chain)[1].length).toBe(19_999);
  });

  it('keeps the laws whatever the wire gave', () => {
    checkProperty(fc.property(arbitraryFlatSpans, (spans) => expect(checkFrames(framesOf(spans))).toEqual([])));
  });
});
