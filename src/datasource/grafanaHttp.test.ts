import type { BackendSrvRequest, FetchResponse } from '@grafana/runtime';
import { NEVER, Observable, of, throwError } from 'rxjs';

import { createGrafanaHttp } from './grafanaHttp';

const PROXY = '/api/datasources/proxy/uid/u1';

/** What Grafana's fetch was asked, and a client on an answer. */
function clientOn(answer: Observable<unknown>, { url = PROXY, timeoutMs = 60_000 } = {}) {
  const asked: BackendSrvRequest[] = [];
  const http = createGrafanaHttp({
    backend: 'b',
    url,
    timeoutMs,
    fetch: (options) => {
      asked.push(options);
      return answer as Observable<FetchResponse<unknown>>;
    },
  });
  return { http, asked };
}

const ok = (data: unknown, headers: Record<string, string> = {}) =>
  of({ status: 200, data, headers: new Headers(headers) });

describe('the request', () => {
  it('goes through the proxy as text, silently, every parameter encoded once and in order', async () => {
    const { http, asked } = clientOn(ok('{}'));
    await http.get({
      path: '/api/services/a%2Fb/operations',
      query: [
        ['q', 'a b&c=d'],
        ['q', '+'],
        ['empty', ''],
      ],
    });
    expect(asked[0]).toMatchObject({
      method: 'GET',
      url: `${PROXY}/api/services/a%2Fb/operations?q=a%20b%26c%3Dd&q=%2B&empty=`,
      responseType: 'text',
      showErrorAlert: false,
    });
    expect(asked[0].params).toBeUndefined();
  });

  it('has no question mark without parameters, and one slash between URL and path', async () => {
    const { http, asked } = clientOn(ok('{}'), { url: 'http://jaeger:16686/base/' });
    await http.get({ path: '/api/services' });
    expect(asked[0].url).toBe('http://jaeger:16686/base/api/services');
  });

  it('carries an id of its own, so that none cancels another', async () => {
    const { http, asked } = clientOn(ok('{}'));
    const other = clientOn(ok('{}'));
    await http.get({ path: '/a' });
    await http.get({ path: '/a' });
    await other.http.get({ path: '/a' });
    const ids = [...asked, ...other.asked].map(({ requestId }) => requestId);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('answers resolve', () => {
  const failed = (status: number, data: unknown) => throwError(() => ({ status, statusText: 'x', data, config: {} }));

  const cases: Array<[name: string, answer: Observable<unknown>, status: number, body: string]> = [
    ['text', ok('{"a":1}'), 200, '{"a":1}'],
    ['an empty body', ok(''), 200, ''],
    ['no body at all', ok(undefined), 200, ''],
    ['a body that Grafana parsed after all', ok({ a: 1 }), 200, '{"a":1}'],
    ['a failed status with text', failed(400, 'bad tags'), 400, 'bad tags'],
    [
      "a failed status with text as Grafana's error handler wraps it",
      failed(404, { message: '{"errors":[]}', error: 'Not Found', response: '{"errors":[]}' }),
      404,
      '{"errors":[]}',
    ],
    [
      'a failed status with a parsed body',
      failed(400, { message: 'Authentication to data source failed' }),
      400,
      '{"message":"Authentication to data source failed"}',
    ],
    ['a failed status without a body', failed(502, undefined), 502, ''],
  ];
  it.each(cases)('%s', async (_, answer, status, body) => {
    await expect(clientOn(answer).http.get({ path: '/a' })).resolves.toMatchObject({ status, body });
  });

  it('with the content type', async () => {
    const { http } = clientOn(ok('<html>', { 'content-type': 'text/html; charset=utf-8' }));
    await expect(http.get({ path: '/a' })).resolves.toMatchObject({ contentType: 'text/html; charset=utf-8' });
  });
});

describe('no answer rejects', () => {
  const cases: Array<[name: string, answer: Observable<unknown>, kind: string]> = [
    ['the network', throwError(() => new TypeError('Failed to fetch')), 'unreachable'],
    ['a status of 0', throwError(() => ({ status: 0, data: {} })), 'unreachable'],
    ["Grafana's cancelling", throwError(() => ({ cancelled: true, status: -1, type: 'cancelled' })), 'cancelled'],
    ["the browser's aborting", throwError(() => new DOMException('aborted', 'AbortError')), 'cancelled'],
    ["Grafana's time limit", throwError(() => ({ status: -1, type: 'timeout' })), 'timeout'],
    ['an end without an answer', of(), 'unreachable'],
  ];
  it.each(cases)('%s', async (_, answer, kind) => {
    await expect(clientOn(answer).http.get({ path: '/a' })).rejects.toMatchObject({ kind, backend: 'b', route: '/a' });
  });

  it('keeps the cause', async () => {
    const cause = new TypeError('Failed to fetch');
    const { http } = clientOn(throwError(() => cause));
    await expect(http.get({ path: '/a' })).rejects.toMatchObject({ cause, detail: 'Failed to fetch' });
  });

  it('after the patience of the client, and lets go of the request', async () => {
    let isCancelled = false;
    const { http } = clientOn(new Observable(() => () => (isCancelled = true)), { timeoutMs: 1 });
    await expect(http.get({ path: '/a' })).rejects.toMatchObject({ kind: 'timeout' });
    expect(isCancelled).toBe(true);
  });
});

describe('cancelling', () => {
  it('lets go of the request', async () => {
    let isCancelled = false;
    const { http } = clientOn(new Observable(() => () => (isCancelled = true)));
    const controller = new AbortController();
    const answer = http.get({ path: '/a', signal: controller.signal });
    controller.abort();
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' });
    expect(isCancelled).toBe(true);
  });

  it('before the start sends nothing', async () => {
    let isSent = false;
    const { http } = clientOn(
      new Observable(() => {
        isSent = true;
      })
    );
    await expect(http.get({ path: '/a', signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' });
    expect(isSent).toBe(false);
  });

  it('leaves no listener behind', async () => {
    const controller = new AbortController();
    const removed = jest.spyOn(controller.signal, 'removeEventListener');
    await clientOn(ok('{}')).http.get({ path: '/a', signal: controller.signal });
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it('of another request does not touch this one', async () => {
    const { http } = clientOn(NEVER, { timeoutMs: 1 });
    await expect(http.get({ path: '/a', signal: new AbortController().signal })).rejects.toMatchObject({
      kind: 'timeout',
    });
  });
});
