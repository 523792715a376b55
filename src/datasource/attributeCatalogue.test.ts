import type { TraceBackend } from '../backends/backend';
import { BackendError } from '../backends/errors';
import type { HttpClient, HttpRequest } from '../backends/http';
import { zipkin } from '../backends/zipkin/definition';
import { AttributeCatalogue } from './attributeCatalogue';
import { createBackend } from './createBackend';
import { readSettings } from './settings';
import { fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './testing/fakeServices';

const connect = (create: (http: HttpClient) => TraceBackend, http?: HttpClient) =>
  createBackend(
    readSettings(instanceSettings()),
    fakeServices(fakeDefinition(create), http && { createHttp: () => http })
  );
const catalogueOf = (methods: Partial<TraceBackend>) =>
  new AttributeCatalogue(
    connect(() => fakeBackend(methods)),
    () => 0
  );

describe('a Zipkin that collects no tags', () => {
  const span = {
    traceId: '7f3a91c2d4e5b6071829304a5b6c7d8e',
    id: '00000000000000a1',
    timestamp: 1,
    duration: 5,
    localEndpoint: { serviceName: 'web' },
    tags: { 'basket.size': '3' },
  };
  const bodies: Readonly<Record<string, unknown>> = {
    '/api/v2/autocompleteKeys': [],
    '/api/v2/services': ['web'],
    '/api/v2/traces': [[span]],
  };
  const http: HttpClient = {
    get: async ({ path }: HttpRequest) =>
      path in bodies ? { status: 200, body: JSON.stringify(bodies[path]) } : { status: 404, body: '404 Not Found' },
  };
  const catalogue = new AttributeCatalogue(
    connect((client) => zipkin.create(undefined, client), http),
    () => 0
  );

  it('is known by the tags of its spans', async () => {
    expect(await catalogue.keys({ services: [] })).toContain('basket.size');
    expect(await catalogue.values('basket.size', { services: [] })).toEqual(['3']);
  });
});

it('asks the store for the services and the time range in question', async () => {
  const listAttributeKeys = jest.fn(async () => [{ key: 'a' }]);
  const listAttributeValues = jest.fn(async () => ['b']);
  const catalogue = catalogueOf({ listAttributeKeys, listAttributeValues });
  const window = { fromUnixNano: 0n, toUnixNano: 60_000_000_000n };
  for (const services of [['cart'], ['web'], ['web']]) {
    await catalogue.keys({ services, window });
    await catalogue.values('a', { services, window });
  }
  expect(listAttributeKeys.mock.calls).toEqual([[expect.objectContaining({ window })]]);
  expect(listAttributeValues.mock.calls).toEqual([
    [{ key: 'a', services: ['cart'], window }, expect.anything()],
    [{ key: 'a', services: ['web'], window }, expect.anything()],
  ]);
});

it.each(['keys', 'values'] as const)('a failure to list %s is no empty list', async (list) => {
  const fail = () => Promise.reject(new BackendError('server', { backend: 'fake', status: 502 }));
  const catalogue = catalogueOf({ listAttributeKeys: fail, listAttributeValues: fail });
  const asked = list === 'keys' ? catalogue.keys({ services: [] }) : catalogue.values('a', { services: [] });
  await expect(asked).rejects.toMatchObject({ kind: 'server' });
});
