import type { DataSourceApi, PanelData } from '@grafana/data';
import { locationService, toDataQueryError } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAddress } from '../address';
import { exploreHref, nextRefId, readExploreState, type ExploreState } from '../exploreUrl';
import { runRequest } from '../runRequest';
import { useWorkbench } from '../workbenchContext';
import { exploreRequest, withDefaults } from './exploreRequest';
import { readHistory, remember } from './queryHistory';
import { writeTimeRange } from '../timeRangeUrl';

/** Everything the Explore page shows and does. */
export interface Explore {
  readonly state: ExploreState;
  readonly dataSource?: DataSourceApi;
  /** As edited; the address holds them as last run. */
  readonly queries: readonly DataQuery[];
  readonly data?: PanelData;
  /** Why there is no data source. */
  readonly problem?: unknown;
  readonly history: ReturnType<typeof readHistory>;
  setQueries(queries: readonly DataQuery[]): void;
  /** Writes the edited queries into the address and runs them, also when nothing changed. */
  run(): void;
}

/** Explore's state: the address says what to run, the editors hold what is being typed. */
export function useExplore(): Explore {
  const { backendSrv, dataSourceSrv, config, timeRange, variables } = useWorkbench();
  const { search } = useAddress();
  const state = readExploreState(search);
  const uid = state.datasource ?? config.datasources.find(({ type }) => type === config.pluginId)?.uid;
  const [dataSource, setDataSource] = useState<DataSourceApi>();
  const [problem, setProblem] = useState<unknown>();
  const [queries, setQueriesState] = useState<readonly DataQuery[]>([]);
  const [data, setData] = useState<PanelData>();
  const [runs, setRuns] = useState(0);
  const [history, setHistory] = useState(() => readHistory(localStorage));
  // An editor changes its query and asks to run it in one breath, before React has drawn the change.
  const latest = useRef(queries);
  const setQueries = useCallback((next: readonly DataQuery[]) => {
    latest.current = next;
    setQueriesState(next);
  }, []);

  useEffect(() => {
    let isCurrent = true;
    setProblem(undefined);
    dataSourceSrv.get(uid).then(
      (found) => isCurrent && setDataSource(found),
      (error: unknown) => {
        if (isCurrent) {
          setDataSource(undefined);
          setProblem(error);
        }
      }
    );
    return () => {
      isCurrent = false;
    };
  }, [dataSourceSrv, uid, config]);

  useEffect(() => {
    if (!dataSource || dataSource.uid !== (uid ?? dataSource.uid)) {
      return undefined;
    }
    const asked = readExploreState(search).queries;
    const first: readonly DataQuery[] = asked.length > 0 ? asked : [{ refId: nextRefId([]) }];
    const complete = first.map((query) => withDefaults(query, dataSource));
    setQueries(complete);
    if (asked.length > 0) {
      setHistory(remember({ datasourceUid: dataSource.uid, queries: asked, ranAt: Date.now() }, localStorage));
    }
    const services = {
      cancel: (requestId: string) => backendSrv.resolveCancelerIfExists(requestId),
      readError: toDataQueryError,
    };
    const subscription = runRequest(dataSource, exploreRequest(complete, timeRange), services).subscribe(setData);
    return () => subscription.unsubscribe();
    // `timeRange` is read from `search`; variables do not run queries by themselves, as in Explore.
  }, [dataSource, uid, search, runs, backendSrv, timeRange, setQueries, variables]);

  const run = useCallback(() => {
    const href = exploreHref({
      ...readExploreState(search),
      datasource: uid,
      queries: latest.current,
      range: writeTimeRange(timeRange),
    });
    const { pathname, search: before } = locationService.getLocation();
    if (href === pathname + before) {
      setRuns((count) => count + 1);
    } else {
      locationService.push(href);
    }
  }, [search, uid, timeRange]);

  return { state, dataSource, queries, data, problem, history, setQueries, run };
}
