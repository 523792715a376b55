import type { BackendDefinition } from './backend';
import { BackendError, type BackendErrorKind } from './errors';
import type { HttpClient, HttpResponse } from './http';
import { backendDefinitions } from './index';
import { recognizeStore } from './recognizeStore';

/** Somebody beside whom every store of the list has to be recognised, by one request that nobody answers. */
const stranger: BackendDefinition = {
  ...backendDefinitions[0],
  id: 'stranger',
  signatures: [{ path: '/stranger', matches: () => false }],
};

interface Server {
  readonly routes: Readonly<Record<string, readonly [status: number, body: unknown]>>;
  /** For every other path. */
  readonly otherwise?: readonly [status: number, body: unknown];
}

const json = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));

function serve({ routes, otherwise = [404, '404 page not found\n'] }: Server): HttpClient {
  return {
    get: async ({ path }): Promise<HttpResponse> => {
      const [status, body] = routes[path] ?? otherwise;
      return { status, body: json(body) };
    },
  };
}

const PAGE = [200, '<!DOCTYPE html><html><body>…</body></html>'] as const;
const envelope = (data: unknown) => ({ data, total: 1, limit: 0, offset: 0, errors: null });
const NEEDS_TIMES = { error: { httpCode: 400, message: 'query.startTimeMin and query.startTimeMax are required' } };

const SERVERS: ReadonlyArray<readonly [id: string, name: string, server: Server]> = [
  ['jaeger', 'v2.20', { routes: { '/api/v3/trace-summaries': [400, NEEDS_TIMES] } }],
  [
    'jaeger',
    'v1.42, which answers unknown paths with its UI',
    { routes: { '/api/services': [200, envelope(['cart'])] }, otherwise: PAGE },
  ],
  ['jaeger', 'a new v1.42 without services', { routes: { '/api/services': [200, envelope(null)] }, otherwise: PAGE }],
  ['jaeger', 'v3 alone behind a proxy', { routes: { '/api/v3/services': [200, { services: ['cart'] }] } }],
  ['jaeger', 'Quickwit', { routes: { '/api/services': [200, { data: ['cart'] }] } }],
  ['jaeger', 'GreptimeDB without services', { routes: { '/api/services': [200, { data: [], errors: [] }] } }],
  ['tempo', 'any', { routes: { '/api/echo': [200, 'echo'] } }],
  ['tempo', 'behind a proxy with a page for the rest', { routes: { '/api/echo': [200, 'echo\n'] }, otherwise: PAGE }],
  [
    'jaeger',
    'one that speaks Tempo’s API too: the first of the list counts',
    { routes: { '/api/services': [200, envelope(['cart'])], '/api/echo': [200, 'echo'] } },
  ],
  ['zipkin', '3.5', { routes: { '/api/v2/services': [200, ['cart']] }, otherwise: [404, ''] }],
  [
    'zipkin',
    'a new one without services',
    { routes: { '/api/v2/services': [200, []], '/info': [200, { zipkin: { version: '3.5.1', commit: '0a1b2c3' } }] } },
  ],
  [
    'zipkin',
    'one whose storage is down',
    {
      routes: {
        '/api/v2/services': [500, 'no node'],
        '/health': [503, { status: 'DOWN', zipkin: { status: 'DOWN', details: {} } }],
      },
    },
  ],
  [
    'zipkin',
    'a new one below /zipkin',
    {
      routes: {
        '/api/v2/services': [200, []],
        '/config.json': [200, { searchEnabled: true, defaultLookback: 900000 }],
      },
    },
  ],
];

/** Whom nobody knows, and as what they are refused; `not-recognized` where nothing is said. */
const STRANGERS: ReadonlyArray<readonly [name: string, server: Server, kind?: BackendErrorKind]> = [
  ['a login page for everything', { routes: {}, otherwise: PAGE }, 'html'],
  ['a UI of one page for everything', { routes: {}, otherwise: [200, '<html><div id="root"></div></html>'] }, 'html'],
  ['an empty object for everything', { routes: {}, otherwise: [200, {}] }],
  ['an empty list for everything', { routes: {}, otherwise: [200, []] }],
  ['an empty result for everything', { routes: {}, otherwise: [200, { data: [] }] }],
  ['ok for everything', { routes: {}, otherwise: [200, 'ok'] }],
  ['its own words for everything', { routes: {}, otherwise: [200, { status: 'UP', version: '1.2', services: [] }] }],
  ['an API with services of another kind', { routes: { '/api/services': [200, { data: [{ id: 1 }] }] } }],
  [
    'another service with Spring’s health',
    { routes: { '/health': [200, { status: 'UP' }], '/info': [200, { app: {} }] } },
  ],
  ['a server that echoes its path', { routes: { '/api/echo': [200, '/api/echo'] }, otherwise: [200, 'path'] }],
  ['empty scopes', { routes: { '/api/v2/search/tags': [200, { scopes: [] }] } }],
  ['Grafana itself', { routes: { '/health': [200, 'Ok'] }, otherwise: [404, { message: 'Not found' }] }],
  [
    'Prometheus or Loki',
    { routes: { '/api/v1/status/buildinfo': [200, { status: 'success' }], '/ready': [200, 'ready'] } },
  ],
  [
    'a required parameter called otherwise',
    { routes: {}, otherwise: [400, { error: { message: 'start is missing' } }] },
    'bad-request',
  ],
];

const ask = (server: Server, definitions: readonly BackendDefinition[]) =>
  recognizeStore(definitions, serve(server), { signal: new AbortController().signal });

it.each(SERVERS)('%s is recognised: %s', async (id, _, server) => {
  expect((await ask(server, [...backendDefinitions, stranger])).id).toBe(id);
});

it.each(STRANGERS.map(([name, server, kind = 'not-recognized']) => [name, server, kind] as const))(
  'nobody is recognised by %s',
  async (_, server, kind) => {
    const failure = ask(server, [...backendDefinitions, stranger]);
    await expect(failure).rejects.toBeInstanceOf(BackendError);
    await expect(failure).rejects.toMatchObject({ kind });
  }
);

it('every backend can be recognised, and some server here says how', () => {
  expect(new Set(SERVERS.map(([id]) => id))).toEqual(new Set(backendDefinitions.map(({ id }) => id)));
});
