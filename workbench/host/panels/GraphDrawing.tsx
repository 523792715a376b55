import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import type { Layout, Point } from '../graph/layoutGraph';
import type { Graph, GraphEdge, GraphNode } from '../graph/readNodeGraph';

const RADIUS = 34;
const RING = 4;
const TITLE_CHARS = 22;

interface GraphDrawingProps {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly selectedId?: string;
  readonly onSelect: (id: string | undefined) => void;
  /** Pixels after which it scrolls. */
  readonly height?: number;
}

const MAX_HEIGHT = 520;

/** The SVG of a node graph. It keeps its own size and scrolls, so that texts stay readable. */
export function GraphDrawing({ graph, layout, selectedId, onSelect, height = MAX_HEIGHT }: GraphDrawingProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroller} style={{ maxHeight: height }}>
      <svg width={layout.width} height={layout.height} role="group" aria-label="Node graph">
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 L8 4 L0 8 z" className={styles.arrow} />
          </marker>
        </defs>
        {graph.edges.map((edge) => (
          <Edge
            key={edge.id}
            edge={edge}
            from={layout.pointById.get(edge.source)!}
            to={layout.pointById.get(edge.target)!}
          />
        ))}
        {graph.nodes.map((node) => (
          <Node
            key={node.id}
            node={node}
            point={layout.pointById.get(node.id)!}
            isSelected={node.id === selectedId}
            onSelect={() => onSelect(node.id === selectedId ? undefined : node.id)}
          />
        ))}
      </svg>
    </div>
  );
}

function Edge({ edge, from, to }: { edge: GraphEdge; from: Point; to: Point }) {
  const styles = useStyles2(getStyles);
  const path = from === to ? loop(from) : line(from, to);
  const stat = [edge.mainStat, edge.secondaryStat].filter(Boolean).join(' · ');
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - (from === to ? RADIUS + 34 : 8) };
  return (
    <g className={styles.edge}>
      <path
        d={path}
        className={styles.line}
        style={{ stroke: edge.color, strokeWidth: edge.thickness }}
        markerEnd="url(#arrow)"
      />
      <path d={path} className={styles.hit} />
      <title>{stat}</title>
      <text x={middle.x} y={middle.y} className={cx(styles.small, 'edge-stat')}>
        {stat}
      </text>
    </g>
  );
}

/** From rim to rim. */
function line(from: Point, to: Point): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const start = `${from.x + ux * RADIUS} ${from.y + uy * RADIUS}`;
  return `M${start} L${to.x - ux * (RADIUS + RING)} ${to.y - uy * (RADIUS + RING)}`;
}

const loop = ({ x, y }: Point) =>
  `M${x - 14} ${y - RADIUS} C${x - 40} ${y - RADIUS - 46} ${x + 40} ${y - RADIUS - 46} ${x + 16} ${y - RADIUS - 2}`;

interface NodeProps {
  readonly node: GraphNode;
  readonly point: Point;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Node({ node, point, isSelected, onSelect }: NodeProps) {
  const styles = useStyles2(getStyles);
  const circumference = 2 * Math.PI * RADIUS;
  return (
    <g
      className={styles.node}
      transform={`translate(${point.x} ${point.y})`}
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      aria-label={[node.title, node.subtitle, node.mainStat, node.secondaryStat].filter(Boolean).join(', ')}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          onSelect();
        }
      }}
    >
      <title>{[node.title, node.subtitle].filter(Boolean).join('\n')}</title>
      <circle r={RADIUS} className={cx(styles.disc, isSelected && styles.selected)} />
      {ring(node).map(({ share, before, color }, index) => (
        <circle
          key={index}
          r={RADIUS}
          fill="none"
          stroke={color}
          strokeWidth={RING}
          strokeDasharray={`${share * circumference} ${circumference}`}
          strokeDashoffset={-before * circumference}
          transform="rotate(-90)"
        />
      ))}
      <text y={node.secondaryStat ? -3 : 4} className={styles.stat}>
        {node.mainStat}
      </text>
      <text y={11} className={styles.small}>
        {node.secondaryStat}
      </text>
      <text y={RADIUS + 18} className={styles.title}>
        {shortened(node.title)}
      </text>
      <text y={RADIUS + 33} className={styles.small}>
        {shortened(node.subtitle)}
      </text>
    </g>
  );
}

/** The arcs that are seen, each with the share of those before it. */
function ring({ arcs }: GraphNode) {
  return arcs
    .map((arc, index) => ({ ...arc, before: arcs.slice(0, index).reduce((sum, { share }) => sum + share, 0) }))
    .filter(({ share }) => share > 0);
}

/** The whole text is in the tooltip and the label. */
const shortened = (text: string) => (text.length > TITLE_CHARS ? `${text.slice(0, TITLE_CHARS - 1)}…` : text);

const getStyles = (theme: GrafanaTheme2) => ({
  scroller: css({
    overflow: 'auto',
    textAlign: 'center',
    text: { textAnchor: 'middle', fill: theme.colors.text.primary },
  }),
  edge: css({ '.edge-stat': { visibility: 'hidden' }, '&:hover .edge-stat': { visibility: 'visible' } }),
  line: css({ fill: 'none', stroke: theme.colors.text.disabled }),
  hit: css({ fill: 'none', stroke: 'transparent', strokeWidth: 14 }),
  arrow: css({ fill: theme.colors.text.disabled }),
  node: css({
    cursor: 'pointer',
    outline: 'none',
    '&:focus-visible circle:first-of-type': { stroke: theme.colors.primary.border, strokeWidth: 10 },
  }),
  // Grafana's ring of a node whose arcs are all empty.
  disc: css({ fill: theme.components.panel.background, stroke: theme.colors.border.strong, strokeWidth: 2 }),
  selected: css({ fill: theme.colors.action.selected }),
  stat: css({ fontSize: 12, fontWeight: theme.typography.fontWeightMedium }),
  title: css({ fontSize: 13 }),
  small: css({ fontSize: 11, opacity: 0.75 }),
});
