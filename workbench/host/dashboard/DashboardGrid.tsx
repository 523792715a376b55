import { css } from '@emotion/css';
import type { AnnotationEvent, GrafanaTheme2, TimeRange } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { useWidth } from '../panels/useWidth';
import type { Dashboard } from './dashboardJson';
import { DashboardPanel } from './DashboardPanel';
import type { DashboardScope } from './DashboardScope';

/** Grafana's grid: 24 columns, rows of 30 pixels, 8 pixels between panels. */
const COLUMNS = 24;
const ROW = 30;
const GAP = 8;

interface DashboardGridProps {
  readonly dashboard: Dashboard;
  readonly scope: DashboardScope;
  readonly range: TimeRange;
  /** Of annotations, drawn over every chart of time. */
  readonly events: readonly AnnotationEvent[];
}

/** The panels where the dashboard puts them; a row is a heading. */
export function DashboardGrid({ dashboard, scope, range, events }: DashboardGridProps) {
  const styles = useStyles2(getStyles);
  const [container, width] = useWidth();
  const column = (width + GAP) / COLUMNS;
  const rows = Math.max(0, ...dashboard.panels.map(({ gridPos: { y, h } }) => y + h));
  return (
    <div ref={container} className={styles.grid} style={{ height: rows * (ROW + GAP) }}>
      {width > 0 &&
        dashboard.panels.map((panel) => {
          const { x, y, w, h } = panel.gridPos;
          const size = { width: Math.floor(w * column - GAP), height: h * (ROW + GAP) - GAP };
          return (
            <div key={panel.id} className={styles.cell} style={{ left: x * column, top: y * (ROW + GAP), ...size }}>
              {panel.type === 'row' ? (
                <h2 className={styles.row}>{panel.title}</h2>
              ) : (
                <DashboardPanel
                  panel={panel}
                  scope={scope}
                  range={range}
                  dashboardUid={dashboard.uid}
                  events={events}
                  {...size}
                />
              )}
            </div>
          );
        })}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({ position: 'relative' }),
  cell: css({ position: 'absolute' }),
  row: css({ ...theme.typography.h5, margin: theme.spacing(0.75, 0.5) }),
});
