import { dateTime, type DataQueryRequest, type TimeRange } from '@grafana/data';
import { firstValueFrom } from 'rxjs';

import { traceFromText } from '../../testkit/traceFromText';
import type { SearchRequest, TraceBackend } from '../backends/backend';
import { summarizeTrace } from '../model/summary';
import type { BackendCapabilities } from '../query/capabilities';
import type { VariableQuery } from '../query/variableQuery';
import { TraceDataSource } from './TraceDataSource';
import { fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './testing/fakeServices';
import { TraceVariableSupport } from './variables';

const trace = traceFromText(`
  web   GET /  [0----20]  server {code=500}
  cart    load   [2--4]   client {code=200}
`);

/** A store that lists no attributes; `asked` are its searches. */
function storeOf(methods: Partial<TraceBackend> = {}, capabilities: Partial<BackendCapabilities> = {}) {
  const asked: SearchRequest[] = [];
  const definition = fakeDefinition(
    () =>
      fakeBackend({
        listServices: async () => ['cart', 'web'],
        listSpanNames: async (service) => [{ name: `GET ${service}`, kinds: [] }],
        searchTraces: async (request) => {
          asked.push(request);
          return { summaries: [summarizeTrace(trace)], isLimited: false, notices: [], traces: [trace] };
        },
        ...methods,
      }),
    capabilities
  );
  const services = fakeServices(definition, { variables: { service: 'web' } });
  return { asked, source: new TraceDataSource(instanceSettings(), services) };
}

test.each<[string, unknown, readonly string[]]>([
  ['services', 'services', ['cart', 'web']],
  ['operations of the service of another variable', 'operations($service)', ['GET web']],
  ['operations of all services', { kind: 'operations' }, ['GET cart', 'GET web']],
  ['operations of several services', 'operations({web,cart})', ['GET cart', 'GET web']],
  ['values of all services', 'values(code)', ['200', '500']],
  ['values of one service', 'values(code, web)', ['500']],
  [
    'values that the conventions name too',
    'values(span.kind)',
    ['client', 'consumer', 'internal', 'producer', 'server'],
  ],
  ['values of a Tempo variable', { type: 1, label: 'span.code' }, ['200', '500']],
])('%s', async (_name, query, expected) => {
  await expect(storeOf().source.findVariableValues(query)).resolves.toEqual(expected);
});

it('offers learned keys among those of the conventions', async () => {
  const keys = await storeOf().source.findVariableValues('keys()');
  expect(keys).toEqual(expect.arrayContaining(['code', 'http.route']));
  expect(keys).toEqual([...keys].sort());
});

it('learns from the time range of the dashboard, once a minute', async () => {
  const { asked, source } = storeOf();
  const range = { from: dateTime(60_000), to: dateTime(120_000) } as TimeRange;
  await source.findVariableValues('values(code)', { range });
  await source.findVariableValues('keys()', { range });
  expect(asked.map(({ window }) => window)).toEqual([{ fromUnixNano: 60_000_000_000n, toUnixNano: 120_000_000_000n }]);
});

it('asks each service for a few where the store needs one', async () => {
  const { asked, source } = storeOf({}, { search: 'needs-service' });
  await source.findVariableValues('keys()');
  expect(asked.map(({ service, limit }) => [service, limit])).toEqual([
    ['cart', 10],
    ['web', 10],
  ]);
});

it('asks the store where it lists attributes itself, unless nobody set that up', async () => {
  const listed = storeOf({
    listAttributeKeys: async () => [{ key: 'b' }, { key: 'a', scope: 'span' }, { key: 'a', scope: 'resource' }],
    listAttributeValues: async ({ key }) => [`${key}1`],
  });
  await expect(listed.source.findVariableValues('keys()')).resolves.toEqual(['a', 'b']);
  await expect(listed.source.findVariableValues('values(b)')).resolves.toEqual(['b1']);
  expect(listed.asked).toEqual([]);
  const empty = storeOf({ listAttributeKeys: async () => [], listAttributeValues: async () => [] });
  await expect(empty.source.findVariableValues('values(code)')).resolves.toEqual(['200', '500']);
});

it('says what is missing', async () => {
  await expect(storeOf().source.findVariableValues({ kind: 'attributeValues' })).rejects.toThrow(/Name the attribute/);
});

describe('for Grafana', () => {
  const request = (query: unknown) => ({ targets: [query] }) as DataQueryRequest<VariableQuery>;
  const support = (find: TraceVariableSupport['find']) => new TraceVariableSupport(find, () => null);

  it('a variable is a frame with the field text', async () => {
    const { source } = storeOf();
    const { data } = await firstValueFrom(
      support((query, place) => source.findVariableValues(query, place)).query(request('services'))
    );
    expect(data[0].fields).toMatchObject([{ name: 'text', values: ['cart', 'web'] }]);
    await expect(source.metricFindQuery('services')).resolves.toEqual([{ text: 'cart' }, { text: 'web' }]);
  });

  it('a failure is an error with a sentence, and leaving cancels', async () => {
    await expect(
      firstValueFrom(support(() => Promise.reject(new Error('No.'))).query(request('services')))
    ).rejects.toThrow('No.');
    let signal: AbortSignal | undefined;
    support((_query, place) => {
      signal = place.signal;
      return new Promise(() => undefined);
    })
      .query(request('services'))
      .subscribe()
      .unsubscribe();
    expect(signal?.aborted).toBe(true);
  });
});
