import type { BackendSrvRequest } from '@grafana/runtime';

/**
 * The address a request goes to, as Grafana writes it: only `undefined` and empty strings' absence is special-cased the
 * way Grafana does it (`undefined` and empty lists are dropped, `null` becomes the text `null`, `''` stays as `key=`),
 * lists become repeated keys, and the result is always appended with `?` (Grafana 12.4, core/utils/fetch.ts).
 */
export function requestUrl(options: Pick<BackendSrvRequest, 'url' | 'params'>): string {
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(options.params ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) {
        pairs.push(`${encodeURIComponent(key)}=${encodeURIComponent(String(item))}`);
      }
    }
  }
  const path = options.url.replace(/^\//, '');
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

/** Grafana's defaults: `accept` always, JSON for methods with a body, and a moved `Authorization` for local addresses. */
export function requestHeaders(options: Pick<BackendSrvRequest, 'headers' | 'method'>): Headers {
  const headers = new Headers(options.headers);
  if (!headers.has('accept')) {
    headers.set('accept', 'application/json, text/plain, */*');
  }
  if (/^(post|put|patch)$/i.test(options.method ?? '') && !headers.has('content-type')) {
    headers.set('content-type', 'application/json');
  }
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    headers.delete('authorization');
    headers.set('X-DS-Authorization', authorization);
  }
  headers.set('X-Grafana-Org-Id', '1');
  return headers;
}

/** JSON only when the content type is exactly `application/json`; other objects go as a form. */
export function requestBody(data: unknown, headers: Headers): BodyInit | undefined {
  if (data === undefined || data === null || data === '') {
    return undefined;
  }
  if (typeof data === 'string') {
    return data;
  }
  if (headers.get('content-type')?.toLowerCase() === 'application/json') {
    return JSON.stringify(data);
  }
  return new URLSearchParams(data as Record<string, string>);
}

/** The body as the caller asked for it. Rejects on malformed JSON only where Grafana does. */
export async function readResponseBody(
  response: Response,
  responseType: BackendSrvRequest['responseType']
): Promise<unknown> {
  switch (responseType) {
    case 'arraybuffer':
      return response.arrayBuffer();
    case 'blob':
      return response.blob();
    case 'text':
      return response.text();
  }
  const isDeclaredJson = responseType === 'json' || response.headers.get('content-type') === 'application/json';
  if (isDeclaredJson) {
    return response.headers.get('content-length') === '0' ? {} : response.json();
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The `data` of a `FetchError`: always an object with a `message` where the server sent a text or nothing at all. */
export function errorData(body: unknown, statusText: string): unknown {
  if (typeof body === 'string') {
    return { message: body, error: statusText, response: body };
  }
  if (typeof body !== 'object' || body === null) {
    return { message: 'Unexpected error' };
  }
  const { message, error } = body as { message?: unknown; error?: unknown };
  return !message && typeof error === 'string' ? { ...body, message: error } : body;
}
