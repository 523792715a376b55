import { css } from '@emotion/css';
import { CoreApp, type GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { Button, Combobox, RefreshPicker, useStyles2 } from '@grafana/ui';
import React from 'react';
import { ErrorAlert } from '../ErrorText';
import { Answer } from '../explore/Answer';
import { QueryHistory } from '../explore/QueryHistory';
import { QueryRow } from '../explore/QueryRow';
import { useExplore } from '../explore/useExplore';
import { exploreHref, nextRefId } from '../exploreUrl';
import { useWorkbench } from '../workbenchContext';

/** Explore for the plugin's data sources: the real query editors, and the answer in panels. */
export function ExplorePage() {
  const styles = useStyles2(getStyles);
  const { config } = useWorkbench();
  const { state, dataSource, queries, data, problem, setQueries, run } = useExplore();
  const ours = config.datasources.filter(({ type }) => type === config.pluginId);
  const source = config.datasources.find(({ uid }) => uid === dataSource?.uid);
  const replace = (changed: DataQuery) =>
    setQueries(queries.map((query) => (query.refId === changed.refId ? changed : query)));
  return (
    <>
      <div className={styles.toolbar}>
        <Combobox
          aria-label="Data source"
          options={ours.map(({ uid, name }) => ({ value: uid, label: name }))}
          value={state.datasource ?? dataSource?.uid ?? null}
          width={30}
          onChange={({ value }) =>
            locationService.push(exploreHref({ ...state, datasource: value, queries: [], panelsState: undefined }))
          }
        />
        <div className={styles.end}>
          <RefreshPicker
            text="Run query"
            primary
            noIntervalPicker
            onRefresh={run}
            onIntervalChanged={() => undefined}
          />
        </div>
      </div>
      {problem !== undefined && <ErrorAlert title="This data source cannot be explored here" error={problem} />}
      {dataSource &&
        queries.map((query) => (
          <QueryRow
            key={`${dataSource.uid} ${query.refId}`}
            dataSource={dataSource}
            query={query}
            queries={queries}
            data={data}
            onChange={replace}
            onRun={run}
            onDuplicate={() => setQueries([...queries, { ...query, refId: nextRefId(queries) }])}
            onRemove={
              queries.length > 1
                ? () => {
                    setQueries(queries.filter(({ refId }) => refId !== query.refId));
                    run();
                  }
                : undefined
            }
          />
        ))}
      {dataSource && (
        <Button
          className={styles.add}
          variant="secondary"
          icon="plus"
          size="sm"
          onClick={() => {
            const refId = nextRefId(queries);
            const datasource = { type: dataSource.type, uid: dataSource.uid };
            setQueries([...queries, { ...dataSource.getDefaultQuery?.(CoreApp.Explore), refId, datasource }]);
          }}
        >
          Add query
        </Button>
      )}
      {data && source && <Answer data={data} state={state} queries={queries} jsonData={source.jsonData ?? {}} />}
      {dataSource && (
        <div className={styles.history}>
          <QueryHistory dataSource={dataSource} range={state.range} />
        </div>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), marginBottom: theme.spacing(1) }),
  end: css({ marginLeft: 'auto' }),
  add: css({ marginBottom: theme.spacing(1) }),
  history: css({ marginTop: theme.spacing(2) }),
});
