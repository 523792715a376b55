import { BackendError } from '../errors';
import { encodeQuery, type HttpRequest, type HttpResponse } from '../http';
import { requestLine } from './requestLine';
import type { WatchedHttp, World } from './world';

/** A running server. `url` as a user enters it: with a base path, without a slash at the end. */
export function liveWorld(url: string): World {
  return { open: () => new LiveHttp(url) };
}

/** The HttpClient port on Node's fetch. */
export class LiveHttp implements WatchedHttp {
  readonly requests: string[] = [];

  constructor(private readonly url: string) {}

  async get(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(requestLine(request));
    const { path: route, query, signal } = request;
    const search = encodeQuery(query);
    try {
      const response = await fetch(this.url + route + (search && `?${search}`), { signal });
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? undefined,
        body: await response.text(),
      };
    } catch (cause) {
      throw new BackendError(signal?.aborted ? 'cancelled' : 'unreachable', { backend: 'live', route, cause });
    }
  }
}
