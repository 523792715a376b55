import { css } from '@emotion/css';
import { CoreApp, type DataSourceApi, type GrafanaTheme2, type PanelData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { Alert, ErrorBoundaryAlert, IconButton, useStyles2 } from '@grafana/ui';
import React, { Suspense, useMemo, useState } from 'react';
import { useWorkbench } from '../workbenchContext';

interface QueryRowProps {
  readonly dataSource: DataSourceApi;
  readonly query: DataQuery;
  readonly queries: readonly DataQuery[];
  readonly data?: PanelData;
  readonly onChange: (query: DataQuery) => void;
  readonly onRun: () => void;
  readonly onDuplicate: () => void;
  /** Missing on the last query left. */
  readonly onRemove?: () => void;
}

/** The part of an answer that belongs to one query. */
function dataOf(data: PanelData | undefined, refId: string): PanelData | undefined {
  if (!data) {
    return undefined;
  }
  const errors = data.errors?.filter((error) => error.refId === refId);
  const error = data.error?.refId === refId || data.error?.refId === undefined ? data.error : errors?.[0];
  return { ...data, series: data.series.filter((frame) => frame.refId === refId), errors, error };
}

/** One query: its letter, its buttons, the plugin's own editor, and the cheat sheet when asked for. */
export function QueryRow(props: QueryRowProps) {
  const { dataSource, query, queries, data, onChange, onRun, onDuplicate, onRemove } = props;
  const styles = useStyles2(getStyles);
  const { plugin, timeRange } = useWorkbench();
  const [showsHelp, setShowsHelp] = useState(false);
  const ownData = useMemo(() => dataOf(data, query.refId), [data, query.refId]);
  const { QueryEditor, QueryEditorHelp } = plugin.components;
  return (
    <section className={styles.row} aria-label={`Query ${query.refId}`}>
      <header className={styles.head}>
        <strong className={styles.refId}>{query.refId}</strong>
        <span className={styles.source}>({dataSource.name})</span>
        {query.hide && <span className={styles.source}>hidden: it does not run</span>}
        <div className={styles.actions}>
          {QueryEditorHelp && (
            <IconButton
              name="question-circle"
              tooltip={showsHelp ? 'Hide the cheat sheet' : 'Show the cheat sheet'}
              aria-expanded={showsHelp}
              onClick={() => setShowsHelp(!showsHelp)}
            />
          )}
          <IconButton name="copy" tooltip="Duplicate query" onClick={onDuplicate} />
          <IconButton
            name={query.hide ? 'eye-slash' : 'eye'}
            tooltip={query.hide ? 'Show response' : 'Hide response'}
            onClick={() => {
              onChange({ ...query, hide: !query.hide });
              onRun();
            }}
          />
          {onRemove && <IconButton name="trash-alt" tooltip="Remove query" onClick={onRemove} />}
        </div>
      </header>
      <div className={styles.body}>
        <ErrorBoundaryAlert title="The query editor failed">
          <Suspense fallback={null}>
            {showsHelp && QueryEditorHelp && (
              <QueryEditorHelp
                datasource={dataSource}
                query={query}
                onClickExample={(example) => {
                  onChange({ ...example, refId: query.refId, key: query.key, datasource: query.datasource });
                  onRun();
                }}
              />
            )}
            {QueryEditor ? (
              <QueryEditor
                datasource={dataSource}
                query={query}
                queries={[...queries]}
                data={ownData}
                range={timeRange}
                app={CoreApp.Explore}
                history={[]}
                onChange={onChange}
                onRunQuery={onRun}
              />
            ) : (
              <Alert severity="error" title="The plugin has no query editor." />
            )}
          </Suspense>
        </ErrorBoundaryAlert>
      </div>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    marginBottom: theme.spacing(1),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  head: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 1),
    background: theme.colors.background.secondary,
  }),
  refId: css({ color: theme.colors.text.link }),
  source: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
  actions: css({ display: 'flex', gap: theme.spacing(1), marginLeft: 'auto' }),
  body: css({ padding: theme.spacing(1) }),
});
