import {
  formattedValueToString,
  getFieldColorModeForField,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';

export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  /** Formatted with the field's unit, as drawn in the circle. */
  readonly mainStat: string;
  readonly secondaryStat: string;
  /** Shares of the ring, summing to one; or a single colour. */
  readonly arcs: ReadonlyArray<{ readonly share: number; readonly color: string }>;
  readonly details: ReadonlyArray<readonly [string, string]>;
  readonly frame: DataFrame;
  readonly rowIndex: number;
}

export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly mainStat: string;
  readonly secondaryStat: string;
  readonly thickness: number;
  readonly color?: string;
  readonly frame: DataFrame;
  readonly rowIndex: number;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

const isEdgeFrame = (frame: DataFrame) => frame.name === 'edges' || frame.fields.some(({ name }) => name === 'source');

/** Column names are compared in lower case, except the prefixes `arc__` and `detail__`. */
const fieldNamed = (frame: DataFrame | undefined, name: string) =>
  frame?.fields.find((field) => field.name.toLowerCase() === name);

function text(field: Field | undefined, row: number): string {
  const value: unknown = field?.values[row];
  if (field === undefined || value === undefined || value === null) {
    return '';
  }
  return typeof value === 'number' && field.display ? formattedValueToString(field.display(value)) : String(value);
}

function required(frame: DataFrame, name: string): Field {
  const field = fieldNamed(frame, name);
  if (!field) {
    throw new Error(`The ${isEdgeFrame(frame) ? 'edges' : 'nodes'} frame has no "${name}" column.`);
  }
  return field;
}

/**
 * Reads node graph frames as Grafana's panel does (Grafana 12.4, plugins/panel/nodeGraph/utils.ts): the first frame of
 * edges and the first of nodes. Throws in words where Grafana throws: a missing column, an edge to a node that is not
 * there. `display` processors must have been applied.
 */
export function readNodeGraph(frames: readonly DataFrame[], theme: GrafanaTheme2): Graph {
  const edgeFrame = frames.find(isEdgeFrame);
  const nodeFrame = frames.find((frame) => !isEdgeFrame(frame));
  const nodes = nodeFrame ? readNodes(nodeFrame, theme) : [];
  const edges = edgeFrame ? readEdges(edgeFrame) : [];
  const ids = new Set(nodes.map(({ id }) => id));
  for (const edge of edges) {
    const missing = [edge.source, edge.target].find((id) => !ids.has(id));
    if (nodeFrame && missing !== undefined) {
      throw new Error(`Edge "${edge.id}" names the node "${missing}", which is not there.`);
    }
  }
  return { nodes, edges };
}

function readNodes(frame: DataFrame, theme: GrafanaTheme2): GraphNode[] {
  const id = required(frame, 'id');
  const arcs = frame.fields.filter(({ name }) => name.startsWith('arc__'));
  const details = frame.fields.filter(({ name }) => name.startsWith('detail__'));
  const color = fieldNamed(frame, 'color');
  return Array.from({ length: frame.length }, (_, row) => ({
    id: String(id.values[row]),
    title: text(fieldNamed(frame, 'title'), row),
    subtitle: text(fieldNamed(frame, 'subtitle'), row),
    mainStat: text(fieldNamed(frame, 'mainstat'), row),
    secondaryStat: text(fieldNamed(frame, 'secondarystat'), row),
    arcs:
      arcs.length > 0
        ? arcs.map((field) => ({
            share: Number(field.values[row]) || 0,
            color: theme.visualization.getColorByName(field.config.color?.fixedColor ?? 'gray'),
          }))
        : [{ share: 1, color: color ? nodeColor(color, row, theme) : theme.colors.primary.main }],
    details: details.map((field) => [field.config.displayName ?? field.name.slice(8), text(field, row)] as const),
    frame,
    rowIndex: row,
  }));
}

function nodeColor(field: Field, row: number, theme: GrafanaTheme2): string {
  const value: unknown = field.values[row];
  if (typeof value === 'string') {
    return theme.visualization.getColorByName(value);
  }
  return typeof value === 'number'
    ? getFieldColorModeForField(field).getCalculator(field, theme)(value, row)
    : theme.colors.primary.main;
}

function readEdges(frame: DataFrame): GraphEdge[] {
  const [id, source, target] = ['id', 'source', 'target'].map((name) => required(frame, name));
  return Array.from({ length: frame.length }, (_, row) => ({
    id: String(id.values[row]),
    source: String(source.values[row]),
    target: String(target.values[row]),
    mainStat: text(fieldNamed(frame, 'mainstat'), row),
    secondaryStat: text(fieldNamed(frame, 'secondarystat'), row),
    thickness: Number(fieldNamed(frame, 'thickness')?.values[row]) || 1,
    color: text(fieldNamed(frame, 'color'), row) || undefined,
    frame,
    rowIndex: row,
  }));
}
