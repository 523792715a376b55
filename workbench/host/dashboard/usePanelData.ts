import { type DataSourceApi, type PanelData, type TimeRange } from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { useEffect, useRef, useState } from 'react';
import { runRequest } from '../runRequest';
import { useWorkbench } from '../workbenchContext';
import type { Panel } from './dashboardJson';
import type { DashboardScope } from './DashboardScope';
import { panelRequest } from './panelRequest';

export interface PanelAnswer {
  readonly data?: PanelData;
  readonly dataSource?: DataSourceApi;
  /** Why there is no data source to ask. */
  readonly problem?: string;
}

interface PanelRun {
  readonly panel: Panel;
  readonly scope: DashboardScope;
  readonly range: TimeRange;
  readonly width: number;
  readonly dashboardUid: string;
}

/** Runs a panel's queries, and again when the range, its data source, a variable in it or a filter for it changes. */
export function usePanelData({ panel, scope, range, width, dashboardUid }: PanelRun): PanelAnswer {
  const { dataSourceSrv, backendSrv } = useWorkbench();
  const [answer, setAnswer] = useState<PanelAnswer>({});
  const runs = useRef(0);
  const { targets, datasource } = panel;
  const uid = datasource && scope.fill(datasource.uid ?? '');
  const variables = scope.fingerprint(JSON.stringify(targets));
  const filters = JSON.stringify(uid === undefined ? [] : scope.filtersOf(uid));
  const isMeasured = width > 0;
  useEffect(() => {
    if (targets.length === 0 || !isMeasured) {
      return undefined;
    }
    let isCurrent = true;
    let stop: () => void = () => undefined;
    const services = {
      cancel: (requestId: string) => backendSrv.resolveCancelerIfExists(requestId),
      readError: toDataQueryError,
    };
    const start = (dataSource: DataSourceApi) => {
      const runId = ++runs.current;
      const request = panelRequest({
        panel,
        dataSource,
        range,
        width,
        dashboardUid,
        filters: JSON.parse(filters),
        runId,
      });
      const subscription = runRequest(dataSource, request, services).subscribe((data) =>
        setAnswer((before) => ({ dataSource, data: keepDrawing(before.data, data) }))
      );
      stop = () => subscription.unsubscribe();
    };
    dataSourceSrv.get({ ...datasource, uid }).then(
      (dataSource) => isCurrent && start(dataSource),
      (error: unknown) => isCurrent && setAnswer({ problem: error instanceof Error ? error.message : String(error) })
    );
    return () => {
      isCurrent = false;
      stop();
    };
    // A few pixels more are no reason to ask the store again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [panel, uid, variables, filters, range, isMeasured, dashboardUid, dataSourceSrv, backendSrv]);
  return answer;
}

/** What was drawn stays until something new is there, as on Grafana's dashboards. */
function keepDrawing(before: PanelData | undefined, next: PanelData): PanelData {
  return next.state === 'Loading' && next.series.length === 0 && before ? { ...before, state: next.state } : next;
}
