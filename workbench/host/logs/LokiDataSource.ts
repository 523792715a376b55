import {
  createDataFrame,
  DataFrameType,
  DataSourceApi,
  FieldType,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceInstanceSettings,
  type TestDataSourceResponse,
} from '@grafana/data';
import { getBackendSrv, getTemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { forkJoin, map, of, type Observable } from 'rxjs';
import { decodeLoki } from './decodeLoki';
import type { LogEntry } from './logEntry';
import { logLevel } from './logLevel';

export interface LokiQuery extends DataQuery {
  readonly expr: string;
  readonly maxLines?: number;
}

/** As much of Grafana's Loki data source as a panel of log lines needs. */
export class LokiDataSource extends DataSourceApi {
  private readonly url: string;

  constructor(settings: DataSourceInstanceSettings) {
    super(settings);
    this.url = settings.url ?? '';
  }

  query({ targets, range, scopedVars }: DataQueryRequest): Observable<DataQueryResponse> {
    if (targets.length === 0) {
      return of({ data: [] });
    }
    return forkJoin(
      (targets as LokiQuery[]).map(({ expr, maxLines = 1000, refId }) =>
        getBackendSrv()
          .fetch<string>({
            url: `${this.url}/loki/api/v1/query_range`,
            params: {
              query: getTemplateSrv().replace(expr, scopedVars),
              start: `${range.from.valueOf()}000000`,
              end: `${range.to.valueOf()}000000`,
              limit: maxLines,
            },
            responseType: 'text',
            showErrorAlert: false,
          })
          .pipe(map(({ data }) => logsFrame(decodeLoki(JSON.parse(data)), refId)))
      )
    ).pipe(map((data) => ({ data })));
  }

  filterQuery({ expr }: DataQuery & Partial<LokiQuery>): boolean {
    return Boolean(expr);
  }

  testDatasource(): Promise<TestDataSourceResponse> {
    return Promise.resolve({ status: 'success', message: '' });
  }
}

function logsFrame(entries: readonly LogEntry[], refId: string): DataFrame {
  return createDataFrame({
    refId,
    name: 'Logs',
    meta: { type: DataFrameType.LogLines, preferredVisualisationType: 'logs' },
    fields: [
      { name: 'timestamp', type: FieldType.time, values: entries.map(({ timeMs }) => timeMs) },
      { name: 'body', type: FieldType.string, values: entries.map(({ line }) => line) },
      { name: 'severity', type: FieldType.string, values: entries.map(logLevel) },
      { name: 'id', type: FieldType.string, values: entries.map(({ timeNs }, index) => `${timeNs}-${index}`) },
      { name: 'labels', type: FieldType.other, values: entries.map(({ labels }) => Object.fromEntries(labels)) },
    ],
  });
}
