/**
 * Flat spans → trace. The one place that decides who is whose parent, in which order spans come and what time counts
 * from; what it does about spans that cannot be right is in `repairs.ts`. Nothing here recurses: a trace may be one
 * chain of 50,000 spans.
 */
import { runAtOnce, SPANS_PER_STEP, type Steps } from './cooperative';
import type { FlatSpan } from './flatSpan';
import {
  chooseSharedParent,
  repairCycles,
  repairDuration,
  repairEventTimes,
  repairMissingStarts,
  repairOrphan,
  repairSelfParent,
  repairSharedIds,
  type SharedIds,
} from './repairs';
import { SpanIndex } from './spanIndex';
import { createSpanNode, type SpanNode } from './spanNode';
import { growTreeSteps, linkedPositions, NO_PARENT } from './spanTree';
import { nanoseconds } from './time';
import type { Trace } from './trace';

const NO_SHARED_IDS: SharedIds = new Map();

/**
 * `spans` all belong to one trace and stay as they are. Undefined when there are none. `warnings` are about the trace
 * as a whole and come before those of the assembly.
 */
export function assembleTrace(spans: readonly FlatSpan[], warnings: readonly string[] = []): Trace | undefined {
  return runAtOnce(assembleTraceSteps(spans, warnings));
}

/** `assembleTrace` with turns for others: no step takes longer than a walk along one list of numbers. */
export function* assembleTraceSteps(
  spans: readonly FlatSpan[],
  warnings: readonly string[] = []
): Steps<Trace | undefined> {
  if (spans.length === 0) {
    return undefined;
  }
  const remarks = [...warnings];
  const epochUnixNano = earliestStart(spans);
  if (epochUnixNano === 0n) {
    remarks.push('No span of this trace has a start time; all of them are placed at the beginning of 1970.');
  }

  let columns = emptyColumns(spans.length);
  const sourceOfTimeless = new Map<SpanNode, FlatSpan>();
  for (let from = 0; from < spans.length; from += SPANS_PER_STEP) {
    createNodes(spans, from, epochUnixNano, columns, sourceOfTimeless);
    yield;
  }

  let index = new SpanIndex(columns.spanIds);
  let sharedIds = NO_SHARED_IDS;
  if (index.hasSharedIds) {
    const repaired = repairSharedIds(columns.nodes);
    columns = columnsOf(repaired.nodes);
    sharedIds = repaired.sharedIds;
    if (repaired.copies > 0) {
      remarks.push(
        repaired.copies === 1
          ? 'A span that came twice is shown once.'
          : `${repaired.copies} copies of spans that came more than once are left out.`
      );
    }
    index = new SpanIndex(columns.spanIds);
  }
  yield;

  const { nodes } = columns;
  const parents = yield* linkParentsSteps(columns, index, sharedIds);
  let tree = yield* growTreeSteps(nodes, parents, columns.starts);
  // A circle of parents hangs from no root. Missing starts are placed after circles are cut, and both change the tree.
  const hasCycle = tree.ordered.length < nodes.length;
  if (hasCycle || sourceOfTimeless.size > 0) {
    if (hasCycle) {
      hangOn(nodes, parents);
      repairCycles(nodes);
    }
    repairTimes(nodes, sourceOfTimeless);
    tree = yield* growTreeSteps(nodes, linkedPositions(nodes), columnsOf(nodes).starts);
  }

  return {
    traceId: spans[0].traceId,
    epochUnixNano,
    duration: nanoseconds(tree.latestEnd),
    spans: tree.ordered,
    roots: tree.roots,
    warnings: remarks,
  };
}

/** One trace per trace id, in order of first appearance. `warnings` concern the whole answer and go to each trace. */
export function assembleTraces(spans: readonly FlatSpan[], warnings: readonly string[] = []): readonly Trace[] {
  const spansByTraceId = new Map<string, FlatSpan[]>();
  for (const span of spans) {
    const group = spansByTraceId.get(span.traceId);
    if (group) {
      group.push(span);
    } else {
      spansByTraceId.set(span.traceId, [span]);
    }
  }
  const traces: Trace[] = [];
  for (const group of spansByTraceId.values()) {
    const trace = assembleTrace(group, warnings);
    if (trace) {
      traces.push(trace);
    }
  }
  return traces;
}

/** Over the spans that have a time; `0n` when none has. */
function earliestStart(spans: readonly FlatSpan[]): bigint {
  let earliest = 0n;
  for (let i = 0; i < spans.length; i++) {
    const { startUnixNano } = spans[i];
    if (startUnixNano > 0n && (earliest === 0n || startUnixNano < earliest)) {
      earliest = startUnixNano;
    }
  }
  return earliest;
}

