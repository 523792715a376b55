import { colorManipulator, formattedValueToString, getFieldDisplayName, getFieldSeriesColor } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { AxisPlot } from '../charts/AxisPlot';
import { readHistogram } from '../charts/readHistogram';
import type { PlotRect } from '../charts/rect';
import type { ChartViewProps } from './chartView';
import { NothingToDraw } from './NothingToDraw';

/** How many values lie in each bucket, a colour for each column. */
export function HistogramView({ frames, width, height, options }: ChartViewProps) {
  const theme = useTheme2();
  const drawn = useMemo(() => {
    const histogram = readHistogram(frames, options);
    if (!histogram || histogram.buckets.length === 0) {
      return undefined;
    }
    const { buckets, xField, countFields } = histogram;
    const x = (value: number) => (xField.display ? formattedValueToString(xField.display(value)) : String(value));
    const rects = countFields.flatMap((field, index) =>
      buckets
        .filter(({ counts }) => counts[index] > 0)
        .map(({ x0, x1, counts }): PlotRect => ({
          x0,
          x1,
          y0: 0,
          y1: counts[index],
          fill: colorManipulator.alpha(getFieldSeriesColor(field, theme).color, 0.7),
          facts: [
            ['Bucket', `${x(x0)} – ${x(x1)}`],
            [getFieldDisplayName(field), String(counts[index])],
          ],
        }))
    );
    const highest = Math.max(...rects.map(({ y1 }) => y1));
    const isLog = isGeometric(buckets.map(({ x0 }) => x0));
    return {
      rects,
      x: { min: buckets[0].x0, max: buckets[buckets.length - 1].x1, log: isLog ? 10 : undefined, format: x },
      y: { min: 0, max: highest * 1.05, format: (value: number) => (Number.isInteger(value) ? String(value) : '') },
    };
  }, [frames, options, theme]);
  if (!drawn) {
    return <NothingToDraw what="histogram" />;
  }
  return <AxisPlot width={width} height={height} x={drawn.x} y={drawn.y} rects={drawn.rects} />;
}

/** Whether each bucket is wider than the one before by the same factor; such buckets get a logarithmic axis. */
function isGeometric(lowerBounds: readonly number[]): boolean {
  if (lowerBounds.length < 3 || lowerBounds[0] <= 0) {
    return false;
  }
  const ratio = lowerBounds[1] / lowerBounds[0];
  return (
    ratio > 1.01 &&
    lowerBounds.slice(2).every((value, index) => Math.abs(value / lowerBounds[index + 1] / ratio - 1) < 0.01)
  );
}
