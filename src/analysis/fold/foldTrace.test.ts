import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../../testkit/arbitrarySpans';
import { deepFreeze } from '../../../testkit/deepFreeze';
import { flatSpan, service, TEST_EPOCH_NANO } from '../../../testkit/flatSpan';
import { seededTrace } from '../../../testkit/seededTrace';
import { traceFromText } from '../../../testkit/traceFromText';
import { traceToText } from '../../../testkit/traceToText';
import { brokenTreeLaws } from '../../../testkit/treeLaws';
import { assembleTrace } from '../../model/assembleTrace';
import { Attributes } from '../../model/attributes';
import type { FlatSpan } from '../../model/flatSpan';
import type { Span, Trace } from '../../model/trace';
import { FOLD_AMONG_ROOTS, FOLD_FAILED, FOLD_OPENS, FOLD_SLOWEST } from '../ownAttributes';
import { describeFolding, foldTrace, foldTraceSteps, type FoldedTrace } from './foldTrace';

/** `count` queries of a millisecond in a row, each with the lines `below` it. */
function loop(count: number, below: (index: number, start: number) => string = () => ''): string {
  return Array.from({ length: count }, (_, index) => {
    const start = 1 + index;
    return `db      SELECT item      [${start}--${start + 1}]  client {db.system="mysql" row=${index}}\n${below(index, start)}`;
  }).join('\n');
}

const root = (name: string, end: number) => `shop  ${name}   [0----${end}]\n`;

function drawn({ trace }: FoldedTrace): string {
  return traceToText(trace, { withoutWarnings: true });
}

function redrawn(drawing: string): string {
  return traceToText(traceFromText(drawing), { withoutWarnings: true });
}

