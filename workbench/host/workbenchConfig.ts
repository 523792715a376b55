import type {
  DataSourceInstanceSettings,
  DataSourceJsonData,
  DataSourcePluginMeta,
  DataSourceSettings,
} from '@grafana/data';

type Json = DataSourceJsonData & Record<string, unknown>;

/**
 * A data source as the workbench's server knows it: the provisioning file after Grafana's expansion of `$`, and what was
 * saved since. `url` is the proxy's address; `upstreamUrl` is the store's own, which only the settings page shows.
 */
export type ProvisionedDataSource = Pick<DataSourceSettings<Json>, 'uid' | 'name' | 'type' | 'url'> &
  Partial<Omit<DataSourceSettings<Json>, 'uid' | 'name' | 'type' | 'url'>> & { readonly upstreamUrl: string };

/** A correlation as Grafana stores it: results of `sourceUID` get a link on `config.field`. */
export interface Correlation {
  readonly sourceUID: string;
  readonly targetUID: string;
  readonly label: string;
  readonly config: {
    readonly field: string;
    readonly target: Readonly<Record<string, unknown>>;
    readonly transformations?: ReadonlyArray<{
      readonly type: string;
      readonly field?: string;
      readonly expression?: string;
      readonly mapValue?: string;
    }>;
  };
}

/** What the workbench's server says about the plugin and its surroundings. */
export interface WorkbenchConfig {
  readonly pluginId: string;
  /** The built plugin.json. */
  readonly pluginMeta: DataSourcePluginMeta;
  readonly datasources: readonly ProvisionedDataSource[];
  readonly correlations: readonly Correlation[];
}

/** Rejects with a sentence when the server does not answer or answers something else. */
export async function fetchWorkbenchConfig(): Promise<WorkbenchConfig> {
  const response = await fetch('workbench/config.json');
  if (!response.ok) {
    throw new Error(`The workbench's server answered ${response.status} to workbench/config.json.`);
  }
  return response.json();
}

/** plugin.json as Grafana hands it to a data source: with the addresses of its module and files. */
export function completeMeta(config: WorkbenchConfig): DataSourcePluginMeta {
  const baseUrl = `public/plugins/${config.pluginId}`;
  const { info } = config.pluginMeta;
  const logos = { small: `${baseUrl}/${info.logos.small}`, large: `${baseUrl}/${info.logos.large}` };
  return { ...config.pluginMeta, info: { ...info, logos }, module: `/${baseUrl}/module.js`, baseUrl };
}

/** What Grafana's own plugins say about themselves, for the filters of its data source picker. */
const flagsByType = new Map<string, Partial<DataSourcePluginMeta>>([
  ['loki', { name: 'Loki', logs: true, metrics: true }],
  ['prometheus', { name: 'Prometheus', metrics: true }],
  ['grafana-pyroscope-datasource', { name: 'Pyroscope', metrics: true }],
  ['tempo', { name: 'Tempo', tracing: true, metrics: true }],
]);

/**
 * The settings a data source is constructed with: `url` is the proxy's address, never the server's own, and nothing
 * secret is in them (Grafana 12.4, pkg/api/frontendsettings.go:505).
 */
export function instanceSettings(
  source: ProvisionedDataSource,
  config: WorkbenchConfig
): DataSourceInstanceSettings<Json> {
  const isOurs = source.type === config.pluginId;
  const logo = 'public/build/img/icons/unicons/database.svg';
  const info = { ...config.pluginMeta.info, logos: { small: logo, large: logo } };
  const foreign = { id: source.type, name: source.type, type: 'datasource', info };
  const meta = isOurs ? completeMeta(config) : { ...foreign, ...flagsByType.get(source.type) };
  return {
    id: 0,
    uid: source.uid,
    type: source.type,
    name: source.name,
    meta: meta as DataSourcePluginMeta,
    url: source.url,
    access: 'proxy',
    isDefault: source.isDefault,
    readOnly: source.readOnly ?? false,
    jsonData: source.jsonData ?? {},
  };
}

/** The settings the config page edits: Grafana's defaults for whatever the provisioning file left out. */
export function editableSettings(source: ProvisionedDataSource, config: WorkbenchConfig): DataSourceSettings<Json> {
  return {
    id: 0,
    orgId: 1,
    typeName: config.pluginMeta.name,
    typeLogoUrl: '',
    access: 'proxy',
    user: '',
    database: '',
    basicAuth: false,
    basicAuthUser: '',
    isDefault: false,
    jsonData: {},
    secureJsonFields: {},
    readOnly: false,
    withCredentials: false,
    ...source,
    url: source.upstreamUrl,
  };
}
