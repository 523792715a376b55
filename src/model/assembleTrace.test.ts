import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { flatSpan, TEST_EPOCH_NANO } from '../../testkit/flatSpan';
import { deepFreeze } from '../../testkit/deepFreeze';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { seededSpans } from '../../testkit/seededTrace';
import { flatSpansFromText, traceFromText } from '../../testkit/traceFromText';
import { traceToText } from '../../testkit/traceToText';
import { assembleTrace, assembleTraces } from './assembleTrace';
import type { FlatSpan } from './flatSpan';
import type { Span, Trace } from './trace';

const assemble = (spans: readonly FlatSpan[]) => assembleTrace(spans) as Trace;

describe('the tree', () => {
  it('is depth first, siblings by start, whatever the order of the spans', () => {
    const spans = flatSpansFromText(`
      web   GET /      [0--------------90]
      cart    load          [50--80]
      db        SELECT        [60--70]
      auth    check    [10--20]
    `);
    expect(traceToText(assemble([...spans].reverse()))).toBe(
      [
        'web   GET /       [0---------------------90]',
        'auth    check        [10--20]',
        'cart    load                   [50----80]',
        'db        SELECT                  [60--70]',
      ].join('\n')
    );
  });

  it('orders spans that start together by id', () => {
    const trace = assemble([
      flatSpan({ spanId: '00000000000000b2', name: 'second' }),
      flatSpan({ spanId: '00000000000000c3', name: 'third' }),
      flatSpan({ spanId: '00000000000000a1', name: 'first' }),
    ]);
    expect(trace.spans.map((span) => span.name)).toEqual(['first', 'second', 'third']);
    expect(trace.roots).toEqual(trace.spans);
  });

  it('links parents, children and depths', () => {
    const [root, child, grandchild] = traceFromText(`
      web  a      [0---9]
      web    b    [1---8]
      web      c  [2---7]
    `).spans;
    expect([root.depth, child.depth, grandchild.depth]).toEqual([0, 1, 2]);
    expect(grandchild.parent).toBe(child);
    expect(child.children).toEqual([grandchild]);
    expect(root.parent).toBeUndefined();
    expect(grandchild.children).toEqual([]);
  });
});

describe('times', () => {
  it('count from the earliest span, exactly', () => {
    const late = TEST_EPOCH_NANO + 8_640_000_000_000_001n;
    const trace = assemble([
      flatSpan({ spanId: '2', startUnixNano: late, durationNano: 3 }),
      flatSpan({
        spanId: '1',
        durationNano: 1,
        events: [{ name: 'before', timeUnixNano: TEST_EPOCH_NANO - 7n, attributes: flatSpan().attributes }],
      }),
    ]);
    expect(trace.epochUnixNano).toBe(TEST_EPOCH_NANO);
    expect(trace.spans.map((span) => span.start)).toEqual([0, 8_640_000_000_000_001]);
    expect(trace.duration).toBe(8_640_000_000_000_004);
    expect(trace.spans[0].events[0].time).toBe(-7);
  });

  it('make the trace as long as its latest end, which need not be the last span', () => {
    const trace = traceFromText(`
      web  long   [0--------40]
      web    late     [30--31]
    `);
    expect(trace.duration).toBe(40_000_000);
  });
});

it('has no trace without spans', () => {
  expect(assembleTrace([])).toBeUndefined();
  expect(assembleTraces([])).toEqual([]);
});

it('keeps what the decoder said about the trace', () => {
  expect(assembleTrace([flatSpan()], ['Two spans are left out.'])?.warnings).toEqual(['Two spans are left out.']);
});

it('separates traces in order of first appearance and keeps each one’s spans', () => {
  const [x, y] = ['0'.repeat(31) + '1', '0'.repeat(31) + '2'];
  const traces = assembleTraces(
    [
      flatSpan({ traceId: y, spanId: '1' }),
      flatSpan({ traceId: x, spanId: '1' }),
      flatSpan({ traceId: y, spanId: '2', parentSpanId: '1' }),
    ],
    ['Cut.']
  );
  expect(traces.map((trace) => [trace.traceId, trace.spans.length, trace.warnings])).toEqual([
    [y, 2, ['Cut.']],
    [x, 1, ['Cut.']],
  ]);
});

