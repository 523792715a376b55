import { dateTime, type DataFrame, type FieldConfigSource } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { PanelChrome } from '@grafana/ui';
import React, { type ComponentType } from 'react';
import { changeTimeRange } from '../address';
import { useWorkbench } from '../workbenchContext';
import type { ChartViewProps } from './chartView';
import { HeatmapView } from './HeatmapView';
import { HistogramView } from './HistogramView';
import { ScatterView } from './ScatterView';
import { TimeSeriesView } from './TimeSeriesView';
import { usePreparedFrames } from './usePreparedFrame';
import { useWidth } from './useWidth';

export type ChartKind = 'timeseries' | 'heatmap' | 'histogram' | 'xychart';

const views: Record<ChartKind, ComponentType<ChartViewProps>> = {
  timeseries: TimeSeriesView,
  heatmap: HeatmapView,
  histogram: HistogramView,
  xychart: ScatterView,
};

const titles: Record<ChartKind, string> = {
  timeseries: 'Graph',
  heatmap: 'Heatmap',
  histogram: 'Histogram',
  xychart: 'Scatter',
};

const HEIGHT = 320;
const NO_FRAMES: readonly DataFrame[] = [];

/** As Explore draws series: a colour for each. */
const CONFIG: FieldConfigSource = { defaults: { color: { mode: 'palette-classic' } }, overrides: [] };

interface ChartPanelProps {
  readonly kind: ChartKind;
  readonly frames: readonly DataFrame[];
  readonly annotations?: readonly DataFrame[];
}

/** A chart of Explore, with a title of its own. */
export function ChartPanel({ kind, frames, annotations = NO_FRAMES }: ChartPanelProps) {
  const { timeRange } = useWorkbench();
  const [container, width] = useWidth();
  const prepared = usePreparedFrames(frames, CONFIG);
  const marks = usePreparedFrames(annotations);
  const View = views[kind];
  const zoom = ({ from, to }: { from: number; to: number }) => {
    const { pathname, search } = locationService.getLocation();
    const range = { from: dateTime(from), to: dateTime(to) };
    changeTimeRange(pathname, search, { ...range, raw: range });
  };
  return (
    <PanelChrome title={titles[kind]}>
      <div ref={container} style={{ height: HEIGHT, position: 'relative' }}>
        {width > 0 && (
          <View
            frames={prepared}
            annotations={marks}
            width={width}
            height={HEIGHT}
            timeRange={timeRange}
            onZoom={zoom}
          />
        )}
      </div>
    </PanelChrome>
  );
}
