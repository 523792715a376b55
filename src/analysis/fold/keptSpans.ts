import type { TimeOnPath } from '../criticalPathSummary';
import { rangeSteps, type Steps } from '../../model/cooperative';
import type { Preorder } from '../preorder';

/**
 * A span with at least this share of the critical path always stays. Sections of the path never overlap, so there are at
 * most a hundred such spans, however many calls the path goes through: a loop of 4,312 calls is on the path with each of
 * them, and is still to fold.
 */
export const CRITICAL_SHARE = 0.01;

export interface KeepOptions {
  /** Traces of at most this many spans stay as they are; larger ones are folded until they come near it. */
  readonly threshold: number;
  /** A span that is shown whatever happens, with its ancestors: the one a link leads to. */
  readonly keepSpanId?: string;
  /** Spans of which something is told. They are shown with their ancestors as far as there is room. */
  readonly toldSpanIds?: ReadonlySet<string>;
}

/** So many failed spans may turn out to lie too deep before no more are tried: each is a walk up to the roots. */
const MAX_MISSES = 100;

/**
 * Which spans folding must leave: the linked span, the spans that begin and end the trace, those of which something is
 * told, those that count on the critical path, and failed ones. The failed ones all stay as long as `threshold` has room
 * for them and their ancestors; of more, those that come first, up to half of it, and the folds tell of the others. Only
 * the linked span is kept at any depth: in a chain of 50,000 the ancestors of the last span are everything.
 *
 * Answers 1 for spans that must stay, with all their ancestors.
 */
export function* keptSpansSteps(timeOnPath: TimeOnPath, preorder: Preorder, options: KeepOptions): Steps<Uint8Array> {
  const { spans, parents } = preorder;
  const least = timeOnPath.reduce((sum, time) => sum + time, 0) * CRITICAL_SHARE;
  const limit = options.threshold / 2;
  const kept = new Marks(parents);
  const told: number[] = [];
  const critical: number[] = [];
  const failed: number[] = [];
  let ending = 0;
  yield* rangeSteps(spans.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const { spanId, status, start, duration } = spans[i];
      if (spanId === options.keepSpanId) {
        kept.mark(i);
      }
      if (options.toldSpanIds?.has(spanId)) {
        told.push(i);
      }
      if (timeOnPath[i] > 0 && timeOnPath[i] >= least) {
        critical.push(i);
      }
      if (status.code === 'error') {
        failed.push(i);
      }
      ending = start + duration > spans[ending].start + spans[ending].duration ? i : ending;
    }
  });
  const beginning = spans.findIndex(({ start }) => start === 0);
  [beginning, ending, ...told, ...critical].forEach((span) => kept.markWithin(span, limit));
  yield;
  const withAllFailed = kept.copy();
  if (failed.every((span) => withAllFailed.markWithin(span, options.threshold))) {
    return withAllFailed.marks;
  }
  yield;
  for (let i = 0, misses = 0; i < failed.length && misses < MAX_MISSES; i++) {
    misses += kept.markWithin(failed[i], limit) ? 0 : 1;
  }
  return kept.marks;
}

/** Marked spans and, with them, all their ancestors. */
class Marks {
  constructor(
    private readonly parents: Int32Array,
    readonly marks = new Uint8Array(parents.length),
    private count = 0
  ) {}

  mark(span: number): void {
    for (let i = span; i >= 0 && this.marks[i] === 0; i = this.parents[i]) {
      this.marks[i] = 1;
      this.count++;
    }
  }

  /** Whether the span is marked now: not if that would make more than `limit` marks. */
  markWithin(span: number, limit: number): boolean {
    let count = this.count;
    for (let i = span; i >= 0 && this.marks[i] === 0; i = this.parents[i]) {
      if (++count > limit) {
        return false;
      }
    }
    this.mark(span);
    return true;
  }

  copy(): Marks {
    return new Marks(this.parents, this.marks.slice(), this.count);
  }
}
