import { isJsonObject } from '../../wire/read';
import type { ProbeReport } from '../backend';
import type { HttpClient } from '../http';
import { capabilitiesOf, type ZipkinFeatures } from './capabilities';
import { readHint } from './readFeatures';

/** Puts what was found out in words, with the version where the server tells it (not below `/zipkin`). */
export async function probeServer(
  features: ZipkinFeatures,
  services: readonly string[],
  http: HttpClient,
  signal: AbortSignal
): Promise<ProbeReport> {
  const { isSearchEnabled, attributeKeys } = features;
  const info = await readHint(http, '/info', signal);
  const version = isJsonObject(info?.zipkin) ? info.zipkin.version : undefined;
  const keys = attributeKeys?.length === 1 ? '1 tag' : `${attributeKeys?.length} tags`;
  const whyNoKeys = attributeKeys ? 'AUTOCOMPLETE_KEYS is not set on the server' : 'the server has no route for them';
  const capabilities = capabilitiesOf(features);
  return {
    product: 'Zipkin',
    version: typeof version === 'string' ? version.slice(0, 40) : undefined,
    generation: 'API v2',
    capabilities,
    can: [
      'trace by ID (microseconds)',
      ...(isSearchEnabled ? ['search by whole traces', 'services, remote services and operations'] : []),
      ...(capabilities.attributeCatalogue ? [`values of ${keys}`] : []),
      'service graph',
    ],
    cannot: [
      ...(isSearchEnabled ? [] : ['search and lists of names (SEARCH_ENABLED is false on the server)']),
      ...(capabilities.attributeCatalogue ? [] : [`lists of tags (${whyNoKeys})`]),
      'service metrics (Zipkin keeps none)',
    ],
    serviceCount: services.length,
  };
}
