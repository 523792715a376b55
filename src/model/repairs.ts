/**
 * What `assembleTrace` does to spans that cannot be right. Each repair is named, changes as little as it can, and says
 * in a warning on the span what it did. None of them depends on the order in which a server sends spans, except which
 * of several spans with one id keeps that id.
 */
import type { FlatSpan } from './flatSpan';
import { compareByStart, warn, type SpanNode } from './spanNode';
import { nanoseconds, toMillis } from './time';

/** The spans that carry one id, when there are several. The first keeps the id. */
export type SharedIds = ReadonlyMap<string, readonly SpanNode[]>;

/** Clamps a negative (or no) duration to 0: a span cannot end before it starts. */
export function repairDuration(node: SpanNode): void {
  const found = node.duration;
  if (found >= 0 && Number.isFinite(found)) {
    return;
  }
  node.duration = nanoseconds(0);
  warn(
    node,
    found < 0
      ? `The span ends ${toMillis(nanoseconds(-found))} ms before it starts; it is shown with a duration of 0.`
      : 'The duration of the span is no number; it is shown with a duration of 0.'
  );
}

/** The parent is not in the trace: lost, sampled away, not yet stored, or cut by a limit. The span becomes a root. */
export function repairOrphan(node: SpanNode): void {
  warn(node, `The parent span ${node.parentSpanId} is not part of this trace; the span is shown as a root.`);
}

/** The span names itself as its parent and becomes a root. */
export function repairSelfParent(node: SpanNode): void {
  node.parentSpanId = undefined;
  warn(node, 'The span names itself as its parent; it is shown as a root.');
}

/**
 * Cuts every circle of parents at its earliest span, which becomes a root. Every node has at most one parent, so each
 * walk upwards ends at a root, at a node seen before, or in a circle met for the first time.
 */
export function repairCycles(nodes: readonly SpanNode[]): void {
  const walkOf = new Map<SpanNode, number>();
  for (let walk = 0; walk < nodes.length; walk++) {
    let node: SpanNode | undefined = nodes[walk];
    while (node !== undefined && !walkOf.has(node)) {
      walkOf.set(node, walk);
      node = node.parent;
    }
    if (node !== undefined && walkOf.get(node) === walk) {
      cutCycle(node);
    }
  }
}

function cutCycle(member: SpanNode): void {
  let earliest = member;
  let size = 1;
  for (let node = member.parent; node !== undefined && node !== member; node = node.parent) {
    size++;
    if (compareByStart(node, earliest) < 0) {
      earliest = node;
    }
  }
  warn(
    earliest,
    `The span is its own ancestor, in a circle of ${size} spans; the circle is cut here: ` +
      `the parent ${earliest.parentSpanId} is left out and the span is shown as a root.`
  );
  earliest.parent = undefined;
  earliest.parentSpanId = undefined;
}

/** Puts spans without a start at the start of their parent, or of the trace; parents must be linked, without circles. */
export function repairMissingStarts(timeless: ReadonlySet<SpanNode>): void {
  const placed = new Set<SpanNode>();
  for (const node of timeless) {
    const path: SpanNode[] = [];
    let above: SpanNode | undefined = node;
    while (above !== undefined && timeless.has(above) && !placed.has(above)) {
      path.push(above);
      above = above.parent;
    }
    const start = above?.start ?? nanoseconds(0);
    for (const span of path) {
      span.start = start;
      warn(
        span,
        `The span has no start time; it is placed at the start of ${span.parent ? 'its parent' : 'the trace'}.`
      );
      placed.add(span);
    }
  }
}

/** Puts events without a time at the start of their span. `source` is what the node was made from. */
export function repairEventTimes(node: SpanNode, source: FlatSpan): void {
  if (!source.events.some((event) => event.timeUnixNano <= 0n)) {
    return;
  }
  node.events = node.events.map((event, index) =>
    source.events[index].timeUnixNano <= 0n ? { ...event, time: node.start } : event
  );
  warn(node, 'The span has events without a time; they are placed at its start.');
}

