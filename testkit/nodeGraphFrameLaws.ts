import type { DataFrame } from '@grafana/data';

/** Laws of one frame of a node graph (Grafana 12.4, panel/nodeGraph/utils.ts throws or misdraws where they break). */
export function brokenNodeGraphLaws(frame: DataFrame): string[] {
  const laws: string[] = [];
  const ids = columnValues(frame, 'id');
  if (!ids) {
    return ['A node graph frame needs a column "id".'];
  }
  const firstEmpty = ids.findIndex((id) => !id);
  if (firstEmpty !== -1) {
    laws.push(`Row ${firstEmpty} has no id.`);
  }
  const seen = new Set<unknown>();
  for (const id of ids) {
    if (seen.has(id)) {
      laws.push(`The id "${String(id)}" occurs twice.`);
      break;
    }
    seen.add(id);
  }
  if (isEdges(frame)) {
    return frame.name === 'edges' ? laws : [...laws, 'The frame with the edges is not called "edges".'];
  }
  return [...laws, ...brokenArcLaws(frame)];
}

/** Every edge must start and end at a node: the panel throws on one that does not. */
export function brokenNodeGraphPairLaws(frames: readonly DataFrame[]): string[] {
  const graph = frames.filter((frame) => frame.meta?.preferredVisualisationType === 'nodeGraph');
  const edges = graph.find(isEdges);
  const nodes = graph.find((frame) => !isEdges(frame));
  if (!edges || !nodes) {
    return [];
  }
  const ids = new Set(columnValues(nodes, 'id'));
  return ['source', 'target'].flatMap((end) => {
    const row = columnValues(edges, end)?.findIndex((id) => !ids.has(id)) ?? 0;
    return row === -1 ? [] : [`The ${end} of the edge in row ${row} is no node of the graph.`];
  });
}

/** Where all arcs of a node are empty, Grafana draws a plain ring (12.4, panel/nodeGraph/Node.tsx). */
function brokenArcLaws(frame: DataFrame): string[] {
  const arcs = frame.fields.filter((field) => field.name.startsWith('arc__'));
  for (let row = 0; arcs.length > 0 && row < frame.length; row++) {
    const sum = arcs.reduce((total, arc) => total + arc.values[row], 0);
    if (sum !== 0 && !(Math.abs(sum - 1) < 1e-6)) {
      return [`The arcs of row ${row} sum up to ${sum}, not to 1.`];
    }
  }
  return [];
}

function isEdges(frame: DataFrame): boolean {
  return frame.name === 'edges' || frame.fields.some((field) => field.name === 'source');
}

function columnValues(frame: DataFrame, name: string): unknown[] | undefined {
  return frame.fields.find((field) => field.name === name)?.values;
}
