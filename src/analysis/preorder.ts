import type { Span, Trace } from '../model/trace';
import { rangeSteps, type Steps } from '../model/cooperative';

/**
 * The tree of a trace as numbers. Spans come depth first, so the descendants of a span are the stretch behind it:
 *
 *     index    0  1  2  3  4        children of i: i + 1, then the end of that one, and so on up to ends[i]
 *     depth    0  1  2  2  1
 *     parents −1  0  1  1  0
 *     ends     5  4  3  4  5
 */
export interface Preorder {
  readonly spans: readonly Span[];
  /** −1 for roots. */
  readonly parents: Int32Array;
  /** The index behind the last descendant. */
  readonly ends: Int32Array;
}

export function* preorderSteps({ spans }: Trace): Steps<Preorder> {
  const parents = new Int32Array(spans.length);
  const ends = new Int32Array(spans.length);
  const lastAtDepth: number[] = [];
  yield* rangeSteps(spans.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const { depth } = spans[i];
      parents[i] = depth === 0 ? -1 : lastAtDepth[depth - 1];
      lastAtDepth[depth] = i;
    }
  });
  for (let i = spans.length - 1; i >= 0; i--) {
    // Descendants were here before; the last of them has told its end.
    ends[i] = Math.max(ends[i], i + 1);
    if (parents[i] >= 0 && ends[parents[i]] < ends[i]) {
      ends[parents[i]] = ends[i];
    }
  }
  return { spans, parents, ends };
}
