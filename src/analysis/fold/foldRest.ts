import { rangeSteps, sortSteps, type Steps } from '../../model/cooperative';
import type { TimeOnPath } from '../criticalPathSummary';
import type { Preorder } from '../preorder';
import type { FoldPlan, PlannedFold } from './foldPlan';

/**
 * For traces that are large without repeats. Of what is shown by now, the spans of the critical path stay, then those that
 * took longest, and what is left out becomes one fold per parent. A span ranks no higher than its parent (`rank`), so that
 * wherever the list is cut, the spans before the cut hang together:
 *
 *     root 20  ─┬─ a 12 ─── c 15, ranks as 12       cut to 4:  root ─┬─ a ─── c
 *               └─ b  5 ─── d 1                                       └─ 2 more spans
 *
 * Spans that must be kept rank highest, so their number and that of their parents may lead beyond `threshold`.
 */
export function* foldRestSteps(
  plan: FoldPlan,
  isKept: Uint8Array,
  timeOnPath: TimeOnPath,
  threshold: number
): Steps<void> {
  if (plan.size <= threshold) {
    return;
  }
  const leads = leadsToPath(timeOnPath, plan.preorder);
  yield;
  const ranks = yield* rankSteps(plan, isKept, leads);
  const folds = plan.folds.map((fold) => foldItem(fold, ranks, leads, plan));
  const stays = yield* chooseStaying(plan, ranks, folds, threshold);
  const restByParent = yield* restSteps(plan, folds, stays);
  for (const [parent, rest] of restByParent) {
    if (rest.spans.length + rest.folds.length > 1 || !isOneRow(rest, plan)) {
      plan.foldRest(parent, rest.spans, rest.folds);
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

/** By index: 1 for spans of the critical path and all above them. */
function leadsToPath(timeOnPath: TimeOnPath, { parents }: Preorder): Uint8Array {
  const leads = new Uint8Array(parents.length);
  for (let at = parents.length - 1; at >= 0; at--) {
    if (timeOnPath[at] > 0) {
      leads[at] = 1;
    }
    if (leads[at] === 1 && parents[at] !== -1) {
      leads[parents[at]] = 1;
    }
  }
  return leads;
}

/** By index; −1 where nothing is shown. */
function* rankSteps(plan: FoldPlan, isKept: Uint8Array, leads: Uint8Array): Steps<Float64Array> {
  const { spans, parents } = plan.preorder;
  const ranks = new Float64Array(spans.length).fill(-1);
  yield* rangeSteps(spans.length, (from, to) => {
    for (let at = from; at < to; at++) {
      if (plan.isShown(at)) {
        const limit = parents[at] === -1 ? Infinity : ranks[parents[at]];
        ranks[at] = isKept[at] === 1 ? Infinity : Math.min(ownRank(spans[at].duration, leads[at]), limit);
      }
    }
  });
  return ranks;
}

/** Above any duration in nanoseconds that is worth a drawing (52 days), and small enough to tell those apart. */
const PATH_RANK = 2 ** 52;

function ownRank(duration: number, leads: number): number {
  return leads === 1 ? PATH_RANK + duration : duration;
}

function foldItem(fold: PlannedFold, ranks: Float64Array, leads: Uint8Array, { preorder: { spans } }: FoldPlan): Item {
  const longest = fold.hidden.reduce((most, span) => Math.max(most, ownRank(spans[span].duration, leads[span])), 0);
  const limit = fold.parent === -1 ? Infinity : ranks[fold.parent];
  return { at: fold.hidden[0], parent: fold.parent, fold, rank: Math.min(longest, limit) };
}

/** The highest ranked items that, with a fold wherever something is left out, come to `threshold` or less. */
function* chooseStaying(
  plan: FoldPlan,
  ranks: Float64Array,
  folds: readonly Item[],
  threshold: number
): Steps<Staying> {
  const { parents } = plan.preorder;
  // What is not chosen yet, by index of the parent plus one: above 0, its parent needs a fold.
  const leftOut = new Int32Array(parents.length + 1);
  folds.forEach(({ parent }) => leftOut[parent + 1]++);
  const least = leastRank(ranks, folds, threshold);
  yield;
  const candidates = folds.filter(({ rank }) => rank >= least);
  yield* rangeSteps(plan.preorder.spans.length, (from, to) => {
    for (let at = from; at < to; at++) {
      if (plan.isShown(at)) {
        leftOut[parents[at] + 1]++;
        if (ranks[at] >= least) {
          candidates.push({ at, parent: parents[at], fold: undefined, rank: ranks[at] });
        }
      }
    }
  });
  // Parents before their children: they rank as high at least and come before.
  const items = yield* sortSteps(candidates, (a, b) => (a.rank === b.rank ? a.at - b.at : b.rank - a.rank));
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
  }
  return new Staying(items.slice(0, chosen), parents.length);
}

/** What ranks lower cannot stay, as `threshold` items rank as high: so that few of many need be sorted. */
function leastRank(ranks: Float64Array, folds: readonly Item[], threshold: number): number {
  const all = new Float64Array(ranks.length + folds.length);
  all.set(ranks);
  folds.forEach(({ rank }, index) => (all[ranks.length + index] = rank));
  all.sort();
  // A whole rank is taken or left as the order within it says, so finite ranks only: kept spans have no last one.
  return Math.min(all[Math.max(0, all.length - 1 - threshold)], Number.MAX_VALUE);
}

/** What goes of the children of one parent, in order. */
interface Rest {
  readonly spans: number[];
  readonly folds: PlannedFold[];
}

/** What goes right below something that stays; below a span that goes, everything goes with it. */
function* restSteps(plan: FoldPlan, folds: readonly Item[], stays: Staying): Steps<Map<number, Rest>> {
  const { spans, parents } = plan.preorder;
  const restByParent = new Map<number, Rest>();
  const restBelow = (parent: number): Rest => {
    let rest = restByParent.get(parent);
    if (rest === undefined) {
      rest = { spans: [], folds: [] };
      restByParent.set(parent, rest);
    }
    return rest;
  };
  yield* rangeSteps(spans.length, (from, to) => {
    for (let at = from; at < to; at++) {
      if (!stays.hasSpan(at) && stays.hasSpan(parents[at]) && plan.isShown(at)) {
        restBelow(parents[at]).spans.push(at);
      }
    }
  });
  for (const { fold, parent } of folds) {
    if (fold !== undefined && !stays.hasFold(fold) && stays.hasSpan(parent)) {
      restBelow(parent).folds.push(fold);
    }
  }
  return restByParent;
}

/** A fold in its place would be as long. */
function isOneRow({ spans: [at], folds }: Rest, { preorder }: FoldPlan): boolean {
  return folds.length > 0 || preorder.ends[at] === at + 1;
}

class Staying {
  private readonly spans: Uint8Array;
  private readonly folds = new Set<PlannedFold | undefined>();

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

  hasFold(fold: PlannedFold | undefined): boolean {
    return this.folds.has(fold);
  }

  /** True above the roots. */
  hasSpan(at: number): boolean {
    return at === -1 || this.spans[at] === 1;
  }
}
