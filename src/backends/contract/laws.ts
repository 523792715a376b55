import type { Span, Trace } from '../../model/trace';

/** What holds for every trace, whatever the server sent. */
export function expectLaws(trace: Trace): void {
  expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
  const ids = trace.spans.map(({ spanId }) => spanId);
  expect(ids.filter((id) => !/^[0-9a-f]{16}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(trace.spans.filter(isAstray).map(({ name }) => name)).toEqual([]);
  const times = trace.spans.flatMap(({ start, duration, events }) => [start, duration, ...events.map((e) => e.time)]);
  expect([trace.duration, ...times].filter((time) => !Number.isSafeInteger(time))).toEqual([]);
}

/** Its parent is neither there nor missed aloud. */
function isAstray(span: Span): boolean {
  return span.parent === undefined
    ? span.depth !== 0 || (span.parentSpanId !== undefined && span.warnings.length === 0)
    : span.parent.spanId !== span.parentSpanId || !span.parent.children.includes(span);
}
