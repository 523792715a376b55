import { isJsonObject } from '../../wire/read';
import type { Signature } from '../backend';

/** What only Zipkin, or a product that speaks its API v2, answers. */
export const ZIPKIN_SIGNATURES: readonly Signature[] = [
  {
    path: '/api/v2/services',
    // An empty list is what others say too; then the rest has to tell.
    matches: ({ status }, json) =>
      status === 200 && Array.isArray(json) && json.length > 0 && json.every((name) => typeof name === 'string'),
  },
  { path: '/info', matches: (_, json) => isJsonObject(json) && isJsonObject(json.zipkin) },
  // 503 with the same body while the storage is down.
  { path: '/health', matches: (_, json) => isJsonObject(json) && isJsonObject(json.zipkin) },
  // All there is of these below `/zipkin`, which is what some proxies hand on.
  { path: '/config.json', matches: (_, json) => isUiConfig(json) },
];

function isUiConfig(json: unknown): boolean {
  return isJsonObject(json) && typeof json.searchEnabled === 'boolean' && typeof json.defaultLookback === 'number';
}
