/** The HttpClient port on Grafana's own fetch, which adds the session, the organisation and, in its proxy, the secrets. */
import type { BackendSrvRequest, FetchResponse } from '@grafana/runtime';
import { get } from 'lodash';
import { catchError, firstValueFrom, map, merge, Observable, of, throwError, throwIfEmpty, timeout } from 'rxjs';

import { BackendError } from '../backends/errors';
import { encodeQuery, type HttpClient, type HttpRequest, type HttpResponse } from '../backends/http';

/** What `getBackendSrv().fetch` is to us. */
export type GrafanaFetch = (options: BackendSrvRequest) => Observable<FetchResponse<unknown>>;

export interface GrafanaHttpOptions {
  /** Backend id, for the errors. */
  readonly backend: string;
  /** `instanceSettings.url`: in proxy mode `/api/datasources/proxy/uid/<uid>`. */
  readonly url: string;
  readonly fetch: GrafanaFetch;
  /** Gives up on an answer that neither comes nor ends. Grafana's proxy has its own, much shorter limit for the headers. */
  readonly timeoutMs: number;
}

/** Two instances of one data source may run at once (a split pane), so the number is not theirs but the page's. */
let requestCount = 0;

export function createGrafanaHttp(options: GrafanaHttpOptions): HttpClient {
  return { get: (request) => send(options, request) };
}

function send({ backend, url, fetch, timeoutMs }: GrafanaHttpOptions, request: HttpRequest): Promise<HttpResponse> {
  const route = request.path;
  const answer = fetch(grafanaRequest(url, request)).pipe(
    map(readResponse),
    catchError((error: unknown) => {
      const failed = readFailedResponse(error);
      return failed ? of(failed) : throwError(() => noAnswer(error, backend, route));
    }),
    throwIfEmpty(
      () => new BackendError('unreachable', { backend, route, detail: 'the request ended without an answer' })
    ),
    timeout({
      first: timeoutMs,
      with: () =>
        throwError(() => new BackendError('timeout', { backend, route, detail: `none in ${timeoutMs / 1000} s` })),
    })
  );
  // Losing the last subscriber is what makes Grafana abort its fetch.
  return firstValueFrom(merge(whenAborted(request.signal, backend, route), answer));
}

/** Never emits; fails at once or later, when the signal fires. */
function whenAborted(signal: AbortSignal | undefined, backend: string, route: string): Observable<never> {
  return new Observable((subscriber) => {
    const cancel = () => subscriber.error(new BackendError('cancelled', { backend, route }));
    if (signal?.aborted) {
      cancel();
    }
    signal?.addEventListener('abort', cancel);
    return () => signal?.removeEventListener('abort', cancel);
  });
}

function grafanaRequest(url: string, { path, query }: HttpRequest): BackendSrvRequest {
  const search = encodeQuery(query);
  return {
    method: 'GET',
    // `params` is not used: Grafana's serialiser has its own ideas about empty values.
    url: url.replace(/\/+$/, '') + path + (search && `?${search}`),
    // Grafana would parse bodies by their label; servers mislabel them, and 64-bit integers would lose digits.
    responseType: 'text',
    showErrorAlert: false,
    // A second request under the same id would cancel the first.
    requestId: `tracebridge-${++requestCount}`,
  };
}

function readResponse(response: FetchResponse<unknown>): HttpResponse {
  return {
    status: response.status,
    contentType: response.headers?.get('content-type') ?? undefined,
    body: readBody(response.data),
  };
}

/** Grafana rejects for every status but 2xx; to us that is an answer. Undefined when no server answered (0, or -1 when cancelled). */
function readFailedResponse(error: unknown): HttpResponse | undefined {
  const status = get(error, 'status');
  if (typeof status !== 'number' || status < 100) {
    return undefined;
  }
  return { status, body: readBody(get(error, 'data')) };
}

/**
 * On errors Grafana wraps a text body as `{message, error: statusText, response}` (12.4, backend_srv.ts,
 * processRequestError); JSON that it parsed itself stays an object.
 */
function readBody(data: unknown): string {
  if (typeof data === 'string') {
    return data;
  }
  if (data === undefined || data === null) {
    return '';
  }
  const response = get(data, 'response');
  if (typeof response === 'string') {
    return response;
  }
  return JSON.stringify(data);
}

function noAnswer(error: unknown, backend: string, route: string): BackendError {
  if (get(error, 'cancelled') === true || get(error, 'name') === 'AbortError') {
    return new BackendError('cancelled', { backend, route, cause: error });
  }
  if (get(error, 'type') === 'timeout') {
    return new BackendError('timeout', { backend, route, cause: error });
  }
  const message = get(error, 'message') ?? get(error, 'statusText');
  return new BackendError('unreachable', {
    backend,
    route,
    detail: typeof message === 'string' ? message : undefined,
    cause: error,
  });
}
