import { css } from '@emotion/css';
import { textUtil, type AnnotationEvent, type GrafanaTheme2 } from '@grafana/data';
import { Toggletip, useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import type { Plot } from './PlotOverlay';

interface AnnotationMarksProps {
  readonly plot: Plot;
  readonly events: readonly AnnotationEvent[];
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** Lines at the times of events, or bands from their start to their end, each with a mark below that tells of it. */
export function AnnotationMarks({ plot, events, from, to }: AnnotationMarksProps) {
  const styles = useStyles2(getStyles);
  const { visualization } = useTheme2();
  const height = plot.bbox.height / devicePixelRatio;
  return (
    <>
      {events
        .filter(({ time = 0, timeEnd = time }) => timeEnd >= from && time <= to)
        .map(({ time = 0, timeEnd = time, title = '', text = '', color = 'red' }, index) => {
          const left = plot.valToPos(Math.max(time, from), 'x');
          const width = plot.valToPos(Math.min(timeEnd, to), 'x') - left;
          const borderColor = visualization.getColorByName(color);
          return (
            <React.Fragment key={index}>
              <div className={styles.line} style={{ left, width, height, borderColor }} />
              {/* The text is HTML, as Grafana takes it. */}
              <Toggletip
                title={title}
                content={<div dangerouslySetInnerHTML={{ __html: textUtil.sanitize(text) }} />}
                fitContent
              >
                <button
                  className={styles.mark}
                  style={{ left: left + width / 2, top: height, borderBottomColor: borderColor }}
                  aria-label={`Annotation ${title}`}
                />
              </Toggletip>
            </React.Fragment>
          );
        })}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    position: 'absolute',
    top: 0,
    borderLeft: '1px dashed',
    borderRight: '1px dashed',
    pointerEvents: 'none',
  }),
  mark: css({
    position: 'absolute',
    width: 0,
    height: 0,
    marginLeft: -5,
    padding: 0,
    background: 'none',
    border: '5px solid transparent',
    borderTop: 0,
    cursor: 'pointer',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}` },
  }),
});
