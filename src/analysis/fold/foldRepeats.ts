import { SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import type { OperationNumbers } from '../operationNumbers';
import type { Preorder } from '../preorder';
import type { FoldPlan } from './foldPlan';
import { deepShapeSteps, ownShapeSteps } from './shapes';

/** Fewer repeats are read one by one as easily as in sum. */
export const MIN_REPEATS = 10;

/** As deep as what a call sets off usually differs in kind. */
const SHAPE_DEPTH = 3;

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
  if (!hasLargeFamily(plan.preorder)) {
    return;
  }
  const own = yield* ownShapeSteps(plan.preorder, operations);
  const deep = yield* deepShapeSteps(plan.preorder, own, SHAPE_DEPTH);
  for (const shapes of [deep, own]) {
    const groups = yield* repeatGroupsSteps(plan, shapes, isKept);
    // Of equally many the outer ones first, as the inner ones go with them.
    groups.sort((a, b) => b.foldable.length - a.foldable.length || a.parent - b.parent);
    for (const { parent, members, foldable } of groups) {
      if (plan.size <= threshold) {
        return;
      }
      if (plan.isShown(parent)) {
        plan.foldRepeats(parent, members, foldable);
      }
      yield;
    }
  }
}

function hasLargeFamily({ spans, parents }: Preorder): boolean {
  return (
    spans.some(({ children }) => children.length >= MIN_REPEATS) ||
    parents.filter((parent) => parent === -1).length >= MIN_REPEATS
  );
}

interface RepeatGroup {
  readonly parent: number;
  readonly members: number[];
  /** The members without a kept span. */
  readonly foldable: number[];
}

function* repeatGroupsSteps(plan: FoldPlan, shapes: Int32Array, isKept: Uint8Array): Steps<RepeatGroup[]> {
  const { spans } = plan.preorder;
  const groups: RepeatGroup[] = [];
  for (let parent = -1; parent < spans.length; parent++) {
    if (plan.isShown(parent) && (parent === -1 || spans[parent].children.length >= MIN_REPEATS)) {
      const byShape = yield* siblingsByShape(plan, parent, shapes, isKept);
      for (const group of byShape.values()) {
        if (group.foldable.length >= MIN_REPEATS) {
          groups.push(group);
        }
      }
    }
    if (parent % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return groups;
}

function* siblingsByShape(
  plan: FoldPlan,
  parent: number,
  shapes: Int32Array,
  isKept: Uint8Array
): Steps<Map<number, RepeatGroup>> {
  const byShape = new Map<number, RepeatGroup>();
  const { spans, ends } = plan.preorder;
  const end = parent === -1 ? spans.length : ends[parent];
  for (let next = parent + 1; next < end;) {
    next = addSiblings(plan, parent, next, end, shapes, isKept, byShape);
    if (next < end) {
      yield;
    }
  }
  return byShape;
}

/**
 * The next `SPANS_PER_STEP` of the siblings from `first` on; answers the one after them, or `end`. Not a loop of the
 * generator's own: those are never compiled to fast code.
 */
function addSiblings(
  plan: FoldPlan,
  parent: number,
  first: number,
  end: number,
  shapes: Int32Array,
  isKept: Uint8Array,
  byShape: Map<number, RepeatGroup>
): number {
  const { ends } = plan.preorder;
  let sibling = first;
  for (let seen = 0; sibling < end && seen < SPANS_PER_STEP; seen++, sibling = ends[sibling]) {
    if (plan.isShown(sibling)) {
      let group = byShape.get(shapes[sibling]);
      if (group === undefined) {
        group = { parent, members: [], foldable: [] };
        byShape.set(shapes[sibling], group);
      }
      group.members.push(sibling);
      if (isKept[sibling] === 0) {
        group.foldable.push(sibling);
      }
    }
  }
  return sibling;
}
