import { SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import type { OperationNumbers } from '../operationNumbers';
import type { FoldPlan } from './foldPlan';
import { Shapes } from './shapes';

/** Fewer repeats are read one by one as easily as in sum. */
export const MIN_REPEATS = 10;

/**
 * Folds siblings of one shape, the most repeated first, until the plan has `threshold` spans or no repeats are left: first
 * those that are alike down to what they called, then those of one service, name and kind alone. What holds a kept span
 * stays beside its fold.
 */
export function* foldRepeatsSteps(
  plan: FoldPlan,
  isKept: Uint8Array,
  threshold: number,
  operations: OperationNumbers
): Steps<void> {
  const repeats = new Repeats(plan, isKept, new Shapes(plan.preorder, operations));
  const alike = yield* repeats.alikeSteps();
  yield* repeats.foldSteps(yield* repeats.alikeBelowSteps(alike), threshold);
  if (plan.size > threshold) {
    yield* repeats.foldSteps(yield* repeats.stillShownSteps(alike), threshold);
  }
}

/** Siblings of one shape. */
interface RepeatGroup {
  /** −1 above the roots. */
  readonly parent: number;
  readonly members: number[];
  /** How many of them hold no kept span. */
  foldable: number;
}

class Repeats {
  constructor(
    private readonly plan: FoldPlan,
    private readonly isKept: Uint8Array,
    private readonly shapes: Shapes
  ) {}

  /** Siblings of one service, name and kind. */
  *alikeSteps(): Steps<RepeatGroup[]> {
    const { spans } = this.plan.preorder;
    const groups: RepeatGroup[] = [];
    for (let parent = this.nextLargeFamily(-1); parent < spans.length; parent = this.nextLargeFamily(parent + 1)) {
      const byShape = new Map<number, RepeatGroup>();
      for (let next = parent + 1; next < this.endOfFamily(parent);) {
        next = this.addSiblings(parent, next, byShape);
        yield;
      }
      addLarge(byShape, groups);
    }
    return groups;
  }

  /** Of these, those that are also alike below. */
  *alikeBelowSteps(alike: readonly RepeatGroup[]): Steps<RepeatGroup[]> {
    const groups: RepeatGroup[] = [];
    for (const group of alike) {
      const byShape = new Map<number, RepeatGroup>();
      for (let next = 0; next < group.members.length;) {
        next = this.addAlikeBelow(group, next, byShape);
        yield;
      }
      addLarge(byShape, groups);
    }
    return groups;
  }

  /** Of these, what others that were folded in the meantime have left. */
  *stillShownSteps(alike: readonly RepeatGroup[]): Steps<RepeatGroup[]> {
    const groups: RepeatGroup[] = [];
    for (const { parent, members } of alike) {
      if (this.plan.isShown(parent)) {
        const shown = members.filter((member) => this.plan.isShown(member));
        const foldable = this.foldableOf(shown).length;
        if (foldable >= MIN_REPEATS) {
          groups.push({ parent, members: shown, foldable });
        }
      }
      yield;
    }
    return groups;
  }

  /** The most repeated first; of equally many the outer ones, as the inner ones go with them. */
  *foldSteps(groups: RepeatGroup[], threshold: number): Steps<void> {
    const { plan } = this;
    groups.sort((a, b) => b.foldable - a.foldable || a.parent - b.parent);
    for (const { parent, members } of groups) {
      if (plan.size <= threshold) {
        return;
      }
      if (plan.isShown(parent)) {
        plan.foldRepeats(parent, members, this.foldableOf(members));
      }
      yield;
    }
  }

  /** The next parent with so many children that some may repeat, −1 for the roots; where there is none, an index too high. */
  private nextLargeFamily(from: number): number {
    const { spans, parents } = this.plan.preorder;
    if (from === -1 && countRoots(parents, MIN_REPEATS) >= MIN_REPEATS) {
      return -1;
    }
    let parent = Math.max(0, from);
    while (parent < spans.length && spans[parent].children.length < MIN_REPEATS) {
      parent++;
    }
    return parent;
  }

  private endOfFamily(parent: number): number {
    const { spans, ends } = this.plan.preorder;
    return parent === -1 ? spans.length : ends[parent];
  }

  /**
   * The next `SPANS_PER_STEP` of the siblings from `first` on; answers the one after them. Not a loop of a generator: those
   * are never compiled to fast code.
   */
  private addSiblings(parent: number, first: number, byShape: Map<number, RepeatGroup>): number {
    const { ends } = this.plan.preorder;
    const end = this.endOfFamily(parent);
    let sibling = first;
    for (let seen = 0; sibling < end && seen < SPANS_PER_STEP; seen++, sibling = ends[sibling]) {
      this.add(byShape, this.shapes.own(sibling), parent, sibling);
    }
    return sibling;
  }

  /** As `addSiblings`, for `members` from the index `first` on, until as many spans are looked at with those below them. */
  private addAlikeBelow({ parent, members }: RepeatGroup, first: number, byShape: Map<number, RepeatGroup>): number {
    const { ends } = this.plan.preorder;
    let next = first;
    for (let seen = 0; next < members.length && seen < SPANS_PER_STEP; next++) {
      const member = members[next];
      this.add(byShape, this.shapes.deep(member), parent, member);
      seen += ends[member] - member;
    }
    return next;
  }

  private add(byShape: Map<number, RepeatGroup>, shape: number, parent: number, sibling: number): void {
    let group = byShape.get(shape);
    if (group === undefined) {
      group = { parent, members: [], foldable: 0 };
      byShape.set(shape, group);
    }
    group.members.push(sibling);
    group.foldable += this.isKept[sibling] === 0 ? 1 : 0;
  }

  private foldableOf(members: readonly number[]): number[] {
    return members.filter((member) => this.isKept[member] === 0);
  }
}

function addLarge(byShape: ReadonlyMap<number, RepeatGroup>, groups: RepeatGroup[]): void {
  for (const group of byShape.values()) {
    if (group.foldable >= MIN_REPEATS) {
      groups.push(group);
    }
  }
}

/** Counts no further than to `enough`. */
function countRoots(parents: Int32Array, enough: number): number {
  let count = 0;
  for (let i = 0; i < parents.length && count < enough; i++) {
    count += parents[i] === -1 ? 1 : 0;
  }
  return count;
}
