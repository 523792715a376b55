import { CoreApp, rangeUtil, type DataSourceApi, type TimeRange } from '@grafana/data';
import { useEffect, useMemo, useRef, useState } from 'react';
import { from, lastValueFrom, map } from 'rxjs';
import { useWorkbench } from '../workbenchContext';
import type { Dashboard, VariableDefinition } from './dashboardJson';
import type { DashboardScope } from './DashboardScope';
import { resolveVariables, type VariableSources } from './resolveVariables';
import { optionsOfFrames, type VariableOption } from './variableOptions';

/** The variables of a dashboard, resolved anew whenever the address or the range changes; undefined the first time. */
export function useVariables(dashboard: Dashboard, search: string, range: TimeRange): DashboardScope | undefined {
  const { dataSourceSrv, templateSrv, variables, config } = useWorkbench();
  const [scope, setScope] = useState<DashboardScope>();
  const cache = useRef(new Map<string, Promise<VariableOption[]>>());
  // Only what concerns variables: opening a row or a theme must not ask the store again.
  const parameters = useMemo(() => variableParameters(search), [search]);
  const rangeKey = JSON.stringify(range.raw);
  useEffect(() => {
    let isCurrent = true;
    const sources: VariableSources = {
      listDataSources: (pluginId) =>
        dataSourceSrv
          .getList({ pluginId })
          .map(({ uid, name, isDefault = false }) => ({ text: name, value: uid, isDefault })),
      getDataSource: (ref) => dataSourceSrv.get(ref),
      ask: (dataSource, definition, askedRange) => {
        const key = [dataSource.uid, rangeKey, templateSrv.replace(JSON.stringify(definition.query))].join(' ');
        const asked = cache.current.get(key) ?? ask(dataSource, definition, askedRange);
        cache.current.set(key, asked);
        asked.catch(() => cache.current.delete(key));
        return asked;
      },
      use: (next) => isCurrent && templateSrv.use(next),
    };
    void resolveVariables(dashboard.variables, new URLSearchParams(parameters), range, sources).then(
      (next) => isCurrent && setScope(next)
    );
    return () => {
      isCurrent = false;
    };
    // `range` counts from now and is another object each time; what is asked follows from how it is written.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [dashboard, parameters, rangeKey, dataSourceSrv, templateSrv, config]);
  // While a dashboard is open its variables are the page's; afterwards the bar's are again.
  useEffect(() => () => templateSrv.use(variables), [templateSrv, variables]);
  return scope;
}

function variableParameters(search: string): string {
  const kept = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search)) {
    if (name.startsWith('var-')) {
      kept.append(name, value);
    }
  }
  return kept.toString();
}

/** As Grafana asks: through the data source's own variable support, else through `metricFindQuery`. */
async function ask(
  dataSource: DataSourceApi,
  { name, query }: VariableDefinition,
  range: TimeRange
): Promise<VariableOption[]> {
  const support = dataSource.variables;
  if (support && 'query' in support && support.query) {
    const { interval, intervalMs } = rangeUtil.calculateInterval(range, 1000);
    const target = typeof query === 'object' && query !== null ? query : { query };
    const answer = support.query({
      app: CoreApp.Dashboard,
      requestId: `variable-${name}`,
      targets: [{ refId: `variable-${name}`, ...target, datasource: dataSource.getRef() } as never],
      range,
      rangeRaw: range.raw,
      interval,
      intervalMs,
      timezone: 'browser',
      startTime: Date.now(),
      scopedVars: {},
    });
    return lastValueFrom(from(answer).pipe(map(({ data }) => optionsOfFrames(data))));
  }
  if (!dataSource.metricFindQuery) {
    throw new Error(`${dataSource.name} answers no variable queries.`);
  }
  const found = await dataSource.metricFindQuery(query, { range, scopedVars: {} });
  return found.map(({ text, value }) => ({ text, value: String(value ?? text) }));
}
