import { css } from '@emotion/css';
import { LoadingState, type DataFrame, type GrafanaTheme2, type PanelData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { Alert, EmptyState, LoadingBar, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import React, { lazy, Suspense, useMemo } from 'react';
import type { TraceJsonData } from '../../../src/datasource/settings';
import { checkFrame } from '../../../testkit/frameLaws';
import { exploreHref, type ExploreState } from '../exploreUrl';
import { chartOfFrame } from '../charts/chartOfFrame';
import { ChartPanel, type ChartKind } from '../panels/ChartPanel';
import { LogsPanel } from '../panels/LogsPanel';
import { NodeGraphPanel } from '../panels/NodeGraphPanel';
import type { OpenReference } from '../panels/SpanDetail';
import { TablePanel } from '../panels/TablePanel';
import { TracePanel } from '../panels/TracePanel';
import { Notices } from './Notices';

interface AnswerProps {
  readonly data: PanelData;
  readonly state: ExploreState;
  readonly queries: readonly DataQuery[];
  readonly jsonData: TraceJsonData;
}

/** Only when there is one to draw: its drawing library is not on the way to the first page. */
const FlameGraphPanel = lazy(async () => ({ default: (await import('../panels/FlameGraphPanel')).FlameGraphPanel }));

/** What has a panel of its own; everything else is a table. */
const DRAWN = ['logs', 'nodeGraph', 'flamegraph', 'trace'];

const visualisation = (frame: DataFrame) => frame.meta?.preferredVisualisationType;

/** Failures, notices and broken laws in words, then the panels in the order of Explore: tables, logs, graphs, trace. */
export function Answer({ data, state, queries, jsonData }: AnswerProps) {
  const styles = useStyles2(getStyles);
  const { series } = data;
  const graphs = useMemo(() => series.filter((frame) => visualisation(frame) === 'nodeGraph'), [series]);
  const traces = series.filter((frame) => visualisation(frame) === 'trace');
  const logs = series.filter((frame) => visualisation(frame) === 'logs');
  const flameGraphs = series.filter((frame) => visualisation(frame) === 'flamegraph');
  const tables = series.filter((frame) => !DRAWN.includes(visualisation(frame) ?? '') && !chartOfFrame(frame));
  const charts = useMemo(() => chartsOf(series), [series]);
  const laws = useMemo(
    () =>
      series.flatMap((frame) => checkFrame(frame).map((law) => `${frame.refId ?? '?'} ${frame.name ?? ''}: ${law}`)),
    [series]
  );
  const errors = data.errors ?? (data.error ? [data.error] : []);
  const isLoading = data.state === LoadingState.Loading;
  /** What Grafana's trace view does with a link to a span: the query of the frame with another id, and the span to show. */
  const openReference =
    (frame: DataFrame): OpenReference =>
    ({ traceId, spanId }) => {
      const current = queries.find(({ refId }) => refId === frame.refId);
      return exploreHref({
        ...state,
        queries: [{ refId: 'A', ...current, query: traceId } as DataQuery],
        panelsState: { trace: { spanId } },
      });
    };
  return (
    <div className={styles.answer} aria-busy={isLoading}>
      <div className={styles.loading}>{isLoading && <LoadingBar width={400} />}</div>
      {errors.map((error, index) => (
        <Alert key={index} severity="error" title={`Query error${error.refId ? ` (${error.refId})` : ''}`}>
          {error.message ?? error.data?.message ?? 'Unknown error'}
        </Alert>
      ))}
      <Notices frames={series} />
      {laws.length > 0 && (
        <Alert severity="error" title="A frame breaks what Grafana expects">
          <ul className={styles.laws}>
            {laws.map((law) => (
              <li key={law}>{law}</li>
            ))}
          </ul>
        </Alert>
      )}
      {data.state === LoadingState.Done && series.length === 0 && (
        <EmptyState variant="not-found" hideImage message="No data" />
      )}
      {charts.map(([kind, frames]) => (
        <ChartPanel key={kind} kind={kind} frames={frames} annotations={data.annotations} />
      ))}
      {tables.map((frame, index) => (
        <TablePanel key={`${frame.refId} ${index}`} frame={frame} />
      ))}
      {logs.map((frame, index) => (
        <LogsPanel key={`${frame.refId} ${index}`} frame={frame} />
      ))}
      {graphs.length > 0 && <NodeGraphPanel frames={graphs} isInitiallyCollapsed={traces.length > 0} />}
      {flameGraphs.length > 1 && <OnlyFirst what={`${flameGraphs.length} flame graphs`} />}
      {flameGraphs.map((frame, index) => (
        <Suspense key={`${frame.refId} ${index}`} fallback={<LoadingPlaceholder text="Loading the flame graph" />}>
          <FlameGraphPanel frame={frame} />
        </Suspense>
      ))}
      {traces.length > 1 && <OnlyFirst what={`${traces.length} traces`} />}
      {traces.map((frame, index) => (
        <TracePanel
          key={`${frame.refId} ${index}`}
          frame={frame}
          jsonData={jsonData}
          panelState={index === 0 ? state.panelsState?.trace : undefined}
          onOpenReference={openReference(frame)}
        />
      ))}
    </div>
  );
}

/** All time series share one graph, as in Explore; of other charts each frame of a kind goes to the one drawing. */
function chartsOf(series: readonly DataFrame[]): ReadonlyArray<readonly [ChartKind, readonly DataFrame[]]> {
  const byKind = new Map<ChartKind, DataFrame[]>();
  for (const frame of series) {
    const kind = visualisation(frame) === 'logs' ? undefined : chartOfFrame(frame);
    if (kind) {
      byKind.set(kind, [...(byKind.get(kind) ?? []), frame]);
    }
  }
  return [...byKind];
}

const OnlyFirst = ({ what }: { what: string }) => (
  <Alert
    severity="info"
    title={`Explore of Grafana 12 draws the first of ${what} only; the workbench draws all of them.`}
  />
);

const getStyles = (theme: GrafanaTheme2) => ({
  answer: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
  loading: css({ height: 2, overflow: 'hidden' }),
  laws: css({ paddingLeft: theme.spacing(2) }),
});
