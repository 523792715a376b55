import type { DataSourceSettings, TestDataSourceResponse } from '@grafana/data';
import { errorText } from '../ErrorText';
import type { Workbench } from '../workbenchContext';
import type { Outcome } from './TestResult';

/**
 * What "Save & test" does in Grafana: the settings are stored, the data source is made anew from what was stored, and
 * asked to test itself. Never rejects; a throwing test is a failed one, with the thrown words.
 */
export async function saveAndTest(settings: DataSourceSettings, workbench: Workbench): Promise<Outcome> {
  const { backendSrv, dataSourceSrv, reload } = workbench;
  try {
    const { name, url, basicAuth, basicAuthUser, withCredentials, jsonData, secureJsonData, secureJsonFields } =
      settings;
    const changed = {
      name,
      url,
      basicAuth,
      basicAuthUser,
      withCredentials,
      jsonData,
      secureJsonData,
      secureJsonFields,
    };
    await backendSrv.put(`/workbench/datasources/${encodeURIComponent(settings.uid)}`, changed);
    await reload();
  } catch (error) {
    return { status: 'error', message: `The settings could not be saved: ${errorText(error)}` };
  }
  try {
    const dataSource = await dataSourceSrv.get(settings.uid);
    const { status, message, details }: TestDataSourceResponse = await dataSource.testDatasource();
    return { status: status === 'success' ? 'success' : 'error', message, details: details?.verboseMessage };
  } catch (error) {
    return { status: 'error', message: errorText(error) };
  }
}
