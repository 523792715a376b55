import { css } from '@emotion/css';
import type { AnnotationEvent, DataFrame, GrafanaTheme2 } from '@grafana/data';
import { LegendDisplayMode, SortOrder, TooltipDisplayMode, type VizLegendOptions } from '@grafana/schema';
import { TimeSeries, TooltipPlugin, useStyles2, ZoomPlugin, type UPlotConfigBuilder } from '@grafana/ui';
import React, { useMemo } from 'react';
import { AnnotationMarks } from '../charts/AnnotationMarks';
import { PlotOverlay } from '../charts/PlotOverlay';
import { drawableSeries, linkedPoints } from '../charts/timeSeriesFrames';
import type { ChartViewProps } from './chartView';
import { NothingToDraw } from './NothingToDraw';

const LEGEND: VizLegendOptions = {
  showLegend: true,
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  calcs: [],
};

const NO_ANNOTATIONS: readonly DataFrame[] = [];
const NO_EVENTS: readonly AnnotationEvent[] = [];

/** Grafana's own time series; exemplars and linked points are drawn over it and open their links. */
export function TimeSeriesView(props: ChartViewProps) {
  const { frames, annotations = NO_ANNOTATIONS, events = NO_EVENTS, width, height, timeRange, options, onZoom } = props;
  const styles = useStyles2(getStyles);
  const drawable = useMemo(() => drawableSeries(frames), [frames]);
  const points = useMemo(() => linkedPoints(drawable, annotations), [drawable, annotations]);
  const legend = useMemo(() => ({ ...LEGEND, ...(options?.legend as Partial<VizLegendOptions>) }), [options]);
  if (drawable.length === 0) {
    return (
      <NothingToDraw what="time series" reason={frames.length > 0 && frames[0].length > 0 ? NO_TIME : undefined} />
    );
  }
  return (
    <TimeSeries
      frames={drawable}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone="browser"
      legend={legend}
      options={NO_OPTIONS}
    >
      {(config: UPlotConfigBuilder, aligned: DataFrame) => (
        <>
          <TooltipPlugin
            config={config}
            data={aligned}
            frames={drawable}
            timeZone="browser"
            mode={TooltipDisplayMode.Multi}
            sortOrder={SortOrder.Descending}
          />
          <ZoomPlugin config={config} onZoom={(range) => onZoom?.(range)} />
          <PlotOverlay config={config}>
            {(plot) => (
              <AnnotationMarks
                plot={plot}
                events={events}
                from={timeRange.from.valueOf()}
                to={timeRange.to.valueOf()}
              />
            )}
          </PlotOverlay>
          <PlotOverlay config={config}>
            {(plot) =>
              points.map(({ time, value, unit, label, href }, index) => (
                <a
                  key={index}
                  className={styles.point}
                  href={href}
                  aria-label={label}
                  title={label}
                  // One that is beyond the axis lies on its edge, as in Grafana.
                  style={{
                    left: plot.valToPos(time, 'x'),
                    top: Math.max(0, plot.valToPos(value, scaleOf(config, unit))),
                  }}
                />
              ))
            }
          </PlotOverlay>
        </>
      )}
    </TimeSeries>
  );
}

const NO_TIME = 'Grafana wants a time column and a number column.';
const NO_OPTIONS = {};

/** The scale of a unit: Grafana names scales by unit first, then by what else tells axes apart. */
function scaleOf(config: UPlotConfigBuilder, unit: string): string {
  const keys = config.scales.map(({ props }) => props.scaleKey).filter((key) => key !== 'x');
  return keys.find((key) => key === unit || key.startsWith(`${unit}/`)) ?? keys[0];
}

const getStyles = (theme: GrafanaTheme2) => ({
  point: css({
    position: 'absolute',
    width: 8,
    height: 8,
    margin: '-4px 0 0 -4px',
    transform: 'rotate(45deg)',
    background: theme.colors.primary.main,
    border: `1px solid ${theme.colors.background.primary}`,
    '&:hover, &:focus-visible': { background: theme.colors.text.maxContrast },
  }),
});
