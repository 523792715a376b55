import type { FetchResponse } from '@grafana/runtime';
import { of, throwError, type Observable } from 'rxjs';

import type { GrafanaFetch } from '../grafanaHttp';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
}

/**
 * Grafana's fetch before a server: a status other than 2xx is an error whose text is wrapped as Grafana 12.4 wraps it,
 * `undefined` is a browser that reaches nothing. `answer` gets the path below the data source's URL, decoded parameters.
 */
export function fakeGrafanaFetch(
  answer: (path: string, parameters: URLSearchParams) => Answer | undefined
): GrafanaFetch {
  return ({ url }): Observable<FetchResponse<unknown>> => {
    const { pathname, searchParams } = new URL(url, 'http://grafana');
    const given = answer(pathname.replace(/^\/api\/datasources\/proxy\/uid\/[^/]+/, ''), searchParams);
    if (!given) {
      return throwError(() => new TypeError('Failed to fetch'));
    }
    const { status, body, contentType = 'application/json' } = given;
    if (status >= 200 && status < 300) {
      return of({
        status,
        data: body,
        headers: new Headers({ 'content-type': contentType }),
      } as FetchResponse<unknown>);
    }
    return throwError(() => ({
      status,
      statusText: '',
      data: { message: body, error: '', response: body },
      config: {},
    }));
  };
}
