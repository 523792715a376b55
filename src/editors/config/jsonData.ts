import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';

import type { TraceJsonData } from '../../datasource/settings';

/** What Grafana gives the config page, and what every section of it takes. */
export type ConfigProps = DataSourcePluginOptionsEditorProps<TraceJsonData>;

/**
 * Writes one key of `jsonData`. Every other key stays as it was, also those this version does not know: a provisioning
 * file written for another plugin must survive a visit to this page.
 */
export function changeJsonData(props: ConfigProps, key: string, value: unknown): void {
  mergeJsonData(props, { [key]: value });
}

/** As `changeJsonData`, for several keys in one change: two changes in a row would lose the first. */
export function mergeJsonData({ options, onOptionsChange }: ConfigProps, part: Partial<TraceJsonData>): void {
  onOptionsChange({ ...options, jsonData: { ...options.jsonData, ...part } });
}
