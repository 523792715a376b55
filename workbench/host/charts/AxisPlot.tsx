import type { GrafanaTheme2 } from '@grafana/data';
import { AxisPlacement, ScaleDirection, ScaleDistribution, ScaleOrientation } from '@grafana/schema';
import { UPlotChart, UPlotConfigBuilder, useTheme2 } from '@grafana/ui';
import React, { useMemo, useState, type ReactNode } from 'react';
import { ChartTip } from './ChartTip';
import { PlotOverlay, type Plot } from './PlotOverlay';
import { rectAt, type PlotAxis, type PlotRect } from './rect';

interface AxisPlotProps {
  readonly width: number;
  readonly height: number;
  /** Must stay the same objects while nothing changes: a new one makes a new plot. */
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly rects?: readonly PlotRect[];
  /** Over the plotting area. */
  readonly children?: (plot: Plot) => ReactNode;
}

interface Pointed {
  readonly rect: PlotRect;
  readonly left: number;
  readonly top: number;
}

/** Grafana's axes and grid (uPlot), with rectangles drawn in them and elements laid over them. */
export function AxisPlot({ width, height, x, y, rects, children }: AxisPlotProps) {
  const theme = useTheme2();
  const [pointed, setPointed] = useState<Pointed>();
  const config = useMemo(() => {
    const builder = buildConfig(x, y, theme);
    builder.addHook('draw', (u) => {
      for (const rect of rects ?? []) {
        const [left, right] = [u.valToPos(rect.x0, 'x', true), u.valToPos(rect.x1, 'x', true)];
        const [top, bottom] = [u.valToPos(rect.y1, 'y', true), u.valToPos(Math.max(rect.y0, y.min), 'y', true)];
        u.ctx.fillStyle = rect.fill;
        // A pixel of air between neighbours, but never so much that nothing is left.
        u.ctx.fillRect(left, top, Math.max(1, right - left - 1), Math.max(1, bottom - top - 1));
      }
    });
    builder.addHook('setCursor', (u) => {
      const { left = -1, top = -1 } = u.cursor;
      const rect = left < 0 ? undefined : rectAt(rects ?? [], u.posToVal(left, 'x'), u.posToVal(top, 'y'));
      setPointed(rect && { rect, left, top });
    });
    return builder;
  }, [x, y, rects, theme]);
  // uPlot wants columns; what is drawn comes from the hooks.
  const data = useMemo(() => config.prepData!([]), [config]);
  return (
    <UPlotChart config={config} data={data as never} width={width} height={height}>
      <PlotOverlay config={config}>
        {(plot) => (
          <>
            {children?.(plot)}
            {pointed && <ChartTip x={pointed.left} y={pointed.top} width={width} facts={pointed.rect.facts} />}
          </>
        )}
      </PlotOverlay>
    </UPlotChart>
  );
}

function buildConfig(x: PlotAxis, y: PlotAxis, theme: GrafanaTheme2): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder('browser');
  for (const [scaleKey, axis] of [['x', x] as const, ['y', y] as const]) {
    builder.addScale({
      scaleKey,
      isTime: axis.isTime,
      orientation: scaleKey === 'x' ? ScaleOrientation.Horizontal : ScaleOrientation.Vertical,
      direction: scaleKey === 'x' ? ScaleDirection.Right : ScaleDirection.Up,
      distribution: axis.log ? ScaleDistribution.Log : ScaleDistribution.Linear,
      log: axis.log,
      range: () => [axis.min, axis.max],
    });
    builder.addAxis({
      scaleKey,
      theme,
      isTime: axis.isTime,
      timeZone: 'browser',
      placement: scaleKey === 'x' ? AxisPlacement.Bottom : AxisPlacement.Left,
      label: axis.label,
      distr: axis.log ? ScaleDistribution.Log : ScaleDistribution.Linear,
      formatValue: axis.format,
    });
  }
  builder.addSeries({ scaleKey: 'y', theme, pathBuilder: () => null, pointsBuilder: () => false });
  builder.setCursor({ points: { show: false }, drag: { x: false, y: false, setScale: false } });
  builder.setPrepData(() => [
    [x.min, x.max],
    [y.min, y.max],
  ]);
  return builder;
}
