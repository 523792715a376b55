import type { HttpClient, HttpResponse } from '../http';

type Answer = readonly [status: number, body: unknown];

/** A server that answers a few paths, for tests of who is recognised by what. */
export interface SilentServer {
  /** Who it is, within the sentence "… is recognised". */
  readonly name: string;
  readonly routes: Readonly<Record<string, Answer>>;
  /** For every other path. */
  readonly otherwise?: Answer;
}

/** What web servers say to a path that they serve with a page of their own. */
export const PAGE: Answer = [200, '<!DOCTYPE html><html><body>…</body></html>'];

export function serve({ routes, otherwise = [404, '404 page not found\n'] }: SilentServer): HttpClient {
  return {
    get: async ({ path }): Promise<HttpResponse> => {
      const [status, body] = routes[path] ?? otherwise;
      return { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
    },
  };
}
