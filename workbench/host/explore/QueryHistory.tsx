import { css } from '@emotion/css';
import { dateTimeFormat, type DataSourceApi, type GrafanaTheme2 } from '@grafana/data';
import { Link, PanelChrome, useStyles2 } from '@grafana/ui';
import React, { useState, useSyncExternalStore } from 'react';
import { exploreHref, type ExploreState } from '../exploreUrl';
import { useWorkbench } from '../workbenchContext';

interface QueryHistoryProps {
  readonly dataSource: DataSourceApi;
  readonly range: ExploreState['range'];
}

/** The queries run before, in the words the data source has for them. */
export function QueryHistory({ dataSource, range }: QueryHistoryProps) {
  const styles = useStyles2(getStyles);
  const [isCollapsed, setCollapsed] = useState(true);
  const { history } = useWorkbench();
  const entries = useSyncExternalStore(history.subscribe, history.snapshot);
  const own = entries.filter(({ datasourceUid }) => datasourceUid === dataSource.uid);
  return (
    <PanelChrome
      title={`Query history (${own.length})`}
      collapsible
      collapsed={isCollapsed}
      onToggleCollapse={setCollapsed}
    >
      <ol className={styles.list}>
        {own.map(({ queries, ranAt, datasourceUid }) => (
          <li key={ranAt}>
            <Link className={styles.link} href={exploreHref({ datasource: datasourceUid, queries, range })}>
              <time className={styles.time}>{dateTimeFormat(ranAt, { format: 'HH:mm:ss' })}</time>
              {queries.map((query) => (
                <span key={query.refId}>{dataSource.getQueryDisplayText?.(query) ?? JSON.stringify(query)}</span>
              ))}
            </Link>
          </li>
        ))}
      </ol>
    </PanelChrome>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none' }),
  link: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    padding: theme.spacing(0.5),
    overflowWrap: 'anywhere',
    '&:hover, &:focus-visible': { background: theme.colors.action.hover },
  }),
  time: css({ color: theme.colors.text.secondary, fontFamily: theme.typography.fontFamilyMonospace }),
});
