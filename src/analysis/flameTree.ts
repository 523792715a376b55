import { nanoseconds, type Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { operationIdentity, type Operation } from './operation';
import { computeSelfTime } from './selfTime';

/** Spans that are reached on the same path of operations, in one trace or in many. */
export interface FlameNode extends Operation {
  readonly count: number;
  /** Spans of status `error`. */
  readonly errors: number;
  readonly self: Nanoseconds;
  /** `self` and the totals of the children. This is work, not elapsed time: what runs at the same time counts each. */
  readonly total: Nanoseconds;
  /** Most time first. */
  readonly children: readonly FlameNode[];
}

export interface FlameTree {
  readonly traceCount: number;
  /** Of all roots. */
  readonly total: Nanoseconds;
  /** Most time first. */
  readonly roots: readonly FlameNode[];
}

/**
 * Merges the spans that have the same path, a path being the operations from a root down:
 *
 *     shop  GET /cart  [-----------------)          GET /cart   count 1   self ####…
 *     db      SELECT     [---)             ──▶        SELECT    count 2   self ########
 *     db      SELECT           [---)
 *
 * A span whose parent is missing begins a path of its own. Linear in the spans.
 */
export function computeFlameTree(traces: readonly Trace[]): FlameTree {
  return runAtOnce(flameTreeSteps(traces));
}

/** `computeFlameTree` in steps. */
export function flameTreeSteps(traces: readonly Trace[]): Steps<FlameTree> {
  return mergePathsSteps(traces, computeSelfTime);
}

/**
 * `flameTreeSteps` with another measure of self time. Spans for which it is undefined only lead to others; paths that
 * lead nowhere are left out.
 */
export function* mergePathsSteps(
  traces: readonly Trace[],
  measure: (span: Span, trace: Trace) => Nanoseconds | undefined
): Steps<FlameTree> {
  let spanCount = 0;
  const root = new OpenNode('', '', undefined);
  const opened: OpenNode[] = [];
  for (const trace of traces) {
    // Spans come depth first, so what stands at each depth above a span is its line of ancestors.
    const path = [root];
    for (const span of trace.spans) {
      const parent = path[span.depth];
      let node = parent.childOf(span);
      if (node === undefined) {
        node = parent.openChild(span);
        opened.push(node);
      }
      path[span.depth + 1] = node;
      const self = measure(span, trace);
      if (self !== undefined) {
        node.count++;
        node.errors += span.status.code === 'error' ? 1 : 0;
        node.self += self;
      }
      if (++spanCount % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  // Parents were opened before their children, so backwards every node is complete when its turn comes.
  for (let index = opened.length - 1; index >= 0; index--) {
    opened[index].close();
    if (index % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  const { children, total } = root.finish();
  return { traceCount: traces.length, total, roots: children };
}

/** A node whose spans are still being counted. */
class OpenNode {
  count = 0;
  errors = 0;
  self = 0;
  private childTotal = 0;
  /** Most nodes are leaves and need none. */
  private childByIdentity: Map<string, OpenNode> | undefined = undefined;
  private readonly closedChildren: FlameNode[] = [];

  constructor(
    private readonly serviceName: string,
    private readonly name: string,
    private readonly parent: OpenNode | undefined
  ) {}

  childOf(span: Span): OpenNode | undefined {
    return this.childByIdentity?.get(operationIdentity(span.resource.serviceName, span.name));
  }

  openChild({ resource: { serviceName }, name }: Span): OpenNode {
    const child = new OpenNode(serviceName, name, this);
    this.childByIdentity ??= new Map();
    this.childByIdentity.set(operationIdentity(serviceName, name), child);
    return child;
  }

  /** Hands the finished node to the parent. */
  close(): void {
    const node = this.finish();
    if (this.parent !== undefined && (node.count > 0 || node.children.length > 0)) {
      this.parent.closedChildren.push(node);
      this.parent.childTotal += node.total;
    }
  }

  finish(): FlameNode {
    return {
      serviceName: this.serviceName,
      name: this.name,
      count: this.count,
      errors: this.errors,
      self: nanoseconds(this.self),
      total: nanoseconds(this.self + this.childTotal),
      // Children were closed last one first.
      children: this.closedChildren.reverse().sort((a, b) => b.total - a.total),
    };
  }
}