describe('foldTrace', () => {
  it('leaves a trace within the threshold as it is', () => {
    const trace = traceFromText(root('GET /cart', 20) + loop(19));
    expect(foldTrace(trace, { threshold: 20 })).toEqual({ trace, shown: 20, total: 20, folds: [] });
    expect(foldTrace(trace, { threshold: 19 }).folds).toHaveLength(1);
  });

  it('makes siblings of one shape one span, from the first start to the last end', () => {
    const trace = deepFreeze(traceFromText(`${root('GET /cart', 400)}shop    load   [0--0.5]\n${loop(300)}`));
    const folded = foldTrace(trace, { threshold: 10 });
    expect(drawn(folded)).toBe(
      redrawn(`
        shop  GET /cart                                 [0-----------400]
        shop    load                                    [0-0.5]
        db      "SELECT item × 300 · p50 1ms · p95 1ms"   [1---301]      client
      `)
    );
    const [fold] = folded.folds;
    expect(fold).toEqual({
      kind: 'repeats',
      spanId: trace.spans[2].spanId,
      parentSpanId: trace.spans[0].spanId,
      siblings: 300,
      errors: 0,
      hidden: 300,
      timeOnPath: 300e6,
    });
    expect([folded.shown, folded.total]).toEqual([2, 302]);
  });

  it('tells numbers and common attributes as attributes, and what it is in a warning', () => {
    const trace = traceFromText(root('GET /cart', 400) + loop(300));
    const [, span] = foldTrace(trace, { threshold: 10 }).trace.spans;
    expect(Object.fromEntries(span.attributes.entries.map(({ key, value }) => [key, value]))).toEqual({
      'tracebridge.fold.count': 300,
      'tracebridge.fold.shown_beside': 0,
      'tracebridge.fold.hidden_spans': 300,
      'tracebridge.fold.errors': 0,
      'tracebridge.fold.min_ns': 1e6,
      'tracebridge.fold.p50_ns': 1e6,
      'tracebridge.fold.p95_ns': 1e6,
      'tracebridge.fold.max_ns': 1e6,
      'tracebridge.fold.total_ns': 300e6,
      'tracebridge.fold.critical_path_ns': 300e6,
      'tracebridge.fold.opens_span_id': trace.spans[0].spanId,
      'tracebridge.fold.slowest_span_id': trace.spans[1].spanId,
      'db.system': 'mysql',
    });
    expect(span.warnings).toEqual([
      'This span stands for 300 calls of the same shape, 300 spans with what they called. It reaches from the first ' +
        'start to the last end and has the ID of the first; their events and links are not shown.',
    ]);
  });

  it('keeps failed spans and the linked one beside the fold, and counts them in it', () => {
    const failing = (index: number, start: number) => (index === 7 || index === 9 ? `db  ok   [${start}] !` : '');
    const drawing =
      root('GET /cart', 400) + loop(300, (index, start) => failing(index, start).replace('ok', '      probe'));
    const trace = traceFromText(drawing);
    const linked = trace.spans.filter(({ name }) => name === 'SELECT item')[100];
    const folded = foldTrace(trace, { threshold: 30, keepSpanId: linked.spanId });
    const shownIds = new Set(folded.trace.spans.map(({ spanId }) => spanId));
    expect(
      trace.spans.filter(({ status }) => status.code === 'error').every(({ spanId }) => shownIds.has(spanId))
    ).toBe(true);
    expect(shownIds.has(linked.spanId)).toBe(true);
    expect(folded.shown + hiddenBy(folded)).toBe(303);
    // The two calls that failed below differ in shape from the others, the linked one does not.
    expect(folded.folds.map(({ siblings, hidden }) => [siblings, hidden])).toEqual([[298, 297]]);
  });

  it('cuts what took long before what is on the critical path', () => {
    const beside = Array.from({ length: 6 }, (_, i) => `job     side${i}   [0---${50 + i}]`);
    const line = Array.from({ length: 4 }, (_, i) => `db      step${i}   [${60 + 10 * i}-${70 + 10 * i}]`);
    const trace = traceFromText(['shop  GET   [0---100]', ...beside, ...line].join('\n'));
    const { trace: folded } = foldTrace(trace, { threshold: 7 });
    // Of those beside, only the last to end is waited for.
    expect(folded.spans.map(({ name }) => name.split(' ')[0]).sort()).toEqual(
      ['5', 'GET', 'side5', 'step0', 'step1', 'step2', 'step3'].sort()
    );
  });

  it('says errors in the name, and is failed itself only for those it hides', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `db      SELECT   [${i}-${i + 1}] ${i % 2 === 0 ? '!' : ''}`);
    const trace = traceFromText(['shop  GET   [0---5000]', ...lines].join('\n'));
    const all = foldTrace(trace, { threshold: 40 });
    expect(all.trace.spans.filter(({ name }) => name === 'SELECT')).toHaveLength(30);
    expect(all.trace.spans.map(({ name, status }) => [name, status.code])).toContainEqual([
      'SELECT × 60 · p50 1ms · p95 1ms · 30 errors',
      'unset',
    ]);
    const tooMany = foldTrace(trace, { threshold: 20 });
    const fold = tooMany.trace.spans.find(({ name }) => name.includes('×')) as Span;
    expect(fold.status).toEqual({ code: 'error', message: '21 of 51 folded spans failed' });
    const failed = trace.spans.find(({ spanId }) => spanId === fold.attributes.get(FOLD_FAILED));
    expect(failed?.status.code).toBe('error');
    expect(tooMany.shown + hiddenBy(tooMany)).toBe(61);
  });

  it('keeps what counts on the critical path', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `db      SELECT   [${i * 10}-${i * 10 + 9}]`);
    const withOne = (last: string) => traceFromText(['shop  GET   [0---1010]', ...lines, last].join('\n'));
    const selectsIn = ({ trace }: FoldedTrace) => trace.spans.filter(({ name }) => name === 'SELECT');
    // A hundred of 9 ms each are on the path with less than 1% of a second, and fold.
    expect(selectsIn(foldTrace(withOne('db      SELECT   [1000-1009]'), { threshold: 10 }))).toEqual([]);
    expect(selectsIn(foldTrace(withOne('db      SELECT   [995-1010]'), { threshold: 10 }))).toMatchObject([
      { duration: 15e6 },
    ]);
  });

  it('keeps the spans that begin and end the trace, so that its times stay', () => {
    const late = (index: number, start: number) =>
      index === 40 ? `mail        send  [0--1]\nmail        send  [${start}--900]` : `mail        send  [${start}]`;
    const trace = traceFromText(`shop  GET /cart   [5----400]\n${loop(60, late)}`);
    const folded = foldTrace(trace, { threshold: 20 });
    expect([folded.trace.epochUnixNano, folded.trace.duration]).toEqual([trace.epochUnixNano, trace.duration]);
    expect(folded.folds.map(({ siblings, hidden }) => [siblings, hidden])).toEqual([[60, 118]]);
  });

  it('folds the most repeated first and no more than it must', () => {
    const few = Array.from({ length: 12 }, (_, i) => `shop    read    [${i}-${i + 1}]`).join('\n');
    const trace = traceFromText(`${root('GET /cart', 400)}${few}\n${loop(300)}`);
    const folded = foldTrace(trace, { threshold: 20 });
    expect(folded.folds.map(({ siblings }) => siblings)).toEqual([300]);
    expect(foldTrace(trace, { threshold: 10 }).folds.map(({ siblings }) => siblings)).toEqual([300, 12]);
  });

  it('tells calls with something else below them apart, but not calls with more of the same', () => {
    const below = (index: number, start: number) =>
      index % 3 === 0
        ? `net        connect  [${start}]`
        : Array.from({ length: 1 + (index % 2) }, () => `net        send  [${start}]`).join('\n');
    const folded = foldTrace(traceFromText(root('GET /cart', 400) + loop(60, below)), { threshold: 10 });
    expect(folded.folds.map(({ siblings }) => siblings)).toEqual([40, 20]);
  });

  it('folds by service, name and kind alone when no two are of one shape', () => {
    const below = (index: number, start: number) => `net        call${index}  [${start}]`;
    const folded = foldTrace(traceFromText(root('GET /cart', 400) + loop(60, below)), { threshold: 10 });
    expect(folded.folds.map(({ kind, siblings, hidden }) => [kind, siblings, hidden])).toEqual([['repeats', 60, 120]]);
  });

  it('cuts a trace without repeats to its longest spans', () => {
    const folded = foldTrace(
      traceFromText(`
        shop  root  [0-----------------20]
        shop    a     [1-----------13]
        shop      c   [1--------------16]
        shop    b      [2---7]
        shop      d     [3-4]
      `),
      { threshold: 4 }
    );
    expect(drawn(folded)).toBe(
      redrawn(`
        shop  root                                [0-----------------20]
        shop    a                                   [1-----------13]
        shop      c                                 [1--------------16]
        shop    "2 more spans · p50 5ms · p95 5ms"   [2---7]
      `)
    );
    expect(folded.folds).toMatchObject([{ kind: 'rest', siblings: 1, hidden: 2 }]);
    expect(describeFolding(folded)).toBe(
      'Large trace: 3 of 5 spans are shown as they are, the others are folded into 1 span that says how many they stand ' +
        'for; 2 of them do not repeat and are left out for their number.'
    );
  });

  it.each([
    ['chain', 50_000],
    ['star', 30_000],
    ['bushy', 30_000],
    ['async', 30_000],
  ] as const)('%s of %d spans: comes near the threshold, loses nothing, stops nobody', (shape, spans) => {
    const trace = seededTrace({ spans, shape, attributesPerSpan: 1 });
    let steps = 0;
    const work = foldTraceSteps(trace, { threshold: 5_000 });
    let step = work.next();
    for (; !step.done; step = work.next()) {
      steps++;
    }
    const folded = step.value;
    expect(steps).toBeGreaterThan(spans / 2_048);
    expect(brokenLaws(trace, folded)).toEqual([]);
    // Failed spans stay, and beside each may be the fold of its siblings.
    expect(folded.trace.spans.length).toBeLessThanOrEqual(10_001);
  });

  it('keeps the linked span at any depth', () => {
    const trace = seededTrace({ spans: 20_000, shape: 'chain', attributesPerSpan: 0 });
    const keepSpanId = trace.spans[19_000].spanId;
    const folded = foldTrace(trace, { threshold: 100, keepSpanId });
    expect(folded.trace.spans.some(({ spanId }) => spanId === keepSpanId)).toBe(true);
  });

  it('folds 20,000 roots', () => {
    const spans = Array.from({ length: 20_000 }, (_, index) =>
      flatSpan({ spanId: (index + 1).toString(16).padStart(16, '0'), durationNano: 1_000 })
    );
    const folded = foldTrace(assembleTrace(spans) as Trace, { threshold: 100 });
    expect(folded.trace.roots).toHaveLength(folded.trace.spans.length);
    expect(folded.folds[0].parentSpanId).toBeUndefined();
    expect(brokenLaws(assembleTrace(spans) as Trace, folded)).toEqual([]);
  });

  it('holds its laws on trees of few names, for every threshold, and is the same each time', () => {
    checkProperty(
      fc.property(
        aTreeOfFewNames,
        fc.integer({ min: 1, max: 40 }),
        fc.option(fc.nat(60), { nil: undefined }),
        (flat, threshold, keep) => {
          const trace = assembleTrace(flat) as Trace;
          const keepSpanId = keep === undefined ? undefined : trace.spans[keep % trace.spans.length].spanId;
          const folded = foldTrace(trace, { threshold, keepSpanId });
          expect(brokenLaws(trace, folded, keepSpanId)).toEqual([]);
          const failed = trace.spans.filter(({ status }) => status.code === 'error');
          const withAncestors = new Set(failed.flatMap(lineOf));
          const mustStay =
            withAncestors.size * 2 +
            2 * (keep === undefined ? 0 : lineOf(trace.spans[keep % trace.spans.length]).length);
          expect(folded.trace.spans.length).toBeLessThanOrEqual(Math.max(threshold, threshold + mustStay + 1));
          expect(foldTrace(trace, { threshold, keepSpanId })).toEqual(folded);
        }
      ),
      { numRuns: 300 }
    );
  });

  it('holds them on wild traces', () => {
    checkProperty(
      fc.property(arbitraryFlatSpans, fc.integer({ min: 1, max: 6 }), (flat, threshold) => {
        const trace = assembleTrace(flat) as Trace;
        expect(brokenLaws(trace, foldTrace(trace, { threshold }))).toEqual([]);
      })
    );
  });

  it('keeps every failed span while there is room for them and their ancestors', () => {
    checkProperty(
      fc.property(aTreeOfFewNames, fc.integer({ min: 1, max: 40 }), (flat, room) => {
        const trace = assembleTrace(flat) as Trace;
        const failed = trace.spans.filter(({ status }) => status.code === 'error');
        // Twice, as the spans that begin and end the trace and those on the critical path may take up to half.
        const threshold = 2 * new Set(failed.flatMap(lineOf)).size + room;
        const shown = new Set(foldTrace(trace, { threshold }).trace.spans.map(({ spanId }) => spanId));
        expect(failed.filter(({ spanId }) => !shown.has(spanId))).toEqual([]);
      }),
      { numRuns: 300 }
    );
  });
});

