import type { JaegerApi, JaegerFeatures } from './features';

/** What a backend is asked, as far as it decides on the route. */
export type Question =
  | 'services'
  | 'span-names'
  | 'trace'
  | 'search'
  /** A search by attributes. */
  | 'filtered-search'
  /** A search that names no service. */
  | 'search-everywhere'
  /** A search whose answer must hold whole traces, because the rest of the filter is applied here. */
  | 'full-search'
  | 'dependencies'
  | 'metrics';

/**
 * Which routes answer which question, best first. v3 keeps nanoseconds, scope and link attributes, legacy does not.
 * Jaeger by version: up to v2.18 v3 + legacy-search + legacy (v1.x before 1.2x without v3), v2.19 and v2.20 all four,
 * after v2.20 all but legacy-search.
 */
const ROUTES: Readonly<Record<Question, readonly JaegerApi[]>> = {
  services: ['v3', 'legacy-search'],
  'span-names': ['v3', 'legacy-search'],
  trace: ['v3', 'legacy'],
  search: ['v3-summaries', 'v3', 'legacy-search'],
  // Before v2.19, which brought the summaries, v3 ignores `query.attributes` in silence.
  'filtered-search': ['v3-summaries', 'legacy-search', 'v3'],
  // The legacy route refuses it on every storage, v3 leaves it to the storage.
  'search-everywhere': ['v3-summaries', 'v3'],
  'full-search': ['v3', 'legacy-search'],
  // Served by no HTTP route of v3.
  dependencies: ['legacy'],
  metrics: ['legacy'],
};

/** Best first; empty when the server cannot answer the question. */
export function routesFor(question: Question, { apis }: JaegerFeatures): readonly JaegerApi[] {
  return ROUTES[question].filter((api) => apis.has(api));
}
