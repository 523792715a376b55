import type { ViewSpan } from './viewTrace';

/**
 * The indices of the spans to draw: none below a collapsed span, and only those in `only` when it is given.
 */
export function visibleSpans(
  spans: readonly ViewSpan[],
  collapsed: ReadonlySet<string>,
  only?: ReadonlySet<string>
): number[] {
  const visible: number[] = [];
  for (let index = 0; index < spans.length;) {
    const span = spans[index];
    if (!only || only.has(span.spanId)) {
      visible.push(index);
    }
    index = collapsed.has(span.spanId) ? span.subtreeEnd : index + 1;
  }
  return visible;
}