const aTreeOfFewNames: fc.Arbitrary<FlatSpan[]> = fc
  .array(
    fc.record({
      parent: fc.nat(8),
      name: fc.constantFrom('a', 'a', 'a', 'b'),
      start: fc.nat(50),
      duration: fc.nat(30),
      failed: fc.nat(12),
    }),
    { minLength: 1, maxLength: 60 }
  )
  .map((rows) =>
    rows.map(({ parent, name, start, duration, failed }, index) =>
      flatSpan({
        spanId: id(index),
        // Few parents with many children; a row that would be its own parent is a root.
        parentSpanId: parent === 8 || parent >= index ? undefined : id(parent),
        name,
        startUnixNano: TEST_EPOCH_NANO + BigInt(start),
        durationNano: duration,
        status: { code: failed === 0 ? 'error' : 'unset' },
        resource: service('shop'),
        attributes: Attributes.of({ name }),
      })
    )
  );

function id(index: number): string {
  return (index + 1).toString(16).padStart(16, '0');
}

function lineOf(span: Span): Span[] {
  return span.parent === undefined ? [span] : [span, ...lineOf(span.parent)];
}

function hiddenBy({ folds }: FoldedTrace): number {
  return folds.reduce((sum, { hidden }) => sum + hidden, 0);
}