function hasTimelessEvent(span: FlatSpan): boolean {
  return span.events.length > 0 && span.events.some((event) => event.timeUnixNano <= 0n);
}

/**
 * What the tree is made from, by position of the node. Gathered while the nodes are new: in a trace of 100,000 spans every
 * later look at a node is a look into memory that no cache holds.
 */
interface NodeColumns {
  readonly nodes: SpanNode[];
  readonly spanIds: string[];
  /** Of the parent that is still to be found. */
  readonly parentIds: Array<string | undefined>;
  readonly starts: Float64Array;
}

function emptyColumns(size: number): NodeColumns {
  return {
    nodes: new Array<SpanNode>(size),
    spanIds: new Array<string>(size),
    parentIds: new Array<string | undefined>(size),
    starts: new Float64Array(size),
  };
}

function columnsOf(nodes: readonly SpanNode[]): NodeColumns {
  const columns = emptyColumns(nodes.length);
  nodes.forEach((node, position) => setColumns(columns, position, node));
  return columns;
}

function setColumns({ nodes, spanIds, parentIds, starts }: NodeColumns, position: number, node: SpanNode): void {
  nodes[position] = node;
  spanIds[position] = node.spanId;
  parentIds[position] = node.parent === undefined ? node.parentSpanId : undefined;
  starts[position] = node.start;
}

/** Of the next `SPANS_PER_STEP` spans. */
function createNodes(
  spans: readonly FlatSpan[],
  from: number,
  epochUnixNano: bigint,
  columns: NodeColumns,
  sourceOfTimeless: Map<SpanNode, FlatSpan>
): void {
  const to = Math.min(from + SPANS_PER_STEP, spans.length);
  for (let i = from; i < to; i++) {
    const span = spans[i];
    const node = createSpanNode(span, epochUnixNano);
    repairDuration(node);
    setColumns(columns, i, node);
    if (span.startUnixNano <= 0n || hasTimelessEvent(span)) {
      sourceOfTimeless.set(node, span);
    }
  }
}

/** Nodes that hang from no root were not reached by the walk that sets `parent`. */
function hangOn(nodes: readonly SpanNode[], parents: Int32Array): void {
  nodes.forEach((node, position) => {
    node.parent = parents[position] === NO_PARENT ? undefined : nodes[parents[position]];
  });
}

/**
 * Answers the position of each node's parent. Where several spans have one id, it also sets `parent`, and brings
 * `parentSpanId` in line where the parent got a new id.
 */
function* linkParentsSteps(columns: NodeColumns, index: SpanIndex, sharedIds: SharedIds): Steps<Int32Array> {
  const parents = new Int32Array(columns.nodes.length).fill(NO_PARENT);
  for (let from = 0; from < parents.length; from += SPANS_PER_STEP) {
    linkRange(from, columns, parents, index, sharedIds);
    yield;
  }
  // Of several spans with one id the one that the index knows need not be the one that was chosen.
  return sharedIds.size > 0 ? linkedPositions(columns.nodes) : parents;
}

/** The next `SPANS_PER_STEP`. Not a loop of the generator's own: those are never compiled to fast code. */
function linkRange(
  from: number,
  { nodes, parentIds }: NodeColumns,
  parents: Int32Array,
  index: SpanIndex,
  sharedIds: SharedIds
): void {
  const to = Math.min(from + SPANS_PER_STEP, parents.length);
  for (let position = from; position < to; position++) {
    const parentId = parentIds[position];
    if (parentId === undefined) {
      continue;
    }
    const candidates = sharedIds.size > 0 ? sharedIds.get(parentId) : undefined;
    const found = index.positionOf(parentId);
    const node = nodes[position];
    const parent = candidates ? chooseSharedParent(node, candidates) : found === NO_PARENT ? undefined : nodes[found];
    if (parent === undefined) {
      repairOrphan(node);
    } else if (parent === node) {
      repairSelfParent(node);
    } else if (sharedIds.size > 0) {
      node.parent = parent;
      node.parentSpanId = parent.spanId;
    } else {
      parents[position] = found;
    }
  }
}

function repairTimes(nodes: readonly SpanNode[], sourceOfTimeless: ReadonlyMap<SpanNode, FlatSpan>): void {
  const timeless = new Set<SpanNode>();
  for (const node of nodes) {
    const source = sourceOfTimeless.get(node);
    if (source !== undefined && source.startUnixNano <= 0n) {
      timeless.add(node);
    }
  }
  repairMissingStarts(timeless);
  for (const node of nodes) {
    const source = sourceOfTimeless.get(node);
    if (source !== undefined) {
      repairEventTimes(node, source);
    }
  }
}
