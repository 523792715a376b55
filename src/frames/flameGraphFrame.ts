import type { DataFrame } from '@grafana/data';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { perTrace, type ComparedNode, type TraceComparison } from '../analysis/compareTraces';
import type { FlameNode, FlameTree } from '../analysis/flameTree';
import type { Operation } from '../analysis/operation';
import type { Notice } from '../model/notice';
import { frameSteps } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { buildNotices } from './notices';

export interface FlameGraphFrameOptions {
  readonly refId: string;
  /** What the panel is called where it shows the name of its frame; default "Flame graph". */
  readonly name?: string;
  readonly notices?: readonly Notice[];
}

/**
 * The panel draws on one canvas, 22 pixels a level and twice that on fine screens (Grafana 12.4, grafana-flamegraph
 * constants.ts); browsers draw nothing on a canvas higher than 32,767 pixels.
 */
export const MAX_FLAME_LEVELS = 700;

/**
 * A flame tree for Grafana's flame graph panel, in nanoseconds: rows depth first, a row's children right below it, one
 * level deeper. Several roots get a row above them, as the panel draws one root only; it needs a row even when there
 * is nothing to draw (12.4, grafana-flamegraph dataTransform.ts reads the first without asking).
 */
export function buildFlameGraphFrame(tree: FlameTree, options: FlameGraphFrameOptions): DataFrame {
  return runAtOnce(flameGraphFrameSteps(tree, options));
}

/** `buildFlameGraphFrame` in steps. */
export function* flameGraphFrameSteps(tree: FlameTree, options: FlameGraphFrameOptions): Steps<DataFrame> {
  const { traceCount, total, roots } = tree;
  const all = { level: 0, total, self: 0, label: traceCount === 1 ? '1 trace' : `${traceCount} traces` };
  const { bars, cut } = yield* layOutSteps<FlameNode, Bar>(roots, all, (node, level) => ({
    level,
    total: node.total,
    self: node.self,
    label: labelOf(node),
  }));
  return yield* flameFrameSteps(bars, LEFT_COLUMNS, options.name ?? 'Flame graph', cut, options);
}

/**
 * Two sets of traces for the same panel in its difference mode: left and right times per trace, so that sets of
 * different sizes can be compared. The panel colours by the change of a bar's share of its side.
 */
export function buildDifferenceFlameGraphFrame(
  comparison: TraceComparison,
  options: FlameGraphFrameOptions
): DataFrame {
  return runAtOnce(differenceFlameGraphFrameSteps(comparison, options));
}

/** `buildDifferenceFlameGraphFrame` in steps. */
export function* differenceFlameGraphFrameSteps(
  comparison: TraceComparison,
  options: FlameGraphFrameOptions
): Steps<DataFrame> {
  const { traceCount, total, roots } = comparison;
  const left = (sum: number) => perTrace(sum, traceCount.left);
  const right = (sum: number) => perTrace(sum, traceCount.right);
  const all = {
    level: 0,
    total: left(total.left),
    self: 0,
    totalRight: right(total.right),
    selfRight: 0,
    label: 'all traces',
  };
  const { bars, cut } = yield* layOutSteps<ComparedNode, DifferenceBar>(roots, all, (node, level) => ({
    level,
    total: left(node.left.total),
    self: left(node.left.self),
    totalRight: right(node.right.total),
    selfRight: right(node.right.self),
    label: labelOf(node),
  }));
  return yield* flameFrameSteps(bars, DIFFERENCE_COLUMNS, options.name ?? 'Difference flame graph', cut, options);
}

interface Bar {
  readonly level: number;
  readonly total: number;
  readonly self: number;
  readonly label: string;
}

interface DifferenceBar extends Bar {
  readonly totalRight: number;
  readonly selfRight: number;
}

function nanosColumn<Row>(name: string, read: (row: Row) => number): Column<Row> {
  return { name, type: FIELD_TYPE.number, config: { unit: 'ns' }, read };
}

const LEFT_COLUMNS: ReadonlyArray<Column<Bar>> = [
  { name: 'level', type: FIELD_TYPE.number, read: ({ level }) => level },
  nanosColumn('value', ({ total }) => total),
  nanosColumn('self', ({ self }) => self),
  { name: 'label', type: FIELD_TYPE.string, read: ({ label }) => label },
];

const DIFFERENCE_COLUMNS: ReadonlyArray<Column<DifferenceBar>> = [
  ...LEFT_COLUMNS,
  nanosColumn('valueRight', ({ totalRight }) => totalRight),
  nanosColumn('selfRight', ({ selfRight }) => selfRight),
];

/** The panel keeps bars in a plain object by label; with the colon none can be called like a member of all objects. */
function labelOf({ serviceName, name }: Operation): string {
  return `${serviceName}: ${name}`;
}

/** Parents right before their children, below `all` unless there is one root; what is too deep to be drawn is counted. */
function* layOutSteps<Node extends { readonly children: readonly Node[] }, Drawn>(
  roots: readonly Node[],
  all: Drawn,
  toBar: (node: Node, level: number) => Drawn
): Steps<{ readonly bars: readonly Drawn[]; readonly cut: number }> {
  const bars = roots.length === 1 ? [] : [all];
  const above = bars.length;
  let seen = 0;
  let cut = 0;
  const open = roots.map((node) => ({ node, depth: 0 })).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    // One level is left for the row above several roots.
    if (depth < MAX_FLAME_LEVELS - 1) {
      bars.push(toBar(node, depth + above));
    } else {
      cut++;
    }
    for (let index = node.children.length - 1; index >= 0; index--) {
      open.push({ node: node.children[index], depth: depth + 1 });
    }
    if (++seen % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return { bars, cut };
}

function flameFrameSteps<Row>(
  rows: readonly Row[],
  columns: ReadonlyArray<Column<Row>>,
  name: string,
  cut: number,
  { refId, notices = [] }: FlameGraphFrameOptions
): Steps<DataFrame> {
  return frameSteps(rows, columns, {
    name,
    refId,
    meta: { preferredVisualisationType: 'flamegraph', notices: buildNotices([...depthNotice(cut), ...notices]) },
  });
}

function depthNotice(cut: number): Notice[] {
  if (cut === 0) {
    return [];
  }
  const what = cut === 1 ? '1 path of calls is' : `${cut} paths of calls are`;
  return [
    {
      severity: 'warning',
      text: `${what} not drawn: the flame graph ends at ${MAX_FLAME_LEVELS - 1} levels. The time is in the bars above.`,
    },
  ];
}
