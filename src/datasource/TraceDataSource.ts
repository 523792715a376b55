import {
  DataSourceApi,
  type AdHocVariableFilter,
  type CoreApp,
  type AbstractQuery,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceGetTagKeysOptions,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  type LegacyMetricFindQueryOptions,
  type MetricFindValue,
  type ScopedVars,
  type TestDataSourceResponse,
  type TimeRange,
} from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import type { Observable } from 'rxjs';

import type { TimeWindow } from '../model/time';
import { applyAdHocFilters } from '../query/adHocFilters';
import type { BackendCapabilities } from '../query/capabilities';
import { defaultQuery } from '../query/defaults';
import { displayQuery } from '../query/displayText';
import type { ReplaceVariables } from '../query/expandVariables';
import { importForeignQueries } from '../query/importForeignQueries';
import { interpolateForHandover, interpolateQuery } from '../query/interpolate';
import { isRunnable } from '../query/isRunnable';
import { normalizeQuery, type NormalizeOptions } from '../query/normalizeQuery';
import type { DocumentQuery, TraceIdQuery, TraceQuery } from '../query/query';
import { savedForm } from '../query/savedForm';
import type { TraceDocumentWriter } from '../wire/traceDocument';
import { exportAbstractQuery } from './abstractQueries';
import { listFilterKeys, listFilterValues } from './adHoc';
import { readAnnotationQuery, type TraceAnnotationQuery } from './annotations';
import { CachedCatalogue } from './cachedCatalogue';
import type { Catalogue } from './catalogue';
import { createBackend } from './createBackend';
import { documentWriters } from './documents/documentWriters';
import { exportTrace, type TraceFile } from './documents/exportTrace';
import type { DocumentDesk } from './documents/DocumentDesk';
import { checkHealth } from './health';
import { errorSentence, type Place } from './messages';
import { CachedLanguageCatalogue, type LanguageCatalogue } from './languageCatalogue';
import { panelWindow } from './panelWindow';
import { runQueries } from './runQueries';
import type { QueryDependencies } from './run';
import { runQuery } from './runQuery';
import { grafanaServices, type DataSourceServices } from './services';
import { readSettings, type TraceJsonData } from './settings';
import { findVariableValues, type VariablePlace } from './variables';

/** Grafana's view of a data source instance. Nothing about a query is kept here: two panels share one instance. */
export class TraceDataSource extends DataSourceApi<TraceQuery, TraceJsonData> implements Catalogue {
  private readonly dependencies: QueryDependencies;
  private readonly place: Place;
  /** For the editor of TraceQL. */
  readonly language: LanguageCatalogue;

  constructor(
    instanceSettings: DataSourceInstanceSettings<TraceJsonData>,
    private readonly services: DataSourceServices = grafanaServices()
  ) {
    super(instanceSettings);
    const settings = readSettings(instanceSettings);
    const connected = createBackend(settings, services);
    const { isProxied, url } = settings;
    this.place = {
      get product() {
        return connected.definition.label;
      },
      isProxied,
      url: isProxied ? undefined : url,
    };
    this.language = new CachedLanguageCatalogue(connected, () => services.now());
    this.dependencies = {
      connected,
      settings,
      services,
      catalogue: new CachedCatalogue({
        connected,
        place: this.place,
        now: () => services.now(),
        interpolate: (text) => services.replace(text),
      }),
      self: { uid: this.uid, name: this.name },
      describe: (error) => errorSentence(error, this.place),
    };
  }

  /** What lookups do that do not say; the editor shows it. */
  get correctsClockSkew(): boolean {
    return this.dependencies.settings.correctsClockSkew;
  }

  /** Where files and pasted texts come in; the editor's. */
  get documents(): DocumentDesk {
    return this.services.documents;
  }

  /** The formats in which a trace can be downloaded. */
  get downloads(): readonly TraceDocumentWriter[] {
    return documentWriters(this.services.definitions);
  }

  /** Rejects with an `Error` whose message is the sentence for the user. */
  async exportTrace(query: TraceIdQuery | DocumentQuery, format: string, signal: AbortSignal): Promise<TraceFile> {
    const asked = interpolateQuery(query, (text, each) => this.services.replace(text, undefined, each));
    const writer = this.downloads.find(({ id }) => id === format);
    if (!writer || (asked.queryType !== 'traceql' && asked.queryType !== 'document')) {
      throw new Error(asked.queryType === 'unsupported' ? asked.reason : 'Only a single trace can be downloaded.');
    }
    const { connected, describe } = this.dependencies;
    try {
      return await exportTrace(asked, writer, { connected, documents: this.services.documents }, signal);
    } catch (error) {
      throw new Error(describe(error), { cause: error });
    }
  }

