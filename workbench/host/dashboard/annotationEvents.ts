import {
  CoreApp,
  LoadingState,
  rangeUtil,
  type AnnotationEvent,
  type AnnotationQuery,
  type DataQueryRequest,
  type DataSourceApi,
  type DataSourceRef,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { combineLatest, filter, from, map, of, startWith, switchMap, type Observable } from 'rxjs';
import type { DashboardScope } from './DashboardScope';

/** One of a dashboard's `annotations.list`. */
export type DashboardAnnotation = AnnotationQuery<DataQuery>;

interface AnnotationRun {
  readonly annotations: readonly DashboardAnnotation[];
  readonly scope: DashboardScope;
  readonly range: TimeRange;
  readonly getDataSource: (ref: DataSourceRef) => Promise<DataSourceApi>;
  readonly run: (dataSource: DataSourceApi, request: DataQueryRequest) => Observable<PanelData>;
}

/** Grafana asks for annotations as for a panel of this width. */
const MAX_POINTS = 100;

/**
 * Runs annotations as Grafana does (12.4, features/query/state/DashboardQueryRunner): the data source's own support
 * prepares the query and makes events of the answer. Emits all events there are so far.
 */
export function annotationEvents({
  annotations,
  scope,
  range,
  getDataSource,
  run,
}: AnnotationRun): Observable<readonly AnnotationEvent[]> {
  const each = annotations.map((annotation) => {
    const uid = scope.fill(annotation.datasource?.uid ?? '');
    return from(getDataSource({ ...annotation.datasource, uid })).pipe(
      switchMap((dataSource) => {
        const { annotations: support } = dataSource;
        const target = support?.prepareQuery ? support.prepareQuery(annotation) : annotation.target;
        if (!target || !support?.processEvents) {
          throw new Error(`${dataSource.name} has no annotations.`);
        }
        const request = annotationRequest(annotation.name, target, dataSource, scope, range);
        return run(dataSource, request).pipe(
          filter(({ state }) => state !== LoadingState.Loading),
          switchMap(({ series, error }) => {
            if (error) {
              throw new Error(`${annotation.name}: ${error.message}`);
            }
            return support.processEvents!(annotation, series);
          })
        );
      }),
      map((events = []) => events.map((event) => ({ ...event, source: annotation, color: annotation.iconColor }))),
      startWith([])
    );
  });
  return each.length > 0 ? combineLatest(each).pipe(map((lists) => lists.flat())) : of([]);
}

function annotationRequest(
  name: string,
  target: DataQuery,
  dataSource: DataSourceApi,
  scope: DashboardScope,
  range: TimeRange
): DataQueryRequest {
  const { interval, intervalMs } = rangeUtil.calculateInterval(range, MAX_POINTS, dataSource.interval);
  return {
    app: CoreApp.Dashboard,
    requestId: `annotation-${name}`,
    targets: [{ ...target, refId: target.refId || 'Anno', datasource: dataSource.getRef() }],
    range,
    rangeRaw: range.raw,
    interval,
    intervalMs,
    maxDataPoints: MAX_POINTS,
    timezone: 'browser',
    startTime: Date.now(),
    filters: scope.filtersOf(dataSource.uid).map((filter) => ({ ...filter })),
    scopedVars: {},
  };
}
