import type { Signature } from '../backend';
import { refusesWithoutTimes } from './detectFeatures';
import { objectOf } from './legacyTags';

/** What only Jaeger, or a product that speaks its API, answers; by generation. */
export const JAEGER_SIGNATURES: readonly Signature[] = [
  {
    path: '/api/v3/trace-summaries',
    matches: ({ status }, json) => refusesWithoutTimes(status, json),
  },
  {
    path: '/api/services',
    matches: ({ status }, json) => status === 200 && isServicesEnvelope(json),
  },
  {
    // Alone where a proxy hands on nothing but v3, or where the legacy routes are gone.
    path: '/api/v3/services',
    matches: ({ status }, json) => status === 200 && isNames(objectOf<{ services: unknown }>(json)?.services),
  },
];

/** `{"data":["checkout"],"total":1,"limit":0,"offset":0,"errors":null}`; without services `data` is null or empty. */
function isServicesEnvelope(json: unknown): boolean {
  const fields = objectOf<{ data: unknown; total: unknown }>(json);
  if (fields === undefined || !('data' in fields)) {
    return false;
  }
  const isEmpty = fields.data === null || (Array.isArray(fields.data) && fields.data.length === 0);
  // A bare `{"data":[]}` is how half of all web APIs say that there is nothing.
  return isEmpty ? 'errors' in fields : isNames(fields.data);
}

function isNames(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0 && list.every((name) => typeof name === 'string');
}
