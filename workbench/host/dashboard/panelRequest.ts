import { CoreApp, rangeUtil, type DataQueryRequest, type DataSourceApi, type TimeRange } from '@grafana/data';
import type { AdHocFilter, Panel } from './dashboardJson';

interface PanelRequestParts {
  readonly panel: Panel;
  readonly dataSource: DataSourceApi;
  readonly range: TimeRange;
  /** Pixels: as many points are asked for. */
  readonly width: number;
  readonly dashboardUid: string;
  readonly filters: readonly AdHocFilter[];
  readonly runId: number;
}

/** The request that a dashboard's panel makes (Grafana 12.4, PanelQueryRunner): hidden targets stay out. */
export function panelRequest(parts: PanelRequestParts): DataQueryRequest {
  const { panel, dataSource, range, width, dashboardUid, filters, runId } = parts;
  const maxDataPoints = panel.maxDataPoints ?? Math.max(100, Math.floor(width));
  const { interval, intervalMs } = rangeUtil.calculateInterval(range, maxDataPoints, dataSource.interval);
  const defaults = dataSource.getDefaultQuery?.(CoreApp.Dashboard);
  return {
    app: CoreApp.Dashboard,
    requestId: `dashboard-${panel.id}-${runId}`,
    dashboardUID: dashboardUid,
    panelId: panel.id,
    panelPluginId: panel.type,
    targets: panel.targets
      .filter(({ hide }) => !hide)
      .map((target) => ({ ...defaults, ...target, datasource: dataSource.getRef() })),
    range,
    rangeRaw: range.raw,
    interval,
    intervalMs,
    maxDataPoints,
    timezone: 'browser',
    startTime: Date.now(),
    filters: filters.map((filter) => ({ ...filter })),
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(intervalMs), value: intervalMs },
    },
  };
}