function brokenLaws(trace: Trace, folded: FoldedTrace, keepSpanId?: string): string[] {
  const laws = trace.spans.length > 2_000 ? [] : brokenTreeLaws(folded.trace);
  const original = new Map(trace.spans.map((span) => [span.spanId, span]));
  const foldIds = new Set(folded.folds.map(({ spanId }) => spanId));
  if (folded.trace.spans.length > trace.spans.length) {
    laws.push('The folded trace is larger.');
  }
  if (folded.shown + hiddenBy(folded) !== trace.spans.length || folded.total !== trace.spans.length) {
    laws.push(`${folded.shown} shown and ${hiddenBy(folded)} hidden are not ${trace.spans.length}.`);
  }
  if (folded.shown + folded.folds.length !== folded.trace.spans.length) {
    laws.push('A span is neither itself nor a fold.');
  }
  if (
    keepSpanId !== undefined &&
    !folded.trace.spans.some(({ spanId }) => spanId === keepSpanId && !foldIds.has(spanId))
  ) {
    laws.push('The linked span is gone.');
  }
  for (const span of folded.trace.spans) {
    const source = original.get(span.spanId);
    if (source === undefined) {
      laws.push(`The span ${span.spanId} comes from nowhere.`);
    } else if (span.parent?.spanId !== source.parent?.spanId) {
      laws.push(`The span ${span.spanId} has another parent.`);
    } else if (!foldIds.has(span.spanId) && (span.name !== source.name || span.duration !== source.duration)) {
      laws.push(`The span ${span.spanId} has changed.`);
    }
  }
  for (const span of folded.trace.spans.filter(({ spanId }) => foldIds.has(spanId))) {
    const ways = [FOLD_OPENS, FOLD_AMONG_ROOTS, FOLD_SLOWEST, FOLD_FAILED].flatMap(
      (key) => span.attributes.getString(key) ?? []
    );
    if (ways.length < 2 || ways.some((spanId) => !original.has(spanId))) {
      laws.push(`The fold ${span.spanId} leads nowhere.`);
    }
  }
  return laws;
}
