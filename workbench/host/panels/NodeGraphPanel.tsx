import { css } from '@emotion/css';
import { applyFieldOverrides, type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import { Alert, PanelChrome, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { layoutGraph } from '../graph/layoutGraph';
import { readNodeGraph, type Graph } from '../graph/readNodeGraph';
import { useWorkbench } from '../workbenchContext';
import { GraphDrawing } from './GraphDrawing';
import { NodeFacts } from './NodeFacts';

/** What Grafana's panel draws before it asks to expand more. */
const NODE_LIMIT = 200;

interface NodeGraphPanelProps {
  readonly frames: readonly DataFrame[];
  /** Beside a trace Explore starts with the graph closed. */
  readonly isInitiallyCollapsed: boolean;
}

/** A node graph in Explore. */
export function NodeGraphPanel({ frames, isInitiallyCollapsed }: NodeGraphPanelProps) {
  const styles = useStyles2(getStyles);
  const [isCollapsed, setCollapsed] = useState(isInitiallyCollapsed);
  const total = frames.find(({ name }) => name === 'nodes')?.length ?? 0;
  return (
    <PanelChrome
      title="Node graph"
      padding="none"
      collapsible
      collapsed={isCollapsed}
      onToggleCollapse={setCollapsed}
      titleItems={<span className={styles.count}>{total === 1 ? '1 node' : `${total} nodes`}</span>}
    >
      <NodeGraphView frames={frames} />
    </PanelChrome>
  );
}

/** Nodes and edges in layers from left to right; a click on a node shows its details and links. */
export function NodeGraphView({ frames, height }: Pick<NodeGraphPanelProps, 'frames'> & { readonly height?: number }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { templateSrv } = useWorkbench();
  const [selectedId, setSelectedId] = useState<string>();
  const result = useMemo((): { graph?: Graph; problem?: string } => {
    const prepared = applyFieldOverrides({
      data: [...frames],
      fieldConfig: { defaults: {}, overrides: [] },
      theme,
      timeZone: 'browser',
      replaceVariables: (text, scopedVars, format) => templateSrv.replace(text, scopedVars, format),
    });
    try {
      return { graph: readNodeGraph(prepared, theme) };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }, [frames, theme, templateSrv]);
  const shown = useMemo(() => result.graph && limited(result.graph), [result]);
  const layout = useMemo(() => shown && layoutGraph(shown), [shown]);
  const selected = shown?.nodes.find(({ id }) => id === selectedId);
  const total = result.graph?.nodes.length ?? 0;
  return (
    <>
      {result.problem && (
        <Alert severity="error" title="Grafana would fail on this graph">
          {result.problem}
        </Alert>
      )}
      {shown && layout && (
        <div className={styles.body}>
          {total > NODE_LIMIT && (
            <p className={styles.count}>
              The first {NODE_LIMIT} of {total} nodes.
            </p>
          )}
          <GraphDrawing
            graph={shown}
            layout={layout}
            selectedId={selectedId}
            onSelect={setSelectedId}
            height={height}
          />
          {selected && <NodeFacts node={selected} onClose={() => setSelectedId(undefined)} />}
        </div>
      )}
    </>
  );
}

function limited({ nodes, edges }: Graph): Graph {
  const first = nodes.slice(0, NODE_LIMIT);
  const ids = new Set(first.map(({ id }) => id));
  return { nodes: first, edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

const getStyles = (theme: GrafanaTheme2) => ({
  body: css({ position: 'relative', padding: theme.spacing(0, 1, 1) }),
  count: css({ color: theme.colors.text.secondary, margin: 0, ...theme.typography.bodySmall }),
});
