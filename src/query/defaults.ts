import type { SearchQuery, TraceQuery } from './query';

/** As many as Grafana's tracing sources and Jaeger's UI ask for. */
export const DEFAULT_SEARCH_LIMIT = 20;

/** The names that Grafana gives its apps (12.4, CoreApp) where a query is kept in a dashboard. */
const DASHBOARD_APPS: ReadonlySet<string> = new Set(['dashboard', 'panel-editor']);

/**
 * The query of a new row: a trace ID in Explore, where one comes to look something up, and a search on a dashboard, which
 * shows what there is. Grafana merges it under partial queries (12.4, query/state/runRequest.ts:209), so it says nothing
 * but the type, which an ID in `query` overrules; and Explore runs a query at once when it holds anything else.
 */
export function defaultQuery(app?: string): Partial<TraceQuery> & Pick<TraceQuery, 'queryType'> {
  return { queryType: app !== undefined && DASHBOARD_APPS.has(app) ? 'search' : 'traceql' };
}

/** Whether a search is what a new panel holds, in which nobody has chosen anything yet. */
export function isUntouchedSearch(query: SearchQuery): boolean {
  const { refId, key, hide, datasource, schemaVersion, queryType, ...chosen } = query;
  return Object.values(chosen).every((value) => value === undefined);
}
