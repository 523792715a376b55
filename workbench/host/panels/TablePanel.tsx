import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2, TimeRange } from '@grafana/data';
import type { TableSortByFieldState } from '@grafana/schema';
import { EmptyState, PanelChrome, useStyles2 } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import React from 'react';
import { useWorkbench } from '../workbenchContext';
import { usePreparedFrame } from './usePreparedFrame';
import { useWidth } from './useWidth';

const ROW_HEIGHT = 36;
const MAX_HEIGHT = 600;

/** Grafana's own table over a frame. */
export function TablePanel({ frame }: { frame: DataFrame }) {
  const styles = useStyles2(getStyles);
  const { timeRange } = useWorkbench();
  const [container, width] = useWidth();
  const prepared = usePreparedFrame(frame);
  return (
    <PanelChrome
      title={frame.name || 'Table'}
      padding="none"
      titleItems={<span className={styles.count}>{rowCount(frame.length)}</span>}
    >
      <div ref={container} className={styles.table}>
        {frame.length === 0 ? (
          <EmptyState variant="not-found" hideImage message="The answer has no rows" />
        ) : (
          width > 0 && (
            <TableView
              frame={prepared}
              width={width}
              height={Math.min(MAX_HEIGHT, (frame.length + 1) * ROW_HEIGHT + 2)}
              timeRange={timeRange}
            />
          )
        )}
      </div>
    </PanelChrome>
  );
}

interface TableViewProps {
  /** Prepared. */
  readonly frame: DataFrame;
  readonly width: number;
  readonly height: number;
  readonly timeRange: TimeRange;
  readonly sortBy?: TableSortByFieldState[];
}

export const TableView = ({ frame, width, height, timeRange, sortBy }: TableViewProps) => (
  <TableNG
    data={frame}
    width={width}
    height={height}
    timeRange={timeRange}
    initialSortBy={sortBy}
    enableVirtualization
  />
);

const rowCount = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({ minWidth: 0 }),
  count: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
});
