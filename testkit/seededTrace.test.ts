import { seededSpans, seededTrace, type TraceShape } from './seededTrace';

it('is the same for a seed and another for another', () => {
  expect(seededSpans({ spans: 50, seed: 3 })).toEqual(seededSpans({ spans: 50, seed: 3 }));
  expect(seededSpans({ spans: 50, seed: 3 })).not.toEqual(seededSpans({ spans: 50, seed: 4 }));
});

it.each<TraceShape>(['bushy', 'star', 'chain', 'async'])('%s: needs no repair and has its size', (shape) => {
  const trace = seededTrace({ spans: 2_000, shape, attributesPerSpan: 5, services: 4 });
  expect(trace.spans).toHaveLength(2_000);
  expect(trace.roots).toHaveLength(1);
  expect(trace.warnings).toEqual([]);
  expect(trace.spans.filter((span) => span.warnings.length > 0)).toEqual([]);
  expect(new Set(trace.spans.map((span) => span.resource)).size).toBe(4);
  expect(trace.spans.every((span) => span.attributes.size === 5)).toBe(true);
});

it.each<[TraceShape, number]>([
  ['bushy', 5],
  ['star', 1],
  ['chain', 1_999],
  ['async', 5],
  ['loop', 1],
  ['orphans', 0],
])('%s: is %d deep', (shape, depth) => {
  expect(Math.max(...seededTrace({ spans: 2_000, shape }).spans.map((span) => span.depth))).toBe(depth);
});

it('loop: one operation, of which every second call failed', () => {
  const { roots, spans } = seededTrace({ spans: 500, shape: 'loop' });
  expect(roots[0].status.code).toBe('error');
  const calls = roots[0].children;
  expect(new Set(calls.map(({ name, kind, resource }) => `${resource.serviceName} ${name} ${kind}`)).size).toBe(1);
  expect([spans.length, calls.filter(({ status }) => status.code === 'error').length]).toEqual([500, 249]);
});

it('orphans: every span but one has a parent that is missing', () => {
  const { roots } = seededTrace({ spans: 500, shape: 'orphans' });
  expect(roots.filter(({ parentSpanId }) => parentSpanId !== undefined)).toHaveLength(499);
});

it('async: some children outlive their parents; bushy: none does', () => {
  const outliving = (shape: TraceShape) =>
    seededTrace({ spans: 500, shape }).spans.filter(
      ({ parent, start, duration }) => parent && start + duration > parent.start + parent.duration
    ).length;
  expect(outliving('async')).toBeGreaterThan(100);
  expect(outliving('bushy')).toBe(0);
});
