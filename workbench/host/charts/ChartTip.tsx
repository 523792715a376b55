import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

interface ChartTipProps {
  readonly x: number;
  readonly y: number;
  /** Width of the plot: right of its middle the tip opens to the left. */
  readonly width: number;
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>;
  readonly footer?: string;
}

/** What pointing at something in a plot tells. */
export function ChartTip({ x, y, width, facts, footer }: ChartTipProps) {
  const styles = useStyles2(getStyles);
  const side = x > width / 2 ? { right: -x + 12 } : { left: x + 12 };
  return (
    <div role="tooltip" className={styles.tip} style={{ top: y + 8, ...side }}>
      <table>
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th>{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {footer && <div className={styles.footer}>{footer}</div>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tip: css({
    position: 'absolute',
    zIndex: theme.zIndex.tooltip,
    pointerEvents: 'none',
    padding: theme.spacing(0.75, 1),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
    whiteSpace: 'nowrap',
    ...theme.typography.bodySmall,
    th: { color: theme.colors.text.secondary, fontWeight: 'normal', paddingRight: theme.spacing(2) },
    td: { textAlign: 'right' },
  }),
  footer: css({ marginTop: theme.spacing(0.5), color: theme.colors.text.secondary }),
});