  query(request: DataQueryRequest<TraceQuery>): Observable<DataQueryResponse> {
    const queries = request.targets.filter((target) => this.filterQuery(target));
    return runQueries(queries, {
      run: (query, signal, onPartial) => runQuery(query, request, this.dependencies, signal, onPartial),
      describe: this.dependencies.describe,
    });
  }

  filterQuery(query: TraceQuery): boolean {
    return isRunnable(this.normalize(query));
  }

  testDatasource(): Promise<TestDataSourceResponse> {
    const { connected } = this.dependencies;
    return checkHealth({ connected, place: this.place, readSavedUrl: () => this.services.readSavedUrl(this.uid) });
  }

  getDefaultQuery(app?: CoreApp): Partial<TraceQuery> {
    return defaultQuery(app);
  }

  getQueryDisplayText(query: TraceQuery): string {
    return displayQuery(this.normalize(query));
  }

  interpolateVariablesInQueries(
    queries: TraceQuery[],
    scopedVars: ScopedVars,
    filters: AdHocVariableFilter[] = []
  ): TraceQuery[] {
    const replace: ReplaceVariables = (text, format) => this.services.replace(text, scopedVars, format);
    return queries.map((query) => ({
      ...savedForm(applyAdHocFilters(interpolateForHandover(this.normalize(query), replace), filters).query),
      datasource: this.getRef(),
    }));
  }

  targetContainsTemplate(query: TraceQuery): boolean {
    const { datasource, ...question } = query;
    // What looks like a variable in somebody's spans is none.
    return this.services.containsTemplate(JSON.stringify({ ...question, text: undefined }));
  }

  async importQueries(queries: DataQuery[]): Promise<TraceQuery[]> {
    const datasource = this.getRef();
    return importForeignQueries(queries, this.normalizeOptions).map((query) => ({
      ...savedForm(query),
      datasource,
    }));
  }

  /** For a switch from here to Loki, Prometheus and whoever else reads label matchers. */
  async exportToAbstractQueries(queries: TraceQuery[]): Promise<AbstractQuery[]> {
    return queries.map((query) => exportAbstractQuery(this.normalize(query)));
  }

  listServices(window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]> {
    return this.dependencies.catalogue.listServices(window, signal);
  }

  listSpanNames(service: string, window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]> {
    return this.dependencies.catalogue.listSpanNames(service, window, signal);
  }

  listAttributeKeys(service?: string, window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]> {
    return this.dependencies.catalogue.listAttributeKeys(service, window, signal);
  }

  listAttributeValues(
    key: string,
    service?: string,
    window?: TimeWindow,
    signal?: AbortSignal
  ): Promise<readonly string[]> {
    return this.dependencies.catalogue.listAttributeValues(key, service, window, signal);
  }

  /** The values of a query variable, for `module.ts`, which joins this with the editor, and for scripted callers. */
  findVariableValues(query: unknown, place: VariablePlace = {}): Promise<readonly string[]> {
    return findVariableValues(query, place, { catalogue: this.dependencies.catalogue, services: this.services });
  }

  /** The search that a saved annotation means; its editor shows that. */
  searchOfAnnotation(saved: unknown): TraceAnnotationQuery {
    return readAnnotationQuery(saved, (query) => this.normalize(query));
  }

  async getTagKeys(options?: DataSourceGetTagKeysOptions<TraceQuery>): Promise<MetricFindValue[]> {
    const keys = await listFilterKeys(this, options?.filters ?? [], this.windowOf(options?.timeRange));
    return keys.map((text) => ({ text }));
  }

  async getTagValues(options: DataSourceGetTagValuesOptions<TraceQuery>): Promise<MetricFindValue[]> {
    const { key, filters = [], timeRange } = options;
    const values = await listFilterValues(this, key, filters, this.windowOf(timeRange));
    return values.map((text) => ({ text }));
  }

  async metricFindQuery(query: unknown, options?: LegacyMetricFindQueryOptions): Promise<MetricFindValue[]> {
    const values = await this.findVariableValues(query, options);
    return values.map((text) => ({ text }));
  }

  listRemoteServices(service: string, signal?: AbortSignal): Promise<readonly string[]> {
    return this.dependencies.catalogue.listRemoteServices(service, signal);
  }

  capabilities(signal?: AbortSignal): Promise<BackendCapabilities> {
    return this.dependencies.catalogue.capabilities(signal);
  }

  interpolate(text: string): string {
    return this.dependencies.catalogue.interpolate(text);
  }

  /** The time range of an editor or of a list that a dashboard asks for, where Grafana tells. */
  windowOf(range: TimeRange | undefined): TimeWindow | undefined {
    return range && panelWindow(range, this.services.now());
  }

  private get normalizeOptions(): NormalizeOptions {
    return { dialects: this.dependencies.connected.dialects };
  }

  /** What a saved, linked or pasted query means to the backend of this instance; the editors show that. */
  normalize(query: unknown): TraceQuery {
    return normalizeQuery(query, this.normalizeOptions);
  }
}
