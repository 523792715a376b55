import { CoreApp, rangeUtil, type DataQueryRequest, type DataSourceApi, type TimeRange } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { isEmptyQuery } from '../exploreUrl';

/** Grafana's Explore gives a pane one id: a second run takes the place of the first. */
const REQUEST_ID = 'explore_left';
const MAX_DATA_POINTS = 1000;

/** A new query gets the data source's default under it; one that already asks something stays as it is. */
export function withDefaults(query: DataQuery, dataSource: DataSourceApi): DataQuery {
  const defaults = isEmptyQuery(query) ? (dataSource.getDefaultQuery?.(CoreApp.Explore) ?? {}) : {};
  return { ...defaults, ...query, datasource: { type: dataSource.type, uid: dataSource.uid } };
}

/** The request Explore runs for its queries; hidden ones are left out, as Grafana's query runner leaves them out. */
export function exploreRequest(queries: readonly DataQuery[], timeRange: TimeRange): DataQueryRequest {
  const { interval, intervalMs } = rangeUtil.calculateInterval(timeRange, MAX_DATA_POINTS, '1ms');
  return {
    app: CoreApp.Explore,
    requestId: REQUEST_ID,
    targets: queries.filter(({ hide }) => !hide),
    range: timeRange,
    rangeRaw: timeRange.raw,
    interval,
    intervalMs,
    maxDataPoints: MAX_DATA_POINTS,
    timezone: 'browser',
    startTime: Date.now(),
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(intervalMs), value: intervalMs },
    },
  };
}
