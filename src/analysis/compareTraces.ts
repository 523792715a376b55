import { nanoseconds, type Nanoseconds } from '../model/time';
import type { Trace } from '../model/trace';
import { runAtOnce, sortSteps, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { flameTreeSteps, type FlameNode } from './flameTree';
import { operationIdentity, type Operation } from './operation';

/** One thing on both sides of a comparison. */
export interface Sides<Value> {
  readonly left: Value;
  readonly right: Value;
}

/** Sums over all traces of a side. */
export interface OperationTotals {
  readonly count: number;
  /** Spans of status `error`. */
  readonly errors: number;
  readonly self: Nanoseconds;
}

export interface PathTotals extends OperationTotals {
  /** As `FlameNode.total`. */
  readonly total: Nanoseconds;
}

/** A path of operations; a side that does not have it is all zeros. */
export interface ComparedNode extends Operation, Sides<PathTotals> {
  /** The longest on either side first, by total per trace. */
  readonly children: readonly ComparedNode[];
}

/** An operation, wherever in the traces it was called; a side that does not have it is all zeros. */
export interface ComparedOperation extends Operation, Sides<OperationTotals> {
  /** Right minus left, each per trace of its side, so that sets of different sizes can be compared. */
  readonly change: { readonly count: number; readonly errors: number; readonly self: Nanoseconds };
}

export interface TraceComparison {
  readonly traceCount: Sides<number>;
  readonly total: Sides<Nanoseconds>;
  /** The largest change of self time first, in either direction; then of errors, then of the count. */
  readonly operations: readonly ComparedOperation[];
  readonly roots: readonly ComparedNode[];
}

/** Matches two sets of traces path by path: what each side has of every path, and what changed per operation. */
export function compareTraces(left: readonly Trace[], right: readonly Trace[]): TraceComparison {
  return runAtOnce(compareTracesSteps(left, right));
}

/** `compareTraces` in steps. */
export function* compareTracesSteps(left: readonly Trace[], right: readonly Trace[]): Steps<TraceComparison> {
  const trees = { left: yield* flameTreeSteps(left), right: yield* flameTreeSteps(right) };
  const traceCount = { left: left.length, right: right.length };
  const { roots, all } = yield* mergeTreesSteps({ left: trees.left.roots, right: trees.right.roots }, traceCount);
  return {
    traceCount,
    total: { left: trees.left.total, right: trees.right.total },
    operations: yield* compareOperationsSteps(all, traceCount),
    roots,
  };
}

/** A sum per trace; 0 where there are no traces. */
export function perTrace(sum: number, traceCount: number): number {
  return traceCount > 0 ? sum / traceCount : 0;
}

/** Zeros for a side that lacks the path. */
const NOTHING: PathTotals = { count: 0, errors: 0, self: nanoseconds(0), total: nanoseconds(0) };

type Pair = Operation & Partial<Sides<FlameNode>>;

function* mergeTreesSteps(
  roots: Sides<readonly FlameNode[]>,
  traceCount: Sides<number>
): Steps<{ readonly roots: ComparedNode[]; readonly all: ComparedNode[] }> {
  const merged: ComparedNode[] = [];
  const all: ComparedNode[] = [];
  const open = [{ below: roots, into: merged }];
  let turns = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const pair of yield* pairByOperationSteps(next.below, traceCount)) {
      const children: ComparedNode[] = [];
      const { serviceName, name, left, right } = pair;
      const node = { serviceName, name, left: totalsOf(left), right: totalsOf(right), children };
      next.into.push(node);
      all.push(node);
      const below = { left: left?.children ?? [], right: right?.children ?? [] };
      if (below.left.length > 0 || below.right.length > 0) {
        open.push({ below, into: children });
      }
      if (++turns % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  return { roots: merged, all };
}

/** A span may have called as many operations as a large trace has spans, where names hold ids. */
function* pairByOperationSteps(nodes: Sides<readonly FlameNode[]>, traceCount: Sides<number>): Steps<Pair[]> {
  const pairs = new Map<string, { -readonly [Key in keyof Pair]: Pair[Key] }>();
  for (const side of ['left', 'right'] as const) {
    for (let i = 0; i < nodes[side].length; i++) {
      const node = nodes[side][i];
      const identity = operationIdentity(node.serviceName, node.name);
      const pair = pairs.get(identity) ?? { serviceName: node.serviceName, name: node.name };
      pair[side] = node;
      pairs.set(identity, pair);
      if ((i + 1) % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  const length = (pair: Pair) =>
    Math.max(perTrace(pair.left?.total ?? 0, traceCount.left), perTrace(pair.right?.total ?? 0, traceCount.right));
  return yield* sortSteps([...pairs.values()], (a, b) => length(b) - length(a));
}

function totalsOf(node: FlameNode | undefined): PathTotals {
  return node === undefined ? NOTHING : { count: node.count, errors: node.errors, self: node.self, total: node.total };
}

function* compareOperationsSteps(
  nodes: readonly ComparedNode[],
  traceCount: Sides<number>
): Steps<ComparedOperation[]> {
  const sums = new Map<string, Operation & Sides<OperationTotals>>();
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
    const identity = operationIdentity(node.serviceName, node.name);
    const sum = sums.get(identity) ?? { ...node, left: NOTHING, right: NOTHING };
    const { serviceName, name } = node;
    sums.set(identity, { serviceName, name, left: add(sum.left, node.left), right: add(sum.right, node.right) });
  }
  const change = ({ left, right }: Sides<OperationTotals>, of: keyof OperationTotals) =>
    perTrace(right[of], traceCount.right) - perTrace(left[of], traceCount.left);
  const operations: ComparedOperation[] = [];
  for (const sum of sums.values()) {
    const changes = {
      count: change(sum, 'count'),
      errors: change(sum, 'errors'),
      self: nanoseconds(change(sum, 'self')),
    };
    operations.push({ ...sum, change: changes });
    if (operations.length % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return yield* sortSteps(
    operations,
    ({ change: a }, { change: b }) =>
      Math.abs(b.self) - Math.abs(a.self) ||
      Math.abs(b.errors) - Math.abs(a.errors) ||
      Math.abs(b.count) - Math.abs(a.count)
  );
}

function add(a: OperationTotals, b: OperationTotals): OperationTotals {
  return { count: a.count + b.count, errors: a.errors + b.errors, self: nanoseconds(a.self + b.self) };
}
