import { CoreApp, dateTime, LoadingState, type DataQueryRequest, type DataQueryResponse } from '@grafana/data';
import { lastValueFrom, toArray } from 'rxjs';

import type { RequestContext, TraceBackend, TraceRequest } from '../backends/backend';
import { BackendError } from '../backends/errors';
import type { TraceQuery } from '../query/query';
import { fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './testing/fakeServices';
import { chainTrace, START_MS, TRACE_ID } from './testing/spans';
import { TraceDataSource } from './TraceDataSource';

const OTHER_ID = '00c0ffee1234567800c0ffee12345678';

function dataSource(
  methods: Partial<TraceBackend> = {},
  variables: Record<string, string> = {},
  settings: Parameters<typeof instanceSettings>[1] = {}
) {
  const services = fakeServices(
    fakeDefinition(() => fakeBackend(methods)),
    { variables }
  );
  return new TraceDataSource(instanceSettings({}, settings), services);
}

function request(
  targets: object[],
  overrides: Partial<DataQueryRequest<TraceQuery>> = {}
): DataQueryRequest<TraceQuery> {
  return {
    requestId: 'Q1',
    app: CoreApp.Explore,
    timezone: 'utc',
    interval: '1s',
    intervalMs: 1000,
    startTime: 0,
    scopedVars: {},
    range: { from: dateTime(START_MS), to: dateTime(START_MS + 1000), raw: { from: '', to: '' } },
    ...overrides,
    targets: targets as TraceQuery[],
  };
}

const packetsOf = (answer: ReturnType<TraceDataSource['query']>) => lastValueFrom(answer.pipe(toArray()));
const short = ({ key, state, data, errors }: DataQueryResponse) => [
  key,
  state,
  data.length,
  ...(errors ?? []).map(({ message }) => message),
];

const findAny = async () => chainTrace(['aaaaaaaaaaaaaaaa']);

describe('query', () => {
  it('runs every target, each under its own key, and tells the failed ones', async () => {
    const fetchTrace = async ({ traceId }: TraceRequest) => {
      if (traceId === OTHER_ID) {
        throw new BackendError('server', { backend: 'fake', status: 500, serverMessage: 'no such index' });
      }
      return chainTrace(['aaaaaaaaaaaaaaaa']);
    };
    const targets = [
      { refId: 'A', query: OTHER_ID },
      { refId: 'B', query: TRACE_ID },
      { refId: 'C', queryType: 'search' },
    ];
    const packets = await packetsOf(dataSource({ fetchTrace }).query(request(targets)));
    expect(packets.map(short)).toEqual([
      ['A', LoadingState.Error, 0, expect.stringContaining('no such index')],
      ['B', LoadingState.Loading, 1],
      ['C', LoadingState.Done, 1],
    ]);
  });

  it('does not run hidden and empty targets', async () => {
    const fetchTrace = jest.fn(findAny);
    const targets = [
      { refId: 'A', query: TRACE_ID, hide: true },
      { refId: 'B', query: ' ' },
      { refId: 'C' },
      { refId: 'D', query: TRACE_ID },
    ];
    const packets = await packetsOf(dataSource({ fetchTrace }).query(request(targets)));
    expect(packets.map(({ key }) => key)).toEqual(['D']);
    expect(fetchTrace).toHaveBeenCalledTimes(1);
  });

  it('ends at once when nothing runs', async () => {
    const packets = await packetsOf(dataSource().query(request([{ refId: 'A' }])));
    expect(packets.map(short)).toEqual([[undefined, LoadingState.Done, 0]]);
  });

  it('cancels all requests when the panel is left', async () => {
    const signals: AbortSignal[] = [];
    const fetchTrace = (_: TraceRequest, { signal }: RequestContext) => {
      signals.push(signal);
      return new Promise<never>(() => {});
    };
    const targets = [
      { refId: 'A', query: TRACE_ID },
      { refId: 'B', query: OTHER_ID },
    ];
    dataSource({ fetchTrace }).query(request(targets)).subscribe().unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('asks nothing before someone subscribes', () => {
    const fetchTrace = jest.fn(findAny);
    dataSource({ fetchTrace }).query(request([{ refId: 'A', query: TRACE_ID }]));
    expect(fetchTrace).not.toHaveBeenCalled();
  });

  it("answers the query of Grafana's log details, which leaves most fields out", async () => {
    const sparse = {
      targets: [
        { query: TRACE_ID, queryType: 'traceql', refId: 'log-details-trace-7', tableType: 'traces', filters: [] },
      ],
      range: { from: dateTime(START_MS), to: dateTime(START_MS + 2), raw: { from: '', to: '' } },
      interval: '',
      intervalMs: 0,
    } as unknown as DataQueryRequest<TraceQuery>;
    const [packet] = await packetsOf(dataSource({ fetchTrace: findAny }).query(sparse));
    expect(packet.data[0]).toMatchObject({
      refId: 'log-details-trace-7',
      meta: { preferredVisualisationType: 'trace' },
    });
  });

  it('uses the variables of the panel', async () => {
    const fetchTrace = jest.fn(findAny);
    const scopedVars = { id: { text: '', value: TRACE_ID } };
    await packetsOf(dataSource({ fetchTrace }).query(request([{ refId: 'A', query: '$id' }], { scopedVars })));
    expect(fetchTrace).toHaveBeenCalledWith({ traceId: TRACE_ID }, expect.anything());
  });
});

describe('what Grafana asks about queries', () => {
  it.each<[object, boolean]>([
    [{ refId: 'A' }, false],
    [{ refId: 'A', query: '' }, false],
    [{ refId: 'A', query: TRACE_ID }, true],
    [{ refId: 'A', query: TRACE_ID, hide: true }, false],
    [{ refId: 'A', queryType: 'search' }, true],
    [{ refId: 'A', queryType: 'nonsense' }, true],
  ])('filterQuery %j → %j', (query, expected) => {
    expect(dataSource().filterQuery(query as TraceQuery)).toBe(expected);
  });

  it('a default query under a link stays a lookup', async () => {
    const fetchTrace = jest.fn(findAny);
    const source = dataSource({ fetchTrace });
    await packetsOf(source.query(request([{ ...source.getDefaultQuery(), query: TRACE_ID, refId: 'A' }])));
    expect(fetchTrace).toHaveBeenCalledTimes(1);
  });

  it('a query has a line for the history', () => {
    const source = dataSource();
    expect(source.getQueryDisplayText({ query: TRACE_ID } as TraceQuery)).toContain(TRACE_ID);
    expect(source.getQueryDisplayText({ refId: 'A', queryType: 'search', service: 'cart' })).toContain('cart');
  });

  it('variables are replaced when a panel is taken to Explore, and the query keeps its data source', () => {
    const queries = [{ refId: 'A', queryType: 'search', service: '$service' }] as TraceQuery[];
    const scopedVars = { service: { text: '', value: 'cart' } };
    expect(dataSource().interpolateVariablesInQueries(queries, scopedVars)).toEqual([
      expect.objectContaining({
        refId: 'A',
        queryType: 'search',
        service: 'cart',
        datasource: { uid: 'traces', type: 'tracebridge-tracing-datasource' },
      }),
    ]);
    expect(queries[0]).toEqual({ refId: 'A', queryType: 'search', service: '$service' });
  });

  it.each<[object, boolean]>([
    [{ refId: 'A', query: '$id' }, true],
    [{ refId: 'A', queryType: 'search', tags: 'pod=${pod}' }, true],
    [{ refId: 'A', query: TRACE_ID }, false],
    [{ refId: 'A', query: TRACE_ID, datasource: { uid: '$ds' } }, false],
  ])('targetContainsTemplate %j → %j', (query, expected) => {
    expect(dataSource().targetContainsTemplate(query as TraceQuery)).toBe(expected);
  });

  it.each<[string, object, object]>([
    ['Jaeger', { refId: 'A', queryType: 'search', service: 'cart' }, { queryType: 'search', service: 'cart' }],
    ['Tempo', { refId: 'A', queryType: 'traceId', query: TRACE_ID }, { queryType: 'traceql', query: TRACE_ID }],
    ['Zipkin', { refId: 'A', query: TRACE_ID, queryType: 'traceID' }, { queryType: 'traceql', query: TRACE_ID }],
    ['Loki', { refId: 'A', expr: '{service_name="cart"} |= "x"' }, { queryType: 'search', service: 'cart' }],
  ])('queries of %s are taken over', async (_, query, expected) => {
    const [imported] = await dataSource().importQueries([query as TraceQuery]);
    expect(imported).toMatchObject({ refId: 'A', ...expected, datasource: { uid: 'traces' } });
  });
});

describe('the catalogue', () => {
  it('interpolates with the variables of the page', async () => {
    const listSpanNames = jest.fn(async () => [{ name: 'GET /', kinds: [] }]);
    const source = dataSource({ listSpanNames }, { service: 'cart' });
    expect(source.interpolate('$service')).toBe('cart');
    await expect(source.listSpanNames('$service')).resolves.toEqual(['GET /']);
    expect(listSpanNames).toHaveBeenCalledWith('cart', expect.anything());
  });

  it('lists services and tells what the store can do', async () => {
    const source = dataSource({ listServices: async () => ['a'] });
    await expect(source.listServices()).resolves.toEqual(['a']);
    await expect(source.capabilities()).resolves.toMatchObject({ search: 'any' });
  });
});

it('that the browser asks directly is tested with its own address', async () => {
  const source = dataSource({}, {}, { access: 'direct', url: 'http://fake:1234' });
  await expect(source.testDatasource()).resolves.toMatchObject({ status: 'success' });
});

it('is tested with the address that the user typed', async () => {
  const probe = async () => {
    throw new BackendError('server', { backend: 'fake', status: 502 });
  };
  await expect(dataSource({ probe }).testDatasource()).resolves.toMatchObject({
    status: 'error',
    message: expect.stringContaining('http://fake:1234'),
  });
});
