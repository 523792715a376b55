import { css } from '@emotion/css';
import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  mapInternalLinkToExplore,
  type DataFrame,
  type DataLinkPostProcessor,
  type GrafanaTheme2,
} from '@grafana/data';
import { EmptyState, PanelChrome, useStyles2, useTheme2 } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import React, { useMemo } from 'react';
import { hasUnknownVariable } from '../logs/logLinks';
import { useWorkbench } from '../workbenchContext';
import { useWidth } from './useWidth';

const ROW_HEIGHT = 36;
const MAX_HEIGHT = 600;

/**
 * Grafana's own table over a frame, with data links as Explore makes them: internal ones carry the range of the pane,
 * and one with a variable that nobody knows is not shown.
 */
export function TablePanel({ frame }: { frame: DataFrame }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { templateSrv, timeRange } = useWorkbench();
  const [container, width] = useWidth();
  const prepared = useMemo(() => {
    const postProcess: DataLinkPostProcessor = ({ link, field, dataLinkScopedVars, replaceVariables, linkModel }) => {
      const shown = link.internal
        ? mapInternalLinkToExplore({
            link,
            internalLink: link.internal,
            scopedVars: dataLinkScopedVars,
            range: timeRange,
            field,
            replaceVariables,
          })
        : linkModel;
      return hasUnknownVariable(decodeURIComponent(shown.href)) ? undefined : shown;
    };
    const frames = applyFieldOverrides({
      data: [frame],
      fieldConfig: { defaults: {}, overrides: [] },
      theme,
      timeZone: 'browser',
      replaceVariables: (text, scopedVars, format) => templateSrv.replace(text, scopedVars, format),
      dataLinkPostProcessor: postProcess,
    });
    cacheFieldDisplayNames(frames);
    return frames[0];
  }, [frame, theme, templateSrv, timeRange]);
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
            <TableNG
              data={prepared}
              width={width}
              height={Math.min(MAX_HEIGHT, (frame.length + 1) * ROW_HEIGHT + 2)}
              timeRange={timeRange}
              enableVirtualization
            />
          )
        )}
      </div>
    </PanelChrome>
  );
}

const rowCount = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({ minWidth: 0 }),
  count: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
});
