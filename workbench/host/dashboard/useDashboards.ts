import { useEffect, useState } from 'react';
import { readDashboard, type Dashboard } from './dashboardJson';
import { useWorkbench } from '../workbenchContext';

interface Loaded {
  readonly dashboards?: readonly Dashboard[];
  readonly problem?: unknown;
}

/** The dashboards that the built plugin names in `includes`, as Grafana offers them for import. */
export function useDashboards(): Loaded {
  const { config } = useWorkbench();
  const { pluginId, pluginMeta } = config;
  const [loaded, setLoaded] = useState<Loaded>({});
  useEffect(() => {
    let isCurrent = true;
    const paths = (pluginMeta.includes ?? []).flatMap(({ type, path }) =>
      String(type) === 'dashboard' && path ? [path] : []
    );
    Promise.all(paths.map((path) => load(`/public/plugins/${pluginId}/${path}`))).then(
      (dashboards) => isCurrent && setLoaded({ dashboards }),
      (problem: unknown) => isCurrent && setLoaded({ problem })
    );
    return () => {
      isCurrent = false;
    };
  }, [pluginId, pluginMeta]);
  return loaded;
}

async function load(url: string): Promise<Dashboard> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: ${response.status}. plugin.json names this dashboard, but the build does not have it.`);
  }
  return readDashboard(await response.json());
}