/**
 * Sorts out spans that share an id. Exact copies (a span sent twice) go; of the others all but one get a new id. In
 * pairs of client and server, as Zipkin's B3 propagation makes them, the client keeps the id and is the server's parent:
 *
 *     client  a1  [0----------9]           client  a1  [0----------9]
 *     server  a1    [2------7]      →        server  ff…ff  [2------7]
 *     db      b1      [3-4]                    db      b1      [3-4]     (of the server's service)
 *
 * Where the wire itself says that a span is such a half (`isSharedHalf`) nothing is guessed and nothing is told.
 *
 * Answers the nodes that remain, in order, with the groups that still shared an id.
 */
export function repairSharedIds(nodes: readonly SpanNode[]): {
  nodes: SpanNode[];
  sharedIds: SharedIds;
  copies: number;
} {
  const groups = new Map<string, Map<string, SpanNode>>();
  const firstById = new Map<string, SpanNode>();
  const kept: SpanNode[] = [];
  for (const node of nodes) {
    const first = firstById.get(node.spanId);
    if (first === undefined) {
      firstById.set(node.spanId, node);
      kept.push(node);
      continue;
    }
    let group = groups.get(node.spanId);
    if (group === undefined) {
      group = new Map([[fingerprint(first), first]]);
      groups.set(node.spanId, group);
    }
    const print = fingerprint(node);
    if (!group.has(print)) {
      group.set(print, node);
      kept.push(node);
    }
  }
  const sharedIds = new Map<string, SpanNode[]>();
  const newIds = unusedIds(firstById);
  for (const [spanId, group] of groups) {
    if (group.size > 1) {
      sharedIds.set(spanId, separate(spanId, [...group.values()], newIds));
    }
  }
  return { nodes: kept, sharedIds, copies: nodes.length - kept.length };
}

function separate(spanId: string, members: readonly SpanNode[], newIds: Iterator<string>): SpanNode[] {
  const owners = members.filter((node) => !node.isSharedHalf);
  const client = owners.find((node) => node.kind === 'client' || node.kind === 'producer');
  const keeper = client ?? owners[0] ?? members[0];
  const others = members.filter((node) => node !== keeper);
  for (const node of others) {
    node.spanId = newIds.next().value;
    if (!node.isSharedHalf) {
      warn(
        node,
        `${members.length} spans of this trace share the id ${spanId}; this one is shown under ${node.spanId}.`
      );
    }
    const caller = node.isSharedHalf
      ? owners.length > 0 && keeper
      : client && isServerHalf(node, client, spanId) && client;
    if (caller) {
      node.parent = caller;
      node.parentSpanId = caller.spanId;
    }
  }
  return [keeper, ...others];
}

/** Both halves of one call name the same parent; spans that share an id by accident do not. */
function isServerHalf(node: SpanNode, client: SpanNode, spanId: string): boolean {
  return (
    (node.kind === 'server' || node.kind === 'consumer') &&
    (node.parentSpanId === undefined || node.parentSpanId === client.parentSpanId || node.parentSpanId === spanId)
  );
}

/**
 * Which of several spans with one id is meant as the parent of `child`: one of the child's own resource, else of its
 * service, when there is one (the server side before the client side), else the one that kept the id.
 */
export function chooseSharedParent(child: SpanNode, candidates: readonly SpanNode[]): SpanNode {
  const ofService = candidates.filter(
    (node) => node !== child && node.resource.serviceName === child.resource.serviceName
  );
  const ofResource = ofService.filter((node) => node.resource === child.resource);
  const local = ofResource.length > 0 ? ofResource : ofService;
  return local.find((node) => node.kind === 'server' || node.kind === 'consumer') ?? local[0] ?? candidates[0];
}

/** Highest first, as Jaeger's own adjuster counts: real ids are random and rarely live there. */
function* unusedIds(used: ReadonlyMap<string, unknown>): Generator<string, never> {
  for (let id = 0xffff_ffff_ffff_ffffn; ; id--) {
    const text = id.toString(16).padStart(16, '0');
    if (!used.has(text)) {
      yield text;
    }
  }
}

/** Equal for copies of a span. Warnings do not count: they are remarks about a span, not part of it. */
function fingerprint(node: SpanNode): string {
  const { parentSpanId, name, kind, status, start, duration, resource, scope, traceState, attributes, events, links } =
    node;
  return JSON.stringify(
    [parentSpanId, name, kind, status, start, duration, resource, scope, traceState, attributes, events, links],
    (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)
  );
}
