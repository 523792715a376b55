/** A question says which traces; a view says how to look at them. The first of each list is the one without saying. */
export const TRACE_VIEWS = [
  'trace',
  'statistics',
  'criticalPath',
  'criticalPathFlameGraph',
  'flameGraph',
  'spans',
  'events',
] as const;
/** Drawn from the list of what a search found, without its traces. */
export const SUMMARY_VIEWS = ['red', 'histogram', 'heatmap', 'scatter'] as const;
export const SEARCH_VIEWS = ['list', ...SUMMARY_VIEWS, 'statistics', 'flameGraph', 'serviceGraph', 'spans'] as const;

export const COMPARE_VIEWS = ['flameGraph', 'operations', 'attributes'] as const;

export type TraceView = (typeof TRACE_VIEWS)[number];
export type SearchView = (typeof SEARCH_VIEWS)[number];
export type SummaryView = (typeof SUMMARY_VIEWS)[number];
export type CompareView = (typeof COMPARE_VIEWS)[number];

/** How a query is looked at; the texts may hold variables until `interpolateQuery` has run. */
export interface ViewFields {
  /** One of the names above; a text, as a saved query may name a view that only a later version has. */
  readonly view?: string;
  /** Of the view `statistics`: one or two keys, see `compileGroupBy`. Missing means service and operation. */
  readonly groupBy?: readonly string[];
  /** Of the view `spans`: attribute keys, each a column. */
  readonly columns?: readonly string[];
}

/** Assignable to analysis' `GroupKey`; spelled out because this folder knows no analysis. */
export type CompiledGroupKey =
  | { readonly by: (typeof GROUP_KEYS)[number] }
  /** An attribute of the span, else of its resource. */
  | { readonly by: 'attribute'; readonly key: string };

/** What spans can be grouped by besides their attributes. */
export const GROUP_KEYS = ['service', 'operation', 'kind', 'status'] as const;

export const DEFAULT_GROUP_BY: readonly string[] = ['service', 'operation'];
export const MAX_GROUP_KEYS = 2;

/** Tells an attribute from a word of `GROUP_KEYS` that is spelled the same. */
const ATTRIBUTE_PREFIX = 'attribute:';

export function readTraceView({ view }: ViewFields): TraceView | undefined {
  return readView(view, TRACE_VIEWS);
}

export function readSearchView({ view }: ViewFields): SearchView | undefined {
  return readView(view, SEARCH_VIEWS);
}

export function isSummaryView(view: SearchView): view is SummaryView {
  return SUMMARY_VIEWS.some((known) => known === view);
}

export function readCompareView({ view }: ViewFields): CompareView | undefined {
  return readView(view, COMPARE_VIEWS);
}

/** `service`, `operation`, `kind` and `status` are what they say; every other text is an attribute key. */
export function compileGroupBy(groupBy: readonly string[] = DEFAULT_GROUP_BY): readonly CompiledGroupKey[] {
  return groupBy.map((text): CompiledGroupKey => {
    const by = GROUP_KEYS.find((word) => word === text);
    if (by !== undefined) {
      return { by };
    }
    return { by: 'attribute', key: text.startsWith(ATTRIBUTE_PREFIX) ? text.slice(ATTRIBUTE_PREFIX.length) : text };
  });
}

/** A missing or empty name is the default view; undefined for a name that is none. */
function readView<View extends string>(name: string | undefined, views: readonly [View, ...View[]]): View | undefined {
  const text = name?.trim() ?? '';
  return text === '' ? views[0] : views.find((view) => view === text);
}
