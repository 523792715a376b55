import { EventBusSrv, locationUtil, type GrafanaConfig } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import {
  config,
  locationService,
  setAppEvents,
  setBackendSrv,
  setCurrentUser,
  setDataSourceSrv,
  setEchoSrv,
  setLocationSrv,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginLinksHook,
  setTemplateSrv,
} from '@grafana/runtime';
import { QueryHistoryStore } from '../explore/queryHistory';
import { WorkbenchBackendSrv } from './backendSrv';
import { WorkbenchDataSourceSrv, type CreateDataSource } from './dataSourceSrv';
import { WorkbenchTemplateSrv } from './templateSrv';
import { VariableStore } from './variableStore';

/** The services a plugin reaches through `@grafana/runtime`, as the pages need them too. */
export interface Services {
  readonly backendSrv: WorkbenchBackendSrv;
  readonly templateSrv: WorkbenchTemplateSrv;
  readonly dataSourceSrv: WorkbenchDataSourceSrv;
  readonly variables: VariableStore;
  readonly history: QueryHistoryStore;
}

/**
 * Gives `@grafana/runtime` its services. Must run before the plugin is loaded: a bundle may take a service while its
 * modules run.
 */
export async function installServices(create: CreateDataSource): Promise<Services> {
  // Starts the shared i18next, after which every t() and <Trans> of @grafana/ui speaks English.
  await initPluginTranslations('workbench');
  const variables = new VariableStore(new URLSearchParams(location.search), sessionStorage);
  const backendSrv = new WorkbenchBackendSrv();
  const templateSrv = new WorkbenchTemplateSrv(variables);
  const dataSourceSrv = new WorkbenchDataSourceSrv(create, templateSrv);
  setBackendSrv(backendSrv);
  setTemplateSrv(templateSrv);
  setDataSourceSrv(dataSourceSrv);
  setAppEvents(new EventBusSrv());
  setLocationSrv(locationService);
  setEchoSrv({ flush: () => undefined, addBackend: () => undefined, addEvent: () => undefined });
  setCurrentUser(config.bootData.user);
  setPluginLinksHook(() => ({ isLoading: false, links: [] }));
  setPluginComponentsHook(() => ({ isLoading: false, components: [] }));
  setPluginComponentHook(() => ({ isLoading: false, component: null }));
  setPluginFunctionsHook(() => ({ isLoading: false, functions: [] }));
  locationUtil.initialize({
    // The runtime's class and this interface describe one object, and have drifted apart by three fields.
    config: config as unknown as GrafanaConfig,
    getTimeRangeForUrl: () => ({ from: 'now-1h', to: 'now' }),
    getVariablesUrlParams: () => ({}),
  });
  return { backendSrv, templateSrv, dataSourceSrv, variables, history: new QueryHistoryStore(localStorage) };
}
