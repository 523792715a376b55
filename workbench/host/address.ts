import type { TimeRange } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { useSyncExternalStore } from 'react';
import { exploreHref, readExploreState } from './exploreUrl';
import { readTimeRange, writeTimeRange } from './timeRangeUrl';

/** The pages, by the first part of their path; Grafana's own addresses where it has such a page. */
export type PageName = 'logs' | 'explore' | 'dashboards' | 'config';

const CONFIG_PATH = '/connections/datasources/edit/';

/** The address of the page as it is now; components that call it render again when it changes. */
export function useAddress(): { readonly pathname: string; readonly search: string } {
  const subscribe = (listener: () => void) => locationService.getHistory().listen(listener);
  const href = useSyncExternalStore(subscribe, () => {
    const { pathname, search } = locationService.getLocation();
    return pathname + search;
  });
  const [pathname] = href.split('?', 1);
  return { pathname, search: href.slice(pathname.length) };
}

export function pageOf(pathname: string): PageName {
  if (pathname.startsWith('/explore')) {
    return 'explore';
  }
  if (pathname.startsWith(DASHBOARD_PATH) || pathname.startsWith(DASHBOARDS_PATH)) {
    return 'dashboards';
  }
  return pathname.startsWith(CONFIG_PATH) ? 'config' : 'logs';
}

/** The list of dashboards. */
export const DASHBOARDS_PATH = '/dashboards';

const DASHBOARD_PATH = '/d/';

export const dashboardHref = ({ uid }: { readonly uid: string }): string => DASHBOARD_PATH + encodeURIComponent(uid);

/** The uid in the address of a dashboard, which may end with a title for people; undefined on the list. */
export function uidOfDashboardPath(pathname: string): string | undefined {
  return pathname.startsWith(DASHBOARD_PATH)
    ? decodeURIComponent(pathname.slice(DASHBOARD_PATH.length).split('/')[0])
    : undefined;
}

/** The uid in the address of a settings page. */
export const uidOfConfigPath = (pathname: string): string => decodeURIComponent(pathname.slice(CONFIG_PATH.length));

export const configHref = (uid: string): string => CONFIG_PATH + encodeURIComponent(uid);

/** The address of the logs page; `expr` is LogQL. */
export function logsHref(expr: string | undefined, range: { from: string; to: string }, uid?: string): string {
  const search = new URLSearchParams(range);
  if (uid !== undefined) {
    search.set('ds', uid);
  }
  if (expr !== undefined) {
    search.set('query', expr);
  }
  return `/logs?${search}`;
}

/** The time range an address names: Explore's in its state, the other pages' in `from` and `to`. */
export function timeRangeOf(pathname: string, search: string): TimeRange {
  if (pageOf(pathname) === 'explore') {
    const { range } = readExploreState(search);
    return readTimeRange(range?.from, range?.to);
  }
  const parameters = new URLSearchParams(search);
  return readTimeRange(parameters.get('from'), parameters.get('to'));
}

/** Writes a range chosen in the time picker into the address of the open page. */
export function changeTimeRange(pathname: string, search: string, range: TimeRange): void {
  if (pageOf(pathname) === 'explore') {
    locationService.push(exploreHref({ ...readExploreState(search), range: writeTimeRange(range) }));
  } else {
    locationService.partial(writeTimeRange(range));
  }
}
