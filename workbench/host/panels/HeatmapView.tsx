import { dateTimeFormat, formattedValueToString, type Field } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { AxisPlot } from '../charts/AxisPlot';
import { heatColor } from '../charts/heatColor';
import { readHeatmap, type Heatmap } from '../charts/readHeatmap';
import type { PlotAxis, PlotRect } from '../charts/rect';
import type { ChartViewProps } from './chartView';
import { NothingToDraw } from './NothingToDraw';

/** Counts over time and buckets, the more the brighter. */
export function HeatmapView({ frames, width, height, timeRange }: ChartViewProps) {
  const theme = useTheme2();
  const drawn = useMemo(() => {
    try {
      const heatmap = readHeatmap(frames);
      const time = { min: timeRange.from.valueOf(), max: timeRange.to.valueOf(), isTime: true };
      const most = Math.max(1, ...heatmap.cells.map(({ count }) => count));
      const rects = heatmap.cells.map((cell): PlotRect => {
        const span = (from: string, to: string) => `${from} – ${to}`;
        const x = heatmap.isTime ? timeText : String;
        const y = (value: number) => yText(heatmap, value);
        return {
          ...cell,
          fill: heatColor(cell.count / most, theme.isDark),
          facts: [
            [heatmap.isTime ? 'Time' : 'x', span(x(cell.x0), x(cell.x1))],
            ['Bucket', heatmap.yNames ? y(cell.y0) : span(y(cell.y0), y(cell.y1))],
            [heatmap.countField.name || 'Count', valueText(heatmap.countField, cell.count)],
          ],
        };
      });
      return { rects, x: heatmap.isTime ? time : xAxis(heatmap), y: yAxis(heatmap) };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }, [frames, timeRange, theme]);
  if (drawn.problem !== undefined) {
    return <NothingToDraw what="heatmap" reason={drawn.problem} />;
  }
  if (drawn.rects.length === 0) {
    return <NothingToDraw what="heatmap" />;
  }
  return <AxisPlot width={width} height={height} x={drawn.x} y={drawn.y} rects={drawn.rects} />;
}

const timeText = (value: number): string => dateTimeFormat(value, { format: 'HH:mm:ss' });

const valueText = (field: Field, value: number): string =>
  field.display ? formattedValueToString(field.display(value)) : String(value);

function yText({ yNames, yField }: Heatmap, value: number): string {
  return yNames ? (yNames[Math.round(value)] ?? '') : yField ? valueText(yField, value) : String(value);
}

function xAxis({ cells }: Heatmap): PlotAxis {
  return { min: Math.min(...cells.map(({ x0 }) => x0)), max: Math.max(...cells.map(({ x1 }) => x1)) };
}

function yAxis(heatmap: Heatmap): PlotAxis {
  const { cells, log } = heatmap;
  const lowest = Math.min(...cells.map(({ y0 }) => y0));
  const max = Math.max(...cells.map(({ y1 }) => (Number.isFinite(y1) ? y1 : 0)));
  // Zero has no place on a logarithmic axis: the lowest bucket then starts a decade below its upper bound.
  const min = log === undefined ? Math.min(lowest, 0) : lowest > 0 ? lowest : smallestUpper(heatmap) / 10;
  return { min, max, log, format: (value) => yText(heatmap, value) };
}

const smallestUpper = ({ cells }: Heatmap): number => Math.min(...cells.map(({ y1 }) => y1));
