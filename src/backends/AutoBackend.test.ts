import type { BackendCapabilities } from '../query/capabilities';
import { AutoBackend } from './AutoBackend';
import type { BackendDefinition, RequestContext, TraceBackend } from './backend';
import { BackendError } from './errors';
import type { HttpClient } from './http';

const context: RequestContext = { signal: new AbortController().signal };

/** Who answers behind the URL: `undefined` is a proxy with nobody behind it. */
let answering: string | undefined;
let probes: number;
let created: string[];

const http: HttpClient = {
  get: async () => {
    probes++;
    return answering === undefined ? { status: 502, body: '' } : { status: 200, body: answering };
  },
};

function store(id: string, methods: Partial<TraceBackend> = {}, traceWindow = true): BackendDefinition {
  const fail = async () => {
    throw new BackendError('unsupported', { backend: id });
  };
  return {
    id,
    label: `Store ${id}`,
    description: '',
    exampleUrl: 'http://store:80',
    capabilities: { spanNames: 'listSpanNames' in methods, traceWindow } as BackendCapabilities,
    settingsFields: [],
    readSettings: (jsonData) => jsonData,
    signatures: [{ path: `/${id}`, matches: ({ body }) => body === id }],
    create: (settings) => {
      created.push(`${id} with ${JSON.stringify(settings)}`);
      return {
        fetchTrace: fail,
        searchTraces: fail,
        probe: fail,
        // What a store makes of the answers of another one.
        listServices: async () => {
          if (answering !== id) {
            throw new BackendError(answering === undefined ? 'server' : 'route-missing', { backend: id });
          }
          return [id];
        },
        ...methods,
      };
    },
  };
}

const one = store('one', { listSpanNames: async (service) => [{ name: `of ${service}`, kinds: [] }] });
const two = store('two');
const open = (definitions = [one, two]) => new AutoBackend(definitions, { key: 'value' }, http);

beforeEach(() => {
  answering = 'two';
  probes = 0;
  created = [];
});

it('finds out with the first question, once for all who ask, and hands the settings on', async () => {
  const auto = open();
  expect(auto.definition).toBeUndefined();
  await expect(Promise.all([auto.listServices(context), auto.listServices(context)])).resolves.toEqual([
    ['two'],
    ['two'],
  ]);
  expect(auto.definition).toBe(two);
  await auto.listServices(context);
  expect(probes).toBe(2);
  expect(created).toEqual(['two with {"key":"value"}']);
});

it('asks again after a failure', async () => {
  answering = undefined;
  const auto = open();
  await expect(auto.find(context)).rejects.toMatchObject({ kind: 'server', status: 502 });
  expect(auto.definition).toBeUndefined();
  answering = 'one';
  await expect(auto.listServices(context)).resolves.toEqual(['one']);
});

it('finds the store that took the place of another', async () => {
  const auto = open();
  await auto.listServices(context);
  answering = 'one';
  await expect(auto.listServices(context)).resolves.toEqual(['one']);
  expect(auto.definition).toBe(one);
});

it('keeps the store, and what it knows, while it is still the one that answers', async () => {
  const broken = store('two', {
    listServices: async () => {
      throw new BackendError('route-missing', { backend: 'two', route: '/gone' });
    },
  });
  const auto = open([one, broken]);
  await auto.find(context);
  await expect(auto.listServices(context)).rejects.toMatchObject({ kind: 'route-missing', route: '/gone' });
  expect(created).toHaveLength(1);
});

it('does not look anew where the failure says nothing about who answers', async () => {
  const auto = open();
  await auto.find(context);
  answering = undefined;
  await expect(auto.listServices(context)).rejects.toMatchObject({ kind: 'server' });
  expect(probes).toBe(2);
});

it('"Save & test" looks anew', async () => {
  const probe = async () => ({ product: 'One', capabilities: one.capabilities, can: [], cannot: [] });
  const auto = open([store('one', { probe }), two]);
  await auto.find(context);
  answering = 'one';
  await expect(auto.probe(context)).resolves.toMatchObject({ product: 'One' });
});

it('is capable of what the store is capable of, by its definition or its server', async () => {
  await expect(open().capabilities(context)).resolves.toBe(two.capabilities);
  const narrow = { ...two.capabilities, spanNames: false };
  await expect(open([one, store('two', { capabilities: async () => narrow })]).capabilities(context)).resolves.toBe(
    narrow
  );
});

describe('an optional method', () => {
  it('is the one of the store', async () => {
    answering = 'one';
    const auto = open();
    for (const moment of ['while nobody is known', 'afterwards']) {
      await expect(auto.listSpanNames?.(moment, context)).resolves.toEqual([{ name: `of ${moment}`, kinds: [] }]);
    }
  });

  it('refuses in words when the store turns out to lack it, and is missing from then on', async () => {
    const auto = open();
    await expect(auto.listSpanNames?.('cart', context)).rejects.toMatchObject({
      kind: 'unsupported',
      detail: 'The server is Store two, which has no such data.',
    });
    expect(auto.listSpanNames).toBeUndefined();
    await expect(open().fetchMetrics?.({} as never, context)).rejects.toMatchObject({ kind: 'unsupported' });
  });
});

it.each([
  [true, { fromUnixNano: 1n, toUnixNano: 2n }],
  [false, undefined],
])('bounds a lookup where the store can (%s)', async (traceWindow, expected) => {
  const fetchTrace = jest.fn(async () => {
    throw new BackendError('trace-not-found', { backend: 'two' });
  });
  const auto = open([one, store('two', { fetchTrace }, traceWindow)]);
  const request = { traceId: 'f'.repeat(32), window: { fromUnixNano: 1n, toUnixNano: 2n } };
  await expect(auto.fetchTrace(request, context)).rejects.toMatchObject({ kind: 'trace-not-found' });
  expect(fetchTrace).toHaveBeenCalledWith({ ...request, window: expected }, context);
});
