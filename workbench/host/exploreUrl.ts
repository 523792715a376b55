import type { ExplorePanelsState, RawTimeRange } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

/** What an Explore address says: which data source, which queries, when, and how panels look at the answer. */
export interface ExploreState {
  readonly datasource?: string;
  readonly queries: readonly DataQuery[];
  readonly range?: RawTimeRange;
  readonly panelsState?: ExplorePanelsState;
}

const REF_IDS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The first letter no other query uses; after `Z` come `AA`, `AB`, as in Grafana. */
export function nextRefId(queries: ReadonlyArray<Pick<DataQuery, 'refId'>>): string {
  const used = new Set(queries.map(({ refId }) => refId));
  for (let index = 0; ; index++) {
    const first = index < REF_IDS.length ? '' : REF_IDS[Math.floor(index / REF_IDS.length) - 1];
    const refId = first + REF_IDS[index % REF_IDS.length];
    if (!used.has(refId)) {
      return refId;
    }
  }
}

/**
 * The address of an Explore pane in the form that data links use (`/explore?left=…`, @grafana/data's
 * mapInternalLinkToExplore). `undefined` members vanish, as they do on the way through any Grafana link.
 */
export function exploreHref(state: ExploreState): string {
  return `/explore?left=${encodeURIComponent(JSON.stringify(state))}`;
}

/**
 * Reads what `exploreHref` or a data link wrote (`left`), or the first of the panes that newer links name. Anything
 * unreadable is an empty state. A link names no refId, so each
 * query gets one here, as in Grafana's Explore.
 */
export function readExploreState(search: string): ExploreState {
  const parsed = readPane(new URLSearchParams(search));
  const queries: DataQuery[] = [];
  for (const query of Array.isArray(parsed.queries) ? parsed.queries : []) {
    if (typeof query === 'object' && query !== null) {
      queries.push({ ...query, refId: query.refId || nextRefId(queries) });
    }
  }
  return { ...parsed, queries };
}

function readPane(parameters: URLSearchParams): Partial<ExploreState> {
  const [left, panes] = ['left', 'panes'].map((name) => parameters.get(name));
  try {
    return (left !== null ? JSON.parse(left) : Object.values(JSON.parse(panes ?? '{}') ?? {})[0]) ?? {};
  } catch {
    return {};
  }
}

/** Keys that say where a query belongs, not what it asks. */
const NEUTRAL_KEYS = new Set(['refId', 'hide', 'key', 'queryType', 'datasource', 'label']);

/** Whether Grafana would take a query for new and lay the data source's default under it (Explore's `hasNonEmptyQuery`). */
export function isEmptyQuery(query: DataQuery): boolean {
  return Object.entries(query).every(([key, value]) => NEUTRAL_KEYS.has(key) || !value);
}
