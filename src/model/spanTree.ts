import { SPANS_PER_STEP, type Steps } from './cooperative';
import { compareById, NO_CHILDREN, type SpanNode } from './spanNode';

/** In place of a position, as `SpanIndex` answers too. */
export const NO_PARENT = -1;

export interface SpanTree {
  /** By start. */
  readonly roots: SpanNode[];
  /** Depth first, siblings by start. Spans in a circle hang from no root and are missing. */
  readonly ordered: SpanNode[];
  /** The latest end of them, counted as their starts are. */
  readonly latestEnd: number;
}

/** Position of the parent of each node. */
export function linkedPositions(nodes: readonly SpanNode[]): Int32Array {
  const positionByNode = new Map(nodes.map((node, position) => [node, position]));
  return Int32Array.from(nodes, ({ parent }) =>
    parent === undefined ? NO_PARENT : (positionByNode.get(parent) ?? NO_PARENT)
  );
}

/**
 * Sets `parent`, `children`, `depth` and `position`. All of it is reckoned in lists of numbers, and a node is touched once,
 * when its place is known: in a trace of 100,000 spans every look at a node is a look into memory that no cache holds.
 * `parents` and `starts` are by position of the node.
 */
export function* growTreeSteps(nodes: readonly SpanNode[], parents: Int32Array, starts: Float64Array): Steps<SpanTree> {
  const siblings = siblingsByStart(nodes, parents, starts);
  yield;
  const walk = new Walk(nodes, parents, starts, siblings);
  while (walk.visitNext(SPANS_PER_STEP)) {
    yield;
  }
  return { roots: [...childrenOf(nodes.length, nodes, siblings)], ordered: walk.ordered, latestEnd: walk.latestEnd };
}

/** Depth first, without recursion: a trace may be one chain. */
class Walk {
  readonly ordered: SpanNode[];
  latestEnd = 0;
  private visited = 0;
  private readonly depths: Int32Array;
  private readonly stack: Int32Array;
  private height = 0;

  constructor(
    private readonly nodes: readonly SpanNode[],
    private readonly parents: Int32Array,
    private readonly starts: Float64Array,
    private readonly siblings: Siblings
  ) {
    this.ordered = new Array<SpanNode>(nodes.length);
    this.depths = new Int32Array(nodes.length);
    this.stack = new Int32Array(nodes.length);
    this.pushChildren(nodes.length);
  }

  /** Visits so many more; false when none is left. */
  visitNext(count: number): boolean {
    const { nodes, parents, starts, siblings, ordered, depths, stack } = this;
    const last = this.visited + count;
    while (this.visited < last && this.height > 0) {
      const position = stack[--this.height];
      const node = nodes[position];
      const parent = parents[position];
      node.parent = parent === NO_PARENT ? undefined : nodes[parent];
      node.depth = depths[position] = parent === NO_PARENT ? 0 : depths[parent] + 1;
      node.children = childrenOf(position, nodes, siblings);
      node.position = this.visited;
      ordered[this.visited++] = node;
      this.latestEnd = Math.max(this.latestEnd, starts[position] + node.duration);
      this.pushChildren(position);
    }
    if (this.height > 0) {
      return true;
    }
    // Those in a circle were not visited.
    ordered.length = this.visited;
    return false;
  }

  private pushChildren(parent: number): void {
    const { starts, members } = this.siblings;
    for (let i = starts[parent + 1] - 1; i >= starts[parent]; i--) {
      this.stack[this.height++] = members[i];
    }
  }
}

/** `members[starts[p]]` up to `members[starts[p + 1]]` are the children of `p`; roots are those of `parents.length`. */
interface Siblings {
  readonly starts: Int32Array;
  readonly members: Int32Array;
}

function siblingsByStart(nodes: readonly SpanNode[], parents: Int32Array, starts: Float64Array): Siblings {
  const siblings = groupSiblings(parents);
  sortSiblings(siblings, (a, b) => starts[a] - starts[b] || compareById(nodes[a], nodes[b]));
  return siblings;
}

function groupSiblings(parents: Int32Array): Siblings {
  const size = parents.length;
  const starts = new Int32Array(size + 2);
  // By index: an iterator would make an object for every span.
  for (let position = 0; position < size; position++) {
    starts[(parents[position] === NO_PARENT ? size : parents[position]) + 1]++;
  }
  for (let i = 1; i < starts.length; i++) {
    starts[i] += starts[i - 1];
  }
  const members = new Int32Array(size);
  const next = starts.slice();
  for (let position = 0; position < size; position++) {
    const parent = parents[position] === NO_PARENT ? size : parents[position];
    members[next[parent]++] = position;
  }
  return { starts, members };
}

/** Up to here insertion is faster, above all as most lists are short and nearly in order. */
const INSERTION_LIMIT = 32;

function sortSiblings({ starts, members }: Siblings, compare: (a: number, b: number) => number): void {
  for (let parent = 0; parent < starts.length - 1; parent++) {
    const from = starts[parent];
    const to = starts[parent + 1];
    if (to - from > INSERTION_LIMIT) {
      sortMany(members.subarray(from, to), compare);
      continue;
    }
    for (let i = from + 1; i < to; i++) {
      const member = members[i];
      let place = i;
      while (place > from && compare(members[place - 1], member) > 0) {
        members[place] = members[place - 1];
        place--;
      }
      members[place] = member;
    }
  }
}

/** Most lists come in order, and finding that out costs less than sorting. */
function sortMany(members: Int32Array, compare: (a: number, b: number) => number): void {
  for (let i = 1; i < members.length; i++) {
    if (compare(members[i - 1], members[i]) > 0) {
      members.sort(compare);
      return;
    }
  }
}

function childrenOf(position: number, nodes: readonly SpanNode[], { starts, members }: Siblings): readonly SpanNode[] {
  const from = starts[position];
  const count = starts[position + 1] - from;
  if (count === 0) {
    return NO_CHILDREN;
  }
  const children = new Array<SpanNode>(count);
  for (let i = 0; i < count; i++) {
    children[i] = nodes[members[from + i]];
  }
  return children;
}
