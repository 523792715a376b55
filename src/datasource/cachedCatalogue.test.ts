import type { TraceBackend } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { CachedCatalogue } from './cachedCatalogue';
import { createBackend } from './createBackend';
import { readSettings } from './settings';
import { ALL_CAPABILITIES, fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './testing/fakeServices';

function catalogueOf(methods: Partial<TraceBackend>, variables: Record<string, string> = {}) {
  const services = fakeServices(
    fakeDefinition(() => fakeBackend(methods)),
    { variables }
  );
  return new CachedCatalogue({
    connected: createBackend(readSettings(instanceSettings()), services),
    place: { product: 'Fake', isProxied: true },
    now: () => 0,
    interpolate: (text) => services.replace(text),
  });
}

it('lists services once, thousands of them', async () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `service-${index}`);
  const listServices = jest.fn(async () => names);
  const catalogue = catalogueOf({ listServices });
  await expect(Promise.all([catalogue.listServices(), catalogue.listServices()])).resolves.toEqual([names, names]);
  await catalogue.listServices();
  expect(listServices).toHaveBeenCalledTimes(1);
});

it('asks for the names of a time range, once a minute', async () => {
  const listServices = jest.fn(async () => ['web']);
  const listSpanNames = jest.fn(async () => []);
  const catalogue = catalogueOf({ listServices, listSpanNames });
  const window = { fromUnixNano: 0n, toUnixNano: 60_000_000_000n };
  for (const toUnixNano of [window.toUnixNano, window.toUnixNano + 1n, 2n * window.toUnixNano]) {
    await catalogue.listServices({ ...window, toUnixNano });
    await catalogue.listSpanNames('web', { ...window, toUnixNano });
  }
  for (const { mock } of [listServices, listSpanNames] as jest.Mock[]) {
    expect(mock.calls.map((call) => call.at(-1).window?.toUnixNano)).toEqual([60_000_000_000n, 120_000_000_000n]);
  }
});

it('lists span names of a service with variables replaced, each name once', async () => {
  const listSpanNames = jest.fn(async (service: string) => [
    { name: `GET /${service}`, kinds: ['server'] },
    { name: `GET /${service}`, kinds: ['client'] },
  ]);
  const catalogue = catalogueOf({ listSpanNames }, { service: '../../admin' });
  await expect(catalogue.listSpanNames('$service')).resolves.toEqual(['GET /../../admin']);
  expect(listSpanNames).toHaveBeenCalledWith('../../admin', expect.anything());
});

it('lists whom a service calls, where the store knows', async () => {
  const listRemoteServices = jest.fn(async () => ['bank']);
  const catalogue = catalogueOf({ listRemoteServices }, { service: 'shop' });
  await expect(catalogue.listRemoteServices('$service')).resolves.toEqual(['bank']);
  await catalogue.listRemoteServices('shop');
  expect(listRemoteServices.mock.calls).toEqual([['shop', expect.anything()]]);
  await expect(catalogue.listRemoteServices(' ')).resolves.toEqual([]);
  await expect(catalogueOf({}).listRemoteServices('shop')).resolves.toEqual([]);
});

it.each(['', '  '])('asks nothing for the service "%s"', async (service) => {
  const listSpanNames = jest.fn();
  await expect(catalogueOf({ listSpanNames }).listSpanNames(service)).resolves.toEqual([]);
  expect(listSpanNames).not.toHaveBeenCalled();
});

it('fails in words, and asks again after that', async () => {
  let isUp = false;
  const catalogue = catalogueOf({
    listServices: async () => {
      if (!isUp) {
        throw new BackendError('server', { backend: 'fake', status: 502 });
      }
      return ['a'];
    },
  });
  await expect(catalogue.listServices()).rejects.toThrow(/^Grafana could not reach Fake \(HTTP 502\)/);
  isUp = true;
  await expect(catalogue.listServices()).resolves.toEqual(['a']);
});

it('cancels the request when the editor is gone', async () => {
  let asked: AbortSignal | undefined;
  const catalogue = catalogueOf({
    listServices: ({ signal }) => {
      asked = signal;
      return new Promise(() => {});
    },
  });
  const controller = new AbortController();
  const list = catalogue.listServices(undefined, controller.signal);
  controller.abort();
  await expect(list).rejects.toThrow();
  expect(asked?.aborted).toBe(true);
});

describe('capabilities', () => {
  it("are the server's, asked each time since the backend keeps them", async () => {
    const capabilities = jest.fn(async () => ({ ...ALL_CAPABILITIES, search: 'needs-service' as const }));
    const catalogue = catalogueOf({ capabilities });
    await expect(catalogue.capabilities()).resolves.toMatchObject({ search: 'needs-service' });
    await catalogue.capabilities();
    expect(capabilities).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['the backend does not tell', {}],
    ['asking fails', { capabilities: () => Promise.reject(new BackendError('timeout', { backend: 'fake' })) }],
  ])("are the definition's when %s", async (_, methods) => {
    await expect(catalogueOf(methods).capabilities()).resolves.toEqual(ALL_CAPABILITIES);
  });
});
