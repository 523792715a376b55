import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { useEffect, useRef } from 'react';
import type { ViewTrace } from '../trace/viewTrace';

const WIDTH = 2000;
const HEIGHT = 60;

/** The whole trace at a glance: a line a span, thinner the more there are. Decoration; the list says the same in words. */
export function Minimap({ trace, colors }: { trace: ViewTrace; colors: ReadonlyMap<string, string> }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) {
      return;
    }
    context.clearRect(0, 0, WIDTH, HEIGHT);
    const whole = Math.max(trace.endTime - trace.startTime, Number.MIN_VALUE);
    const row = HEIGHT / Math.max(trace.spans.length, 12);
    trace.spans.forEach((span, index) => {
      context.fillStyle = span.isError
        ? theme.colors.error.main
        : (colors.get(span.serviceName) ?? theme.colors.text.disabled);
      const left = ((span.startTime - trace.startTime) / whole) * WIDTH;
      context.fillRect(left, index * row, Math.max(2, (span.duration / whole) * WIDTH), Math.max(1, row * 0.8));
    });
  }, [trace, colors, theme]);
  return <canvas ref={canvas} className={styles.canvas} width={WIDTH} height={HEIGHT} aria-hidden="true" />;
}

const getStyles = (theme: GrafanaTheme2) => ({
  canvas: css({
    display: 'block',
    width: '100%',
    height: HEIGHT,
    margin: theme.spacing(0.5, 0),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
  }),
});
