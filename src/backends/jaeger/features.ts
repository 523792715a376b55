import { variantNamed, type JaegerVariant } from './variants';

/**
 * A set of routes that comes and goes together. `legacy` is what every Jaeger has of the old API (trace by id,
 * dependencies); `legacy-search` the routes for search and lists, which were removed after v2.20 (jaeger#9260).
 */
export type JaegerApi = 'v3-summaries' | 'v3' | 'legacy-search' | 'legacy';

/** What the server that answers has. */
export interface JaegerFeatures {
  readonly apis: ReadonlySet<JaegerApi>;
  readonly variant: JaegerVariant;
}

/** What can be pinned in the settings, and which routes each choice counts on. */
export const PINNED_APIS = {
  'v3-summaries': ['v3-summaries', 'v3', 'legacy'],
  v3: ['v3', 'legacy'],
  legacy: ['legacy-search', 'legacy'],
} as const satisfies Record<string, readonly JaegerApi[]>;

export type PinnedApi = keyof typeof PINNED_APIS;

export function pinnedFeatures(pinned: PinnedApi, variantId: string | undefined): JaegerFeatures {
  return { apis: new Set(PINNED_APIS[pinned]), variant: variantNamed(variantId) };
}

export function isSameFeatures(a: JaegerFeatures, b: JaegerFeatures): boolean {
  return a.variant === b.variant && a.apis.size === b.apis.size && [...a.apis].every((api) => b.apis.has(api));
}

/** "API v3 with summaries", as "Save & test" says it. */
export function describeGeneration({ apis }: JaegerFeatures): string {
  const v3 = apis.has('v3-summaries') ? 'API v3 with summaries' : apis.has('v3') ? 'API v3' : undefined;
  const legacy = apis.has('legacy-search') ? 'legacy API' : undefined;
  return [v3, legacy].filter((name) => name !== undefined).join(' and ');
}
