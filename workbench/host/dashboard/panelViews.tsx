import {
  DataFrameType,
  getFieldDisplayValues,
  renderMarkdown,
  type DataFrame,
  type FieldConfigSource,
  type ReduceDataOptions,
  type TimeRange,
} from '@grafana/data';
import type { LogsSortOrder, TableSortByFieldState } from '@grafana/schema';
import { BigValue, BigValueColorMode, BigValueGraphMode, BigValueJustifyMode, useTheme2 } from '@grafana/ui';
import React, { lazy, Suspense, type ComponentType } from 'react';
import type { TraceJsonData } from '../../../src/datasource/settings';
import { exploreHref } from '../exploreUrl';
import type { ChartViewProps } from '../panels/chartView';
import { HeatmapView } from '../panels/HeatmapView';
import { HistogramView } from '../panels/HistogramView';
import { LogsView } from '../panels/LogsPanel';
import { NodeGraphView } from '../panels/NodeGraphPanel';
import { NothingToDraw } from '../panels/NothingToDraw';
import { ScatterView } from '../panels/ScatterView';
import { TableView } from '../panels/TablePanel';
import { TimeSeriesView } from '../panels/TimeSeriesView';
import { TraceView } from '../panels/TracePanel';
import { writeTimeRange } from '../timeRangeUrl';
import { useWorkbench } from '../workbenchContext';
import type { Panel } from './dashboardJson';

/** What a panel of a dashboard is drawn from. */
export interface PanelViewProps extends ChartViewProps {
  readonly panel: Panel;
  /** As they came, for views that prepare them on their own. */
  readonly raw: readonly DataFrame[];
  readonly fieldConfig: FieldConfigSource;
  readonly jsonData: TraceJsonData;
  readonly datasourceUid?: string;
}

const FlameGraphView = lazy(async () => ({ default: (await import('../panels/FlameGraphPanel')).FlameGraphView }));

function TablePanelView({ frames, options, ...size }: PanelViewProps) {
  const [frame] = frames;
  return frame && frame.length > 0 ? (
    <TableView frame={frame} sortBy={options?.sortBy as TableSortByFieldState[] | undefined} {...size} />
  ) : (
    <NothingToDraw what="table" />
  );
}

function TracesPanelView({ raw, panel, jsonData, datasourceUid, timeRange, height }: PanelViewProps) {
  const frame = raw.find(({ meta }) => meta?.preferredVisualisationType === 'trace') ?? raw[0];
  if (!frame || frame.length === 0) {
    return <NothingToDraw what="trace" />;
  }
  return (
    <div style={{ height, overflow: 'auto' }}>
      <TraceView
        frame={frame}
        jsonData={jsonData}
        onOpenReference={({ traceId, spanId }) =>
          exploreHref({
            datasource: datasourceUid,
            queries: [{ ...panel.targets[0], query: traceId } as (typeof panel.targets)[0]],
            range: writeTimeRange(timeRange as TimeRange),
            panelsState: { trace: { spanId } },
          })
        }
      />
    </div>
  );
}

function NodeGraphPanelView({ frames, height }: PanelViewProps) {
  // With the links of the panel on top of those of the data source.
  return frames.length > 0 && frames[0].length > 0 ? (
    <NodeGraphView frames={frames} height={height} />
  ) : (
    <NothingToDraw what="node graph" />
  );
}

function LogsPanelView({ raw, height, options }: PanelViewProps) {
  const frame = raw.find(({ meta }) => meta?.type === DataFrameType.LogLines) ?? raw[0];
  return frame && frame.length > 0 ? (
    <div style={{ height, overflow: 'auto' }}>
      <LogsView frame={frame} isOldestFirst={(options?.sortOrder as LogsSortOrder | undefined) === 'Ascending'} />
    </div>
  ) : (
    <NothingToDraw what="log" />
  );
}

function FlameGraphPanelView({ raw, height }: PanelViewProps) {
  const [frame] = raw;
  return frame && frame.length > 0 ? (
    <Suspense fallback={null}>
      <div style={{ height, overflow: 'auto' }}>
        <FlameGraphView frame={frame} />
      </div>
    </Suspense>
  ) : (
    <NothingToDraw what="flame graph" />
  );
}

function StatPanelView({ frames, width, height, options, fieldConfig }: PanelViewProps) {
  const theme = useTheme2();
  const { templateSrv } = useWorkbench();
  const values = getFieldDisplayValues({
    fieldConfig,
    reduceOptions: (options?.reduceOptions as ReduceDataOptions | undefined) ?? { calcs: ['lastNotNull'] },
    replaceVariables: (text, scopedVars, format) => templateSrv.replace(text, scopedVars, format),
    theme,
    data: [...frames],
    timeZone: 'browser',
    sparkline: options?.graphMode !== 'none',
  });
  if (frames.length === 0 || values.length === 0) {
    return <NothingToDraw what="number" />;
  }
  return (
    <div style={{ display: 'flex', height }}>
      {values.map(({ display, sparkline }, index) => (
        <BigValue
          key={index}
          theme={theme}
          width={width / values.length}
          height={height}
          value={display}
          sparkline={sparkline}
          count={values.length}
          colorMode={(options?.colorMode as BigValueColorMode | undefined) ?? BigValueColorMode.Value}
          graphMode={(options?.graphMode as BigValueGraphMode | undefined) ?? BigValueGraphMode.Area}
          justifyMode={BigValueJustifyMode.Auto}
        />
      ))}
    </div>
  );
}

function TextPanelView({ options, height }: PanelViewProps) {
  const { templateSrv } = useWorkbench();
  const content = templateSrv.replace(String(options?.content ?? ''));
  // renderMarkdown sanitizes what it makes.
  return (
    <div
      className="markdown-html"
      style={{ height, overflow: 'auto' }}
      dangerouslySetInnerHTML={{ __html: renderMarkdown(content) }}
    />
  );
}

/** By the names that dashboards save. */
export const panelViews: ReadonlyMap<string, ComponentType<PanelViewProps>> = new Map<
  string,
  ComponentType<PanelViewProps>
>([
  ['timeseries', TimeSeriesView],
  ['heatmap', HeatmapView],
  ['histogram', HistogramView],
  ['xychart', ScatterView],
  ['table', TablePanelView],
  ['traces', TracesPanelView],
  ['nodeGraph', NodeGraphPanelView],
  ['logs', LogsPanelView],
  ['flamegraph', FlameGraphPanelView],
  ['stat', StatPanelView],
  ['text', TextPanelView],
]);

/** Panels that draw to their edges. */
export const EDGE_TO_EDGE: ReadonlySet<string> = new Set(['table', 'nodeGraph', 'logs', 'traces']);
