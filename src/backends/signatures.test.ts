import type { BackendDefinition } from './backend';
import { PAGE, serve, type SilentServer } from './contract/silentServer';
import { BackendError, type BackendErrorKind } from './errors';
import { backendDefinitions } from './index';
import { recognizeStore } from './recognizeStore';

/** Somebody beside whom every store of the list has to be recognised, by one request that nobody answers. */
const stranger: BackendDefinition = {
  ...backendDefinitions[0],
  id: 'stranger',
  signatures: [{ path: '/stranger', matches: () => false }],
};

interface Recognized {
  readonly RECOGNIZED: readonly SilentServer[];
}

/** Every backend tells in its own folder which servers it must be recognised by. */
const SERVERS = backendDefinitions.flatMap(({ id }) =>
  jest
    .requireActual<Recognized>(`./${id}/testdata/recognized`)
    .RECOGNIZED.map((server) => [id, server.name, server] as const)
);

interface Stranger extends SilentServer {
  /** As what it is refused; `not-recognized` where nothing is said. */
  readonly kind?: BackendErrorKind;
}

const STRANGERS: readonly Stranger[] = [
  { name: 'a login page for everything', kind: 'html', routes: {}, otherwise: PAGE },
  {
    name: 'a UI of one page for everything',
    kind: 'html',
    routes: {},
    otherwise: [200, '<html><div id="root"></div></html>'],
  },
  { name: 'an empty object for everything', routes: {}, otherwise: [200, {}] },
  { name: 'an empty list for everything', routes: {}, otherwise: [200, []] },
  { name: 'an empty result for everything', routes: {}, otherwise: [200, { data: [] }] },
  { name: 'ok for everything', routes: {}, otherwise: [200, 'ok'] },
  {
    name: 'its own words for everything',
    routes: {},
    otherwise: [200, { status: 'UP', version: '1.2', services: [] }],
  },
  { name: 'an API with services of another kind', routes: { '/api/services': [200, { data: [{ id: 1 }] }] } },
  {
    name: 'another service with Spring’s health',
    routes: { '/health': [200, { status: 'UP' }], '/info': [200, { app: {} }] },
  },
  { name: 'a server that echoes its path', routes: { '/api/echo': [200, '/api/echo'] }, otherwise: [200, 'path'] },
  { name: 'empty scopes', routes: { '/api/v2/search/tags': [200, { scopes: [] }] } },
  { name: 'Grafana itself', routes: { '/health': [200, 'Ok'] }, otherwise: [404, { message: 'Not found' }] },
  {
    name: 'Prometheus or Loki',
    routes: { '/api/v1/status/buildinfo': [200, { status: 'success' }], '/ready': [200, 'ready'] },
  },
  {
    name: 'a required parameter called otherwise',
    kind: 'bad-request',
    routes: {},
    otherwise: [400, { error: { message: 'start is missing' } }],
  },
];

const ask = (server: SilentServer, definitions: readonly BackendDefinition[]) =>
  recognizeStore(definitions, serve(server), { signal: new AbortController().signal });

it.each(SERVERS)('%s is recognised: %s', async (id, _, server) => {
  expect((await ask(server, [...backendDefinitions, stranger])).id).toBe(id);
});

it.each(STRANGERS)('nobody is recognised by $name', async ({ kind = 'not-recognized', ...server }) => {
  const failure = ask(server, [...backendDefinitions, stranger]);
  await expect(failure).rejects.toBeInstanceOf(BackendError);
  await expect(failure).rejects.toMatchObject({ kind });
});

it('every backend can be recognised by some server', () => {
  expect(new Set(SERVERS.map(([id]) => id))).toEqual(new Set(backendDefinitions.map(({ id }) => id)));
});
