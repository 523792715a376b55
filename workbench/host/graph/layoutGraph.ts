import type { Graph } from './readNodeGraph';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where each node stands, and the box they all fit in. */
export interface Layout {
  readonly pointById: ReadonlyMap<string, Point>;
  readonly width: number;
  readonly height: number;
}

const COLUMN = 190;
const ROW = 130;
const MARGIN = 90;
const SWEEPS = 4;

type Links = ReadonlyMap<string, readonly string[]>;

function links(graph: Pick<Graph, 'edges'>, from: 'source' | 'target', to: 'source' | 'target'): Links {
  const result = new Map<string, string[]>();
  for (const edge of graph.edges) {
    if (edge.source !== edge.target) {
      result.set(edge[from], [...(result.get(edge[from]) ?? []), edge[to]]);
    }
  }
  return result;
}

/**
 * A layered drawing, left to right: a node stands one column after the latest of those that call it, calls back into an
 * earlier column are ignored for that, and a few sweeps move nodes next to their neighbours. Deterministic.
 */
export function layoutGraph(graph: { nodes: ReadonlyArray<{ id: string }>; edges: Graph['edges'] }): Layout {
  const next = links(graph, 'source', 'target');
  const previous = links(graph, 'target', 'source');
  const columnById = assignColumns(
    graph.nodes.map(({ id }) => id),
    next,
    previous
  );
  const columns: string[][] = [];
  for (const [id, column] of columnById) {
    (columns[column] ??= []).push(id);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const neighbours = sweep % 2 === 0 ? previous : next;
    const rowById = new Map(columns.flatMap((ids) => ids.map((id, row) => [id, row - ids.length / 2] as const)));
    const weight = (id: string) => {
      const rows = (neighbours.get(id) ?? []).map((other) => rowById.get(other) ?? 0);
      return rows.length === 0 ? rowById.get(id)! : rows.reduce((sum, row) => sum + row, 0) / rows.length;
    };
    columns.forEach((ids) => ids.sort((a, b) => weight(a) - weight(b)));
  }
  const tallest = columns.reduce((most, ids) => Math.max(most, ids.length), 0);
  const pointById = new Map<string, Point>();
  columns.forEach((ids, column) => {
    const top = MARGIN + ((tallest - ids.length) * ROW) / 2;
    ids.forEach((id, row) => pointById.set(id, { x: MARGIN + column * COLUMN, y: top + row * ROW }));
  });
  return {
    pointById,
    width: MARGIN * 2 + Math.max(0, columns.length - 1) * COLUMN,
    height: MARGIN * 2 + Math.max(0, tallest - 1) * ROW,
  };
}

/** Longest path from the roots (Kahn's order); what is left of a cycle is opened at its first node. */
function assignColumns(ids: readonly string[], next: Links, previous: Links): Map<string, number> {
  const waitingFor = new Map(ids.map((id) => [id, (previous.get(id) ?? []).length]));
  const columnById = new Map<string, number>();
  const column = new Map(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => waitingFor.get(id) === 0);
  while (columnById.size < ids.length) {
    const id = ready.shift() ?? ids.find((candidate) => !columnById.has(candidate))!;
    if (columnById.has(id)) {
      continue;
    }
    columnById.set(id, column.get(id)!);
    for (const target of next.get(id) ?? []) {
      if (!columnById.has(target)) {
        column.set(target, Math.max(column.get(target) ?? 0, column.get(id)! + 1));
        waitingFor.set(target, waitingFor.get(target)! - 1);
        if (waitingFor.get(target) === 0) {
          ready.push(target);
        }
      }
    }
  }
  return columnById;
}
