import { css } from '@emotion/css';
import { FieldType, formattedValueToString, type Field, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2, VizLegend } from '@grafana/ui';
import { LegendDisplayMode } from '@grafana/schema';
import React, { useMemo, useState } from 'react';
import { AxisPlot } from '../charts/AxisPlot';
import { ChartTip } from '../charts/ChartTip';
import type { Plot } from '../charts/PlotOverlay';
import { readScatter, type ScatterDot, type ScatterMapping } from '../charts/readScatter';
import type { PlotAxis } from '../charts/rect';
import type { ChartViewProps } from './chartView';
import { NothingToDraw } from './NothingToDraw';

const LEGEND_HEIGHT = 28;

/** A dot for each row; one with a link opens it. */
export function ScatterView({ frames, width, height, timeRange, options }: ChartViewProps) {
  const theme = useTheme2();
  const drawn = useMemo(() => {
    const mapping = Array.isArray(options?.series) ? (options.series[0] as ScatterMapping) : undefined;
    const scatter = readScatter(frames, theme, mapping);
    const dots = scatter?.series.flatMap((series) => series.dots) ?? [];
    if (!scatter || dots.length === 0) {
      return undefined;
    }
    const time = { min: timeRange.from.valueOf(), max: timeRange.to.valueOf(), isTime: true };
    const xAxis =
      scatter.xField.type === FieldType.time
        ? time
        : axisOf(
            scatter.xField,
            dots.map(({ x }) => x)
          );
    const names = new Map(scatter.series.map(({ name, color }) => [name, color]));
    return {
      dots,
      names,
      x: xAxis,
      y: axisOf(
        scatter.yField,
        dots.map(({ y }) => y)
      ),
    };
  }, [frames, options, theme, timeRange]);
  if (!drawn) {
    return <NothingToDraw what="scatter chart" />;
  }
  const hasLegend = drawn.names.size > 1;
  return (
    <>
      <AxisPlot width={width} height={height - (hasLegend ? LEGEND_HEIGHT : 0)} x={drawn.x} y={drawn.y}>
        {(plot) => <Dots plot={plot} dots={drawn.dots} width={width} />}
      </AxisPlot>
      {hasLegend && (
        <VizLegend
          placement="bottom"
          displayMode={LegendDisplayMode.List}
          items={[...drawn.names].map(([label, color]) => ({ label, color, yAxis: 1 }))}
        />
      )}
    </>
  );
}

function Dots({ plot, dots, width }: { plot: Plot; dots: readonly ScatterDot[]; width: number }) {
  const styles = useStyles2(getStyles);
  const [pointed, setPointed] = useState<ScatterDot>();
  const at = ({ x, y }: ScatterDot) => ({ left: plot.valToPos(x, 'x'), top: plot.valToPos(y, 'y') });
  return (
    <>
      {dots.map((dot, index) => {
        const shared = {
          className: styles.dot,
          style: { ...at(dot), borderColor: dot.color, background: `${dot.color}99` },
          onPointerEnter: () => setPointed(dot),
          onPointerLeave: () => setPointed(undefined),
        };
        return dot.link ? (
          <a
            key={index}
            {...shared}
            href={dot.link.href}
            aria-label={`${dot.link.title}: ${dot.facts.map(([, value]) => value).join(', ')}`}
            onFocus={() => setPointed(dot)}
            onBlur={() => setPointed(undefined)}
          />
        ) : (
          <span key={index} {...shared} />
        );
      })}
      {pointed && (
        <ChartTip
          x={at(pointed).left}
          y={at(pointed).top}
          width={width}
          facts={pointed.facts}
          footer={pointed.link && `Click: ${pointed.link.title}`}
        />
      )}
    </>
  );
}

function axisOf(field: Field, values: readonly number[]): PlotAxis {
  const scale = field.config.custom?.scaleDistribution;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const format = (value: number) => (field.display ? formattedValueToString(field.display(value)) : String(value));
  if (scale?.type === 'log' && low > 0) {
    return { min: low / 1.5, max: high * 1.5, log: scale.log ?? 10, format };
  }
  return { min: Math.min(0, low), max: high > 0 ? high * 1.08 : 1, format };
}

const getStyles = (theme: GrafanaTheme2) => ({
  dot: css({
    position: 'absolute',
    width: 9,
    height: 9,
    margin: '-4.5px 0 0 -4.5px',
    border: '1px solid',
    borderRadius: theme.shape.radius.circle,
    '&:hover, &:focus-visible': { zIndex: 1, outline: `2px solid ${theme.colors.text.primary}` },
  }),
});
