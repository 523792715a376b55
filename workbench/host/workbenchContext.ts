import type { TimeRange } from '@grafana/data';
import { createContext, useContext } from 'react';
import type { LoadedPlugin } from './loadPlugin';
import type { Services } from './services/installServices';
import type { WorkbenchConfig } from './workbenchConfig';

/** What every page needs: the plugin, the services it runs on, and the time range of the page. */
export interface Workbench extends Services {
  readonly plugin: LoadedPlugin;
  readonly config: WorkbenchConfig;
  readonly timeRange: TimeRange;
  /** Asks the server again after settings changed, forgets the data source instances, and tells what it now says. */
  reload(): Promise<WorkbenchConfig>;
}

export const WorkbenchContext = createContext<Workbench | undefined>(undefined);

/** Throws outside the shell: a page without a plugin has nothing to show. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) {
    throw new Error('useWorkbench is used outside the shell.');
  }
  return workbench;
}
