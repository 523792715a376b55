/**
 * Flat spans → trace. The one place that decides who is whose parent, in which order spans come and what time counts
 * from; what it does about spans that cannot be right is in `repairs.ts`. Nothing here recurses: a trace may be one
 * chain of 50,000 spans.
 */
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
import { growTree, linkedPositions, NO_PARENT } from './spanTree';
import { nanoseconds } from './time';
import type { Trace } from './trace';

const NO_SHARED_IDS: SharedIds = new Map();

/**
 * `spans` all belong to one trace and stay as they are. Undefined when there are none. `warnings` are about the trace
 * as a whole and come before those of the assembly.
 */
export function assembleTrace(spans: readonly FlatSpan[], warnings: readonly string[] = []): Trace | undefined {
  if (spans.length === 0) {
    return undefined;
  }
  const remarks = [...warnings];
  const epochUnixNano = earliestStart(spans);
  if (epochUnixNano === 0n) {
    remarks.push('No span of this trace has a start time; all of them are placed at the beginning of 1970.');
  }

  let nodes = new Array<SpanNode>(spans.length);
  const sourceOfTimeless = new Map<SpanNode, FlatSpan>();
  for (let i = 0; i < nodes.length; i++) {
    const span = spans[i];
    const node = createSpanNode(span, epochUnixNano);
    nodes[i] = node;
    if (span.startUnixNano <= 0n || hasTimelessEvent(span)) {
      sourceOfTimeless.set(node, span);
    }
  }

  let index = indexOf(nodes);
  let sharedIds = NO_SHARED_IDS;
  if (index.hasSharedIds) {
    const repaired = repairSharedIds(nodes);
    nodes = repaired.nodes;
    sharedIds = repaired.sharedIds;
    if (repaired.copies > 0) {
      remarks.push(
        repaired.copies === 1
          ? 'A span that came twice is shown once.'
          : `${repaired.copies} copies of spans that came more than once are left out.`
      );
    }
    index = indexOf(nodes);
  }

  let tree = growTree(nodes, linkParents(nodes, index, sharedIds));
  // A circle of parents hangs from no root. Missing starts are placed after circles are cut, and both change the tree.
  const hasCycle = tree.ordered.length < nodes.length;
  if (hasCycle || sourceOfTimeless.size > 0) {
    if (hasCycle) {
      repairCycles(nodes);
    }
    repairTimes(nodes, sourceOfTimeless);
    tree = growTree(nodes, linkedPositions(nodes));
  }

  return {
    traceId: spans[0].traceId,
    epochUnixNano,
    duration: nanoseconds(latestEnd(nodes)),
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
  for (const { startUnixNano } of spans) {
    if (startUnixNano > 0n && (earliest === 0n || startUnixNano < earliest)) {
      earliest = startUnixNano;
    }
  }
  return earliest;
}

function hasTimelessEvent(span: FlatSpan): boolean {
  return span.events.length > 0 && span.events.some((event) => event.timeUnixNano <= 0n);
}

function indexOf(nodes: readonly SpanNode[]): SpanIndex {
  return new SpanIndex(nodes.map(({ spanId }) => spanId));
}

/**
 * Sets `parent`, and brings `parentSpanId` in line where the parent got a new id. Answers the position of each node's
 * parent.
 */
function linkParents(nodes: readonly SpanNode[], index: SpanIndex, sharedIds: SharedIds): Int32Array {
  const parents = new Int32Array(nodes.length).fill(NO_PARENT);
  for (let position = 0; position < nodes.length; position++) {
    const node = nodes[position];
    repairDuration(node);
    const { parentSpanId } = node;
    if (parentSpanId === undefined || node.parent !== undefined) {
      continue;
    }
    const candidates = sharedIds.size > 0 ? sharedIds.get(parentSpanId) : undefined;
    const parentPosition = index.positionOf(parentSpanId);
    const found = parentPosition === NO_PARENT ? undefined : nodes[parentPosition];
    const parent = candidates ? chooseSharedParent(node, candidates) : found;
    if (parent === undefined) {
      repairOrphan(node);
    } else if (parent === node) {
      repairSelfParent(node);
    } else {
      node.parent = parent;
      parents[position] = parentPosition;
      if (sharedIds.size > 0) {
        node.parentSpanId = parent.spanId;
      }
    }
  }
  // Of several spans with one id the one that the index knows need not be the one that was chosen.
  return sharedIds.size > 0 ? linkedPositions(nodes) : parents;
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

function latestEnd(nodes: readonly SpanNode[]): number {
  let end = 0;
  for (const node of nodes) {
    end = Math.max(end, node.start + node.duration);
  }
  return end;
}