describe('shapes that end recursive walks', () => {
  const chain = seededSpans({ spans: 50_000, shape: 'chain', attributesPerSpan: 0 });

  it('a chain of 50,000', () => {
    const trace = assemble(chain);
    expect(trace.spans).toHaveLength(50_000);
    expect(trace.spans[49_999].depth).toBe(49_999);
  });

  it('a star of 20,000', () => {
    const trace = assemble(seededSpans({ spans: 20_000, shape: 'star', attributesPerSpan: 0 }));
    expect(trace.roots).toHaveLength(1);
    expect(trace.roots[0].children).toHaveLength(19_999);
    expect(trace.spans.every((span) => span.warnings.length === 0)).toBe(true);
  });

  it('a circle of 50,000', () => {
    const last = assemble(chain).spans[49_999].spanId;
    const trace = assemble(chain.map((span) => (span.parentSpanId ? span : { ...span, parentSpanId: last })));
    expect(trace.roots).toHaveLength(1);
    expect(trace.spans).toHaveLength(50_000);
  });

  it('50,000 spans of one id, and 50,000 without a start', () => {
    expect(assemble(chain.map((span) => ({ ...span, spanId: '00000000000000a1' }))).spans).toHaveLength(50_000);
    const timeless = assemble(chain.map((span) => ({ ...span, startUnixNano: 0n })));
    expect(timeless.spans.every((span) => span.start === 0)).toBe(true);
  });
});

describe('laws, for whatever a wire may give', () => {
  const holds = (check: (trace: Trace, spans: readonly FlatSpan[]) => void) =>
    checkProperty(
      fc.property(arbitraryFlatSpans, (spans) => check(assemble(deepFreeze(spans)), spans)),
      { numRuns: 500 }
    );

  it('no span is lost but copies, and these are told', () => {
    holds((trace, spans) => {
      const lost = spans.length - trace.spans.length;
      expect(trace.warnings.some((warning) => /came (twice|more than once)/.test(warning))).toBe(lost > 0);
      expect(new Set(trace.spans.map((span) => span.name))).toEqual(new Set(spans.map((span) => span.name)));
    });
  });

  it('ids are unique, and new ones are told', () => {
    holds((trace, spans) => {
      const ids = trace.spans.map((span) => span.spanId);
      expect(new Set(ids).size).toBe(ids.length);
      const known = new Set(spans.map((span) => span.spanId));
      for (const span of trace.spans.filter((each) => !known.has(each.spanId))) {
        expect(span.warnings.join()).toContain(span.spanId);
      }
    });
  });

  it('parent, children, roots, depth, position and parentSpanId agree', () => {
    holds((trace) => {
      const reached: Span[] = [];
      for (const span of trace.spans) {
        expect(span.depth).toBe(span.parent ? span.parent.depth + 1 : 0);
        expect(span.position).toBe(reached.length);
        expect(trace.roots.includes(span)).toBe(span.parent === undefined);
        if (span.parent) {
          expect(span.parent.children).toContain(span);
          expect(span.parentSpanId).toBe(span.parent.spanId);
          expect(reached).toContain(span.parent);
        }
        reached.push(span);
      }
      expect(trace.spans.reduce((sum, span) => sum + span.children.length, trace.roots.length)).toBe(reached.length);
    });
  });

  it('a span that named a parent has one, or a warning says why not', () => {
    holds((trace, spans) => {
      const claims = spans.some((span) => span.parentSpanId !== undefined);
      const orphans = trace.spans.filter((span) => span.parentSpanId !== undefined && span.parent === undefined);
      expect(orphans.length === 0 || claims).toBe(true);
      for (const orphan of orphans) {
        expect(orphan.warnings).toContainEqual(expect.stringContaining('is not part of this trace'));
        expect(trace.spans.some((span) => span.spanId === orphan.parentSpanId)).toBe(false);
      }
    });
  });

  it('times are numbers within the trace', () => {
    holds((trace) => {
      for (const span of trace.spans) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.duration).toBeGreaterThanOrEqual(0);
        expect(span.start + span.duration).toBeLessThanOrEqual(trace.duration);
        expect(span.events.every((event) => Number.isFinite(event.time))).toBe(true);
      }
    });
  });

  it('siblings and roots are by start', () => {
    holds((trace) => {
      for (const siblings of [trace.roots, ...trace.spans.map((span) => span.children)]) {
        const starts = siblings.map((span) => span.start);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }
    });
  });

  it('spans with ids of their own make the same trace in any order', () => {
    const uniqueSpans = arbitraryFlatSpans.map((spans) => [
      ...new Map(spans.map((span) => [span.spanId, span])).values(),
    ]);
    checkProperty(
      fc.property(
        uniqueSpans.chain((spans) =>
          fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length }))
        ),
        ([spans, shuffled]) => {
          const asText = (list: readonly FlatSpan[]) => traceToText(assemble(list), { attributes: true, ids: true });
          expect(asText(shuffled)).toBe(asText(spans));
        }
      )
    );
  });
});
