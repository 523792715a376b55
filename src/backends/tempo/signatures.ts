import { isJsonObject } from '../../wire/read';
import type { Signature } from '../backend';

/** What only Tempo answers, or a gateway to it. */
export const TEMPO_SIGNATURES: readonly Signature[] = [
  {
    path: '/api/echo',
    matches: ({ status, body }) => status === 200 && body.trim() === 'echo',
  },
  {
    path: '/api/status/buildinfo',
    matches: ({ status }, json) =>
      status === 200 &&
      isJsonObject(json) &&
      ['version', 'revision', 'branch', 'goVersion'].every((key) => typeof json[key] === 'string'),
  },
  {
    // Alone where a gateway hands on nothing but queries.
    path: '/api/v2/search/tags',
    matches: ({ status }, json) => status === 200 && isJsonObject(json) && isScopes(json.scopes),
  },
];

/** `[{"name":"resource","tags":["service.name"]}]` */
function isScopes(scopes: unknown): boolean {
  return (
    Array.isArray(scopes) &&
    scopes.length > 0 &&
    scopes.every((scope) => isJsonObject(scope) && typeof scope.name === 'string')
  );
}
