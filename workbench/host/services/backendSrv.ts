import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { lastValueFrom, Observable, throwError } from 'rxjs';
import { errorData, readResponseBody, requestBody, requestHeaders, requestUrl } from './httpRequest';

type Extra = Partial<BackendSrvRequest>;

const cancelled = (config: BackendSrvRequest): FetchError<null> & { type: string } => ({
  type: 'cancelled',
  cancelled: true,
  data: null,
  status: -1,
  statusText: 'Request was aborted',
  config,
});

/**
 * Grafana's HTTP service as a data source observes it: unsubscribing aborts, a second request with the same `requestId`
 * cancels the first, and every failure is a `FetchError`. Not imitated: the queue of five, token rotation, alerts.
 */
export class WorkbenchBackendSrv implements BackendSrv {
  private readonly cancelByRequestId = new Map<string, () => void>();

  fetch<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
    return new Observable((subscriber) => {
      const controller = new AbortController();
      const { requestId } = options;
      const cancel = () => {
        subscriber.error(cancelled(options));
        controller.abort();
      };
      if (requestId) {
        this.resolveCancelerIfExists(requestId);
        this.cancelByRequestId.set(requestId, cancel);
      }
      options.abortSignal?.addEventListener('abort', cancel, { once: true });
      send<T>(options, controller.signal).then(
        (response) => {
          subscriber.next(response);
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(error)
      );
      return () => {
        options.abortSignal?.removeEventListener('abort', cancel);
        if (requestId && this.cancelByRequestId.get(requestId) === cancel) {
          this.cancelByRequestId.delete(requestId);
        }
        controller.abort();
      };
    });
  }

  /** Cancels the request with this id, if it still runs; Grafana's query runner calls it when a panel is left. */
  resolveCancelerIfExists(requestId: string): void {
    this.cancelByRequestId.get(requestId)?.();
  }

  chunked(): Observable<FetchResponse<Uint8Array | undefined>> {
    return throwError(() => new Error('The workbench does not imitate chunked responses.'));
  }

  async request<T>(options: BackendSrvRequest): Promise<T> {
    return (await lastValueFrom(this.fetch<T>(options))).data;
  }

  datasourceRequest<T>(options: BackendSrvRequest): Promise<FetchResponse<T>> {
    return lastValueFrom(this.fetch<T>(options));
  }

  get<T>(url: string, params?: Record<string, unknown>, requestId?: string, options?: Extra): Promise<T> {
    return this.request<T>({ ...options, method: 'GET', url, params, requestId });
  }

  delete<T>(url: string, data?: unknown, options?: Extra): Promise<T> {
    return this.request<T>({ ...options, method: 'DELETE', url, data });
  }

  post<T>(url: string, data?: unknown, options?: Extra): Promise<T> {
    return this.request<T>({ ...options, method: 'POST', url, data });
  }

  patch<T>(url: string, data?: unknown, options?: Extra): Promise<T> {
    return this.request<T>({ ...options, method: 'PATCH', url, data });
  }

  put<T>(url: string, data?: unknown, options?: Extra): Promise<T> {
    return this.request<T>({ ...options, method: 'PUT', url, data });
  }
}

async function send<T>(options: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
  const headers = requestHeaders(options);
  let response: Response;
  let data: unknown;
  try {
    response = await fetch(requestUrl(options), {
      method: options.method ?? 'GET',
      headers,
      body: requestBody(options.data, headers),
      credentials: options.credentials ?? 'same-origin',
      signal,
    });
    data = await readResponseBody(response, options.responseType);
  } catch (error) {
    // What Grafana throws when no answer came, or not all of it: the browser's own error, decorated.
    throw Object.assign(error as Error, { data: errorData(undefined, ''), config: options });
  }
  const { status, statusText, ok, redirected, type, url } = response;
  if (!ok) {
    const failure: FetchError<unknown> = { status, statusText, data: errorData(data, statusText), config: options };
    throw failure;
  }
  return { data: data as T, status, statusText, ok, headers: response.headers, redirected, type, url, config: options };
}
