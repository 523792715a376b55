import { sortSteps, SPANS_PER_STEP, type Steps } from '../cooperative';
import type { FoldPlan, PlannedFold } from './foldPlan';

/**
 * For traces that are large without repeats. Of what is shown by now, the spans that took longest stay, and what is left
 * out becomes one fold per parent. A span ranks no higher than its parent (`rank`), so that wherever the list is cut, the
 * spans before the cut hang together:
 *
 *     root 20  ─┬─ a 12 ─── c 15, ranks as 12       cut to 4:  root ─┬─ a ─── c
 *               └─ b  5 ─── d 1                                       └─ 2 more spans
 *
 * Spans that must be kept rank highest, so their number and that of their parents may lead beyond `threshold`.
 */
export function* foldRestSteps(plan: FoldPlan, isKept: Uint8Array, threshold: number): Steps<void> {
  if (plan.size <= threshold) {
    return;
  }
  const items = yield* rankedItemsSteps(plan, isKept);
  yield;
  const stays = yield* chooseStaying(items, threshold, plan.preorder.spans.length);
  const restByParent = new Map<number, Item[]>();
  for (const item of items) {
    // Below a span that goes, everything goes with it.
    if (!stays.has(item) && (item.parent === -1 || stays.hasSpan(item.parent))) {
      const rest = restByParent.get(item.parent);
      if (rest === undefined) {
        restByParent.set(item.parent, [item]);
      } else {
        rest.push(item);
      }
    }
  }
  yield;
  for (const [parent, rest] of restByParent) {
    if (rest.length > 1 || !isOneRow(rest[0], plan)) {
      const spans = rest.flatMap((item) => (item.fold === undefined ? [item.at] : []));
      const folds = rest.flatMap((item) => item.fold ?? []);
      plan.foldRest(parent, spans, folds);
    }
    yield;
  }
}

/** A span or a fold that is shown. */
interface Item {
  /** The index of the span, or of the first span that the fold hides. */
  readonly at: number;
  readonly parent: number;
  /** Undefined for a span. */
  readonly fold: PlannedFold | undefined;
  readonly rank: number;
}

/** A fold in its place would be as long. */
function isOneRow({ at, fold }: Item, { preorder }: FoldPlan): boolean {
  return fold !== undefined || preorder.ends[at] === at + 1;
}

/** Highest rank first, parents before their children. */
function* rankedItemsSteps(plan: FoldPlan, isKept: Uint8Array): Steps<Item[]> {
  const { spans, parents } = plan.preorder;
  const ranks = new Float64Array(spans.length);
  const items: Item[] = [];
  for (let at = 0; at < spans.length; at++) {
    if (plan.isShown(at)) {
      const parent = parents[at];
      ranks[at] = isKept[at] === 1 ? Infinity : Math.min(spans[at].duration, parent === -1 ? Infinity : ranks[parent]);
      items.push({ at, parent, fold: undefined, rank: ranks[at] });
    }
    if (at % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  for (const fold of plan.folds) {
    const longest = fold.hidden.reduce((most, span) => Math.max(most, spans[span].duration), 0);
    const rank = Math.min(longest, fold.parent === -1 ? Number.MAX_VALUE : ranks[fold.parent], Number.MAX_VALUE);
    items.push({ at: fold.hidden[0], parent: fold.parent, fold, rank });
  }
  yield;
  return yield* sortSteps(items, (a, b) => (a.rank === b.rank ? a.at - b.at : b.rank - a.rank));
}

/** The items at the head of the list that, with a fold wherever something is left out, come to `threshold` or less. */
function* chooseStaying(items: readonly Item[], threshold: number, spanCount: number): Steps<Staying> {
  // What is not chosen yet, by index of the parent plus one: above 0, its parent needs a fold.
  const leftOut = new Int32Array(spanCount + 1);
  for (const { parent } of items) {
    leftOut[parent + 1]++;
  }
  let size = 1;
  let chosen = 0;
  for (let i = 0; i < items.length; i++) {
    const { at, parent, fold, rank } = items[i];
    size += 1 + (fold === undefined && leftOut[at + 1] > 0 ? 1 : 0);
    leftOut[parent + 1]--;
    size -= leftOut[parent + 1] === 0 ? 1 : 0;
    if (rank === Infinity || size <= threshold) {
      chosen = i + 1;
    }
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return new Staying(items.slice(0, chosen), spanCount);
}

class Staying {
  private readonly spans: Uint8Array;
  private readonly folds = new Set<PlannedFold>();

  constructor(items: readonly Item[], spanCount: number) {
    this.spans = new Uint8Array(spanCount);
    for (const { at, fold } of items) {
      if (fold === undefined) {
        this.spans[at] = 1;
      } else {
        this.folds.add(fold);
      }
    }
  }

  has({ at, fold }: Item): boolean {
    return fold === undefined ? this.hasSpan(at) : this.folds.has(fold);
  }

  hasSpan(at: number): boolean {
    return this.spans[at] === 1;
  }
}
