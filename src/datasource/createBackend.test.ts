import type { BackendDefinition, Signature } from '../backends/backend';
import type { HttpClient } from '../backends/http';
import { createBackend } from './createBackend';
import { checkHealth } from './health';
import { errorSentence } from './messages';
import { readSettings, type TraceJsonData } from './settings';
import { ALL_CAPABILITIES, fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './testing/fakeServices';

const context = { signal: new AbortController().signal };

function store(id: string): BackendDefinition {
  const probe = async () => ({ product: `Store ${id}`, capabilities: ALL_CAPABILITIES, can: [], cannot: [] });
  const signature: Signature = { path: `/${id}`, matches: ({ body }) => body === id };
  return {
    ...fakeDefinition(() => fakeBackend({ probe, listServices: async () => [`from ${id}`] })),
    id,
    label: `Store ${id}`,
    settingsFields: [
      {
        key: `${id}Api`,
        label: 'API',
        description: '',
        options: [
          { value: 'auto', label: '' },
          { value: 'old', label: '' },
        ],
        defaultValue: 'auto',
      },
    ],
    signatures: [signature],
    dialects: [{ name: id, recognizes: () => false, convert: () => ({ queryType: 'serviceGraph' }) }],
  };
}

const definitions = [store('one'), store('two')];

const twoAnswers: HttpClient = { get: async () => ({ status: 200, body: 'two' }) };

function connect(jsonData: TraceJsonData, http = twoAnswers, known: readonly BackendDefinition[] = definitions) {
  const services = { ...fakeServices(definitions[0]), definitions: known, createHttp: () => http };
  return createBackend(readSettings(instanceSettings(jsonData)), services);
}

const nobody: HttpClient = { get: async () => ({ status: 404, body: '' }) };
const names = ({ dialects }: ReturnType<typeof connect>) => dialects.map(({ name }) => name);

it.each<[string, TraceJsonData, string, string]>([
  ['a missing choice is found out', {}, 'the trace store', 'Store two'],
  ['so is "auto"', { backend: 'auto', oneApi: 'old' }, 'the trace store', 'Store two'],
  ['so is one that this version does not have', { backend: 'gone' }, 'the trace store', 'Store two'],
  ['a choice counts, whoever answers', { backend: 'one' }, 'Store one', 'Store one'],
  ['settings of a store are a choice', { oneApi: 'old' }, 'Store one', 'Store one'],
  ['unless they say nothing', { oneApi: 'auto' }, 'the trace store', 'Store two'],
  ['or name nothing', { oneApi: 'new' }, 'the trace store', 'Store two'],
  ['or contradict each other', { oneApi: 'old', twoApi: 'old' }, 'the trace store', 'Store two'],
])('%s', async (_, jsonData, before, after) => {
  const connected = connect(jsonData);
  expect(connected.definition.label).toBe(before);
  await connected.settle?.(context);
  expect(connected.definition.label).toBe(after);
});

it.each([
  ['gone', 'gone'],
  ['auto', undefined],
  ['one', undefined],
  [undefined, undefined],
])('the choice %s is told as unknown: %s', (backend, unknown) => {
  expect(connect({ backend }).unknownBackendId).toBe(unknown);
});

it("reads every store's saved queries, those of the store that answers first", async () => {
  const connected = connect({});
  expect(names(connected)).toEqual(['one', 'two']);
  await connected.settle?.(context);
  expect(names(connected)).toEqual(['two', 'one']);
  expect(names(connect({ backend: 'two' }))).toEqual(['two', 'one']);
});

it('leaves a language to the stores that speak it', async () => {
  const capabilities = { ...ALL_CAPABILITIES, queryLanguage: 'traceql' as const };
  const spoken = [definitions[0], { ...definitions[1], capabilities }];
  expect(names(connect({ backend: 'one' }, undefined, spoken))).toEqual(['one']);
  expect(names(connect({ backend: 'two' }, undefined, spoken))).toEqual(['two', 'one']);
  expect(names(connect({}, undefined, spoken))).toEqual(['one', 'two']);
});

it('"Save & test" tells who was found', async () => {
  const health = (connected: ReturnType<typeof connect>) =>
    checkHealth({
      connected,
      place: { product: connected.definition.label, isProxied: true },
      readSavedUrl: async () => 'http://store:80',
    });
  expect((await health(connect({}))).message).toMatch(/^Store two answers/);
  expect(await health(connect({}, nobody))).toMatchObject({
    status: 'error',
    message:
      'No known trace store answers at http://store:80. Looking for Store one, Store two brought HTTP 404. Check host, port and base path of the URL in the data source settings, or choose the backend there.',
  });
});

it('sentences about a store that is not known yet are well formed', async () => {
  const unreachable: HttpClient = { get: async () => ({ status: 401, body: 'who are you' }) };
  const connected = connect({}, unreachable);
  const failure: unknown = await connected.settle?.(context).catch((error: unknown) => error);
  expect(errorSentence(failure, { product: connected.definition.label, isProxied: true })).toBe(
    'The trace store did not accept the login (HTTP 401). Check the authentication in the data source settings: user, password, token or headers. The trace store said: who are you'
  );
});
