import type { HttpRequest } from '../http';

/** One request, readable: `GET /api/traces ?service=cart & limit=20`. Only the path is encoded, as it is sent. */
export function requestLine({ path, query = [] }: HttpRequest): string {
  const parameters = query.map(([name, value]) => `${name}=${value}`).join(' & ');
  return `GET ${path}${parameters && ` ?${parameters}`}`;
}
