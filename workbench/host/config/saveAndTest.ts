import type { DataSourceSettings, TestDataSourceResponse } from '@grafana/data';
import { errorText } from '../ErrorText';
import type { WorkbenchConfig } from '../workbenchConfig';
import type { Workbench } from '../workbenchContext';
import type { Outcome } from './TestResult';

/** What came of it, and what the server knows now, if it could be asked. */
export interface SavedAndTested {
  readonly outcome: Outcome;
  readonly config?: WorkbenchConfig;
}

/**
 * What "Save & test" does in Grafana: the settings are stored, the data source is made anew from what was stored, and
 * asked to test itself. Never rejects; a throwing test is a failed one, with the thrown words.
 */
export async function saveAndTest(settings: DataSourceSettings, workbench: Workbench): Promise<SavedAndTested> {
  const { backendSrv, dataSourceSrv, reload } = workbench;
  let config: WorkbenchConfig;
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
    config = await reload();
  } catch (error) {
    return { outcome: { status: 'error', message: `The settings could not be saved: ${errorText(error)}` } };
  }
  try {
    const dataSource = await dataSourceSrv.get(settings.uid);
    const { status, message, details }: TestDataSourceResponse = await dataSource.testDatasource();
    const severity = status === 'success' || status === 'warning' ? status : 'error';
    const outcome: Outcome = { status: severity, message, remarks: details?.message, details: details?.verboseMessage };
    return { outcome, config };
  } catch (error) {
    return { outcome: { status: 'error', message: errorText(error) }, config };
  }
}
