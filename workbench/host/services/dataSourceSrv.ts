import type { DataSourceApi, DataSourceInstanceSettings, DataSourceRef, ScopedVars } from '@grafana/data';
import type { DataSourceSrv, GetDataSourceListFilters, TemplateSrv } from '@grafana/runtime';

type Ref = DataSourceRef | string | null;

/** Undefined for a type that the workbench cannot run. */
export type CreateDataSource = (settings: DataSourceInstanceSettings) => DataSourceApi | undefined;

/**
 * Grafana's registry of data sources over the provisioned ones. Instances are made on first use and kept until
 * `register` replaces the settings. Only types that `create` knows can be instantiated; the others are known by name.
 */
export class WorkbenchDataSourceSrv implements DataSourceSrv {
  private settings: readonly DataSourceInstanceSettings[] = [];
  private readonly instances = new Map<string, DataSourceApi>();

  constructor(
    private readonly create: CreateDataSource,
    private readonly templateSrv: TemplateSrv
  ) {}

  register(settings: readonly DataSourceInstanceSettings[]): void {
    this.settings = settings;
    this.instances.clear();
  }

  async get(ref?: Ref, scopedVars?: ScopedVars): Promise<DataSourceApi> {
    const settings = this.getInstanceSettings(ref, scopedVars);
    if (!settings) {
      throw new Error(`Data source ${JSON.stringify(ref)} was not found.`);
    }
    const existing = this.instances.get(settings.uid);
    if (existing) {
      return existing;
    }
    const instance = this.create(settings);
    if (!instance) {
      throw new Error(
        `The workbench cannot run data sources of type ${settings.type}; it knows ${settings.name} by name only.`
      );
    }
    this.instances.set(settings.uid, instance);
    return instance;
  }

  getInstanceSettings(ref?: Ref, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
    const named = typeof ref === 'string' ? ref : ref?.uid;
    if (named === undefined || named === 'default') {
      return this.settings.find(({ isDefault }) => isDefault) ?? this.settings[0];
    }
    const wanted = this.templateSrv.replace(named, scopedVars);
    return this.settings.find(({ uid }) => uid === wanted) ?? this.settings.find(({ name }) => name === wanted);
  }

  getList(filters: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    const { metrics, tracing, logs, annotations, alerting, pluginId, type, filter } = filters;
    const types = type === undefined ? undefined : [type].flat();
    return this.settings.filter(
      (settings) =>
        (!metrics || settings.meta.metrics) &&
        (!tracing || settings.meta.tracing) &&
        (!logs || settings.meta.logs) &&
        (!annotations || settings.meta.annotations) &&
        (!alerting || settings.meta.alerting) &&
        (pluginId === undefined || settings.meta.id === pluginId) &&
        (types === undefined || types.includes(settings.type)) &&
        (filter === undefined || filter(settings))
    );
  }

  reload(): void {}

  registerRuntimeDataSource(): void {}
}
