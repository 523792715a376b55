import type { DataSourceApi, PanelData } from '@grafana/data';
import { locationService, toDataQueryError } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAddress } from '../address';
import { exploreHref, nextRefId, readExploreState, type ExploreState } from '../exploreUrl';
import { runRequest } from '../runRequest';
import { writeTimeRange } from '../timeRangeUrl';
import { useWorkbench } from '../workbenchContext';
import { exploreRequest, withDefaults } from './exploreRequest';
import { useDataSource } from './useDataSource';

/** Everything the Explore page shows and does. */
export interface Explore {
  readonly state: ExploreState;
  readonly dataSource?: DataSourceApi;
  /** As edited; the address holds them as last run. */
  readonly queries: readonly DataQuery[];
  readonly data?: PanelData;
  /** Why there is no data source. */
  readonly problem?: unknown;
  setQueries(queries: readonly DataQuery[]): void;
  /** Writes the edited queries into the address and runs them, also when nothing changed. */
  run(): void;
}

type Queries = readonly DataQuery[];

/** Explore's state: the address says what to run, the editors hold what is being typed. */
export function useExplore(): Explore {
  const { backendSrv, config, timeRange, history } = useWorkbench();
  const { search } = useAddress();
  const state = useMemo(() => readExploreState(search), [search]);
  const uid = state.datasource ?? config.datasources.find(({ type }) => type === config.pluginId)?.uid;
  const { dataSource, problem } = useDataSource(uid);
  const [answer, setAnswer] = useState<{ readonly dataSource: DataSourceApi; readonly data: PanelData }>();
  const [edited, setEdited] = useState<{ readonly since: Queries; readonly queries: Queries }>();
  const [runs, setRuns] = useState(0);

  /** The queries of the address, complete; a pane without queries starts with one. */
  const asked = useMemo((): Queries => {
    const first: Queries = state.queries.length > 0 ? state.queries : [{ refId: nextRefId([]) }];
    return dataSource ? first.map((query) => withDefaults(query, dataSource)) : [];
  }, [state, dataSource]);
  const queries = edited?.since === asked ? edited.queries : asked;

  // An editor changes its query and asks to run it in one breath, before React has drawn the change.
  const latest = useRef(queries);
  useEffect(() => {
    latest.current = queries;
  }, [queries]);
  const setQueries = useCallback(
    (next: Queries) => {
      latest.current = next;
      setEdited({ since: asked, queries: next });
    },
    [asked]
  );

  useEffect(() => {
    if (!dataSource) {
      return undefined;
    }
    if (state.queries.length > 0) {
      history.add({ datasourceUid: dataSource.uid, queries: state.queries, ranAt: Date.now() });
    }
    const services = {
      cancel: (requestId: string) => backendSrv.resolveCancelerIfExists(requestId),
      readError: toDataQueryError,
    };
    const subscription = runRequest(dataSource, exploreRequest(asked, timeRange), services).subscribe((data) =>
      setAnswer({ dataSource, data })
    );
    return () => subscription.unsubscribe();
    // Variables do not run queries by themselves, as in Explore.
  }, [dataSource, asked, state, runs, timeRange, backendSrv, history]);

  const run = useCallback(() => {
    const range = writeTimeRange(timeRange);
    const href = exploreHref({ ...state, datasource: uid, queries: latest.current, range });
    const { pathname, search: before } = locationService.getLocation();
    if (href === pathname + before) {
      setRuns((count) => count + 1);
    } else {
      locationService.push(href);
    }
  }, [state, uid, timeRange]);

  const data = answer?.dataSource === dataSource ? answer?.data : undefined;
  return { state, dataSource, queries, data, problem, setQueries, run };
}
