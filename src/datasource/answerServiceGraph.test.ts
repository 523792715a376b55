import { createDataFrame, dateTime, FieldType, type DataFrame } from '@grafana/data';

import type { SearchRequest } from '../backends/backend';
import { summarizeTrace } from '../model/summary';
import { unixMillis, type TimeWindow } from '../model/time';
import type { InstantQuery } from './queryInstant';
import { column, HOUR, kinds, noticesOf, runTarget, sentenceOf } from './testing/runTarget';
import { chainTrace, START_MS } from './testing/spans';

const calls = [
  { caller: 'shop', callee: 'cart', calls: 3 },
  { caller: 'cart', callee: 'db', calls: 4 },
  { caller: 'mail', callee: 'queue', calls: 5 },
];
const methods = { fetchDependencies: async () => ({ calls }) };
const graph = (fields: object = {}) => ({ refId: 'A', queryType: 'serviceGraph', ...fields });

describe("the store's own graph", () => {
  it.each([
    [{}, ['shop', 'cart', 'mail']],
    [{ service: 'cart' }, ['shop', 'cart']],
    [{ service: 'db' }, ['cart']],
    [{ service: 'db', hops: '2' }, ['shop', 'cart']],
    [{ service: '{db,mail}' }, ['cart', 'mail']],
    [{ service: '.*' }, ['shop', 'cart', 'mail']],
  ])('%j', async (fields, callers) => {
    const frames = await runTarget(graph(fields), { methods });
    expect(kinds(frames)).toEqual(['nodeGraph', 'nodeGraph']);
    expect(column(frames[1], 'source')).toEqual(callers);
    expect(noticesOf(frames[0])).toEqual([]);
  });

  it('is a rate over the range of the panel', async () => {
    const frames = await runTarget(graph(), { methods });
    expect(column(frames[1], 'mainstat')).toEqual(['3/h', '4/h', '5/h']);
  });

  it('tells the same of a service however much of its calls is shown', async () => {
    const fetchDependencies = async () => ({
      calls: [...calls, { caller: 'mail', callee: 'db', calls: 6, errors: 3 }],
    });
    for (const fields of [{}, { service: 'cart' }]) {
      const [nodes] = await runTarget(graph(fields), { methods: { fetchDependencies } });
      const db = column(nodes, 'id')!.indexOf('db');
      expect(['mainstat', 'arc__errors'].map((name) => column(nodes, name)?.[db])).toEqual(['10/h', 0.3]);
    }
  });

  it.each([
    ['an hour across midnight', '2026-03-01T00:30:00Z', HOUR, ['3 calls', '4 calls', '5 calls'], [/midnight/]],
    [
      'an hour that begins with midnight',
      '2026-03-01T01:00:00Z',
      HOUR,
      ['3 calls', '4 calls', '5 calls'],
      [/midnight/],
    ],
    ['an hour after it', '2026-03-01T01:30:00Z', HOUR, ['3/h', '4/h', '5/h'], []],
    ['a day', '2026-03-01T12:00:00Z', 24 * HOUR, ['0.13/h', '0.17/h', '0.21/h'], []],
  ])('claims a rate or not over %s', async (_what, end, length, texts, notices) => {
    const to = Date.parse(end);
    const range = { from: dateTime(to - length), to: dateTime(to), raw: { from: 'then', to: 'now' } };
    const [nodes, edges] = await runTarget(graph(), { methods, request: { range } });
    expect(column(edges, 'mainstat')).toEqual(texts);
    expect(noticesOf(nodes)).toEqual(notices.map((words) => expect.stringMatching(words)));
  });

  it.each([
    [{ remoteServices: true }, 'Search traces of this call'],
    [{ queryLanguage: 'traceql' as const }, 'Search traces of this call'],
    [{}, 'Search traces of the caller'],
  ])('leads from a call to what a store of %j can search for', async (capabilities, title) => {
    const [, edges] = await runTarget(graph(), { methods, capabilities });
    expect(edges.fields.find(({ name }) => name === 'source')?.config.links?.[0].title).toBe(title);
  });

  it('is a table when asked for', async () => {
    const frames = await runTarget(graph({ view: 'table' }), { methods });
    expect(kinds(frames)).toEqual(['table']);
    expect(column(frames[0], 'calls')).toEqual([5, 4, 3]);
  });

  it('says when nobody called the service or was called by it', async () => {
    const [nodes] = await runTarget(graph({ service: 'gone' }), { methods });
    expect(noticesOf(nodes)).toEqual(['No call from or to gone was counted in this time range.']);
  });

  it('says why there may be no calls at all', async () => {
    const frames = await runTarget(graph(), { methods: { fetchDependencies: async () => ({ calls: [] }) } });
    expect(noticesOf(frames[0])).toEqual([expect.stringMatching(/^No calls .*once a day/)]);
  });

  it('looks back to the midnight before the last where the hour holds nothing, and says so', async () => {
    const asked: TimeWindow[] = [];
    const midnight = BigInt(Date.UTC(2026, 2, 1)) * 1_000_000n;
    const fetchDependencies = async (window: TimeWindow) => {
      asked.push(window);
      return { calls: window.fromUnixNano <= midnight ? calls : [] };
    };
    const frames = await runTarget(graph(), { methods: { fetchDependencies } });
    expect(asked.map(({ fromUnixNano, toUnixNano }) => [unixMillis(fromUnixNano), unixMillis(toUnixNano)])).toEqual([
      [START_MS - HOUR, START_MS],
      [Date.UTC(2026, 1, 28), START_MS],
    ]);
    expect(noticesOf(frames[0])).toEqual([expect.stringContaining('since 2026-02-28 00:00 UTC')]);
    // Of a batch nobody knows the time it counts, so no rate is claimed.
    expect(column(frames[1], 'mainstat')).toEqual(['3 calls', '4 calls', '5 calls']);
  });

  it('draws the strongest part of a very large one, and counts the rest', async () => {
    const many = Array.from({ length: 400 }, (_, index) => ({
      caller: 'gateway',
      callee: `service ${index}`,
      calls: index + 1,
    }));
    const frames = await runTarget(graph(), { methods: { fetchDependencies: async () => ({ calls: many }) } });
    expect(frames.map(({ length }) => length)).toEqual([300, 299]);
    expect(column(frames[1], 'target')).toContain('service 399');
    expect(noticesOf(frames[0])).toEqual([
      expect.stringMatching(/^Only the 300 services .*: 101 services and 101 calls between/),
    ]);
  });
});

describe('a graph of traces', () => {
  const trace = chainTrace(['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb']);
  const asked: SearchRequest[] = [];
  const store = {
    searchTraces: async (request: SearchRequest) => {
      asked.push(request);
      return { summaries: [summarizeTrace(trace)], isLimited: true, notices: [], traces: [trace] };
    },
  };

  it('is drawn where the store keeps none, and says that it is a sample', async () => {
    const target = graph({ service: 'checkout' });
    const frames = await runTarget(target, { methods: store, capabilities: { dependencies: false } });
    expect(asked.at(-1)).toMatchObject({ service: 'checkout', limit: 100 });
    expect(column(frames[0], 'title')).toEqual(['checkout']);
    expect(noticesOf(frames[0])).toEqual([
      'Counted from a sample of 1 trace: the calls in these, not all that were made.',
      expect.stringContaining('limit of 100'),
    ]);
  });

  it('is shown while its traces are still read, and says how many there are', async () => {
    const partials: DataFrame[][] = [];
    let time = 0;
    const ids = ['1', '2', '3'].map((digit) => digit.repeat(32));
    const summaries = ids.map((traceId) => ({ ...summarizeTrace(trace), traceId }));
    const frames = await runTarget(graph({ source: 'traces' }), {
      methods: {
        searchTraces: async () => ({ summaries, isLimited: false, notices: [] }),
        fetchTrace: async ({ traceId }) => {
          await new Promise((resolve) => setTimeout(resolve));
          time += 1000;
          return { ...trace, traceId };
        },
      },
      now: () => time,
      onPartial: (part) => partials.push(part),
    });
    expect(partials.map(([nodes]) => [column(nodes, 'title'), ...noticesOf(nodes)])).toContainEqual([
      ['checkout'],
      'Counted from a sample of 2 traces: the calls in these, not all that were made.',
      '2 of 3 traces read: what is shown is not complete yet.',
    ]);
    expect(noticesOf(frames[0])).toEqual([expect.stringContaining('a sample of 3 traces')]);
  });

  it('is refused where the store can do neither', async () => {
    const capabilities = { search: 'none', dependencies: false } as const;
    expect(await sentenceOf(runTarget(graph(), { capabilities }))).toMatch(/cannot search/);
    expect(await sentenceOf(runTarget(graph({ source: 'store' }), { capabilities }))).toMatch(/keeps no service graph/);
  });
});

describe('a graph of metrics', () => {
  const jsonData = { serviceMap: { datasourceUid: 'prom' } };

  function frame(refId: string, client: string, server: string, value: number): DataFrame {
    const labels = { client, server };
    return createDataFrame({
      refId,
      fields: [
        { name: 'Time', type: FieldType.time, values: [START_MS] },
        { name: 'Value', type: FieldType.number, values: [value], labels },
      ],
    });
  }

  function prometheus(frames: readonly DataFrame[]) {
    const asked: InstantQuery[] = [];
    const queryInstant = async (query: InstantQuery) => {
      asked.push(query);
      return { name: 'Metrics', frames };
    };
    return { asked, queryInstant };
  }

  it('knows calls, errors and durations', async () => {
    const { asked, queryInstant } = prometheus([
      frame('calls', 'web', 'cart', 3600.4),
      frame('calls', 'cart', 'db', 0.2),
      frame('errors', 'web', 'cart', 36),
      frame('p95', 'web', 'cart', 0.25),
      frame('p95', 'cart', 'db', NaN),
      frame('serverP95', '', 'cart', 0.3),
      frame('serverP95', '', 'db', NaN),
    ]);
    const frames = await runTarget(graph({ source: 'metrics' }), { jsonData, queryInstant });
    expect(column(frames[1], 'mainstat')).toEqual(['3.6K/h', '1/h']);
    expect(column(frames[1], 'secondarystat')).toEqual(['1% errors · p95 250ms', '']);
    expect(column(frames[0], 'secondarystat')).toEqual(['', 'p95 300ms', '']);
    expect(column(frames[0], 'detail__errors')).toEqual(['', '36 errors', '0 errors']);
    expect(asked[0]).toMatchObject({ dataSourceUid: 'prom' });
    expect(asked[0].expressions.get('serverP95')).toContain(
      'sum by (le, server) (rate(traces_service_graph_request_server_seconds_bucket[3600s]))'
    );
    expect(asked[0].expressions.get('calls')).toBe(
      'sum by (client, server) (increase(traces_service_graph_request_total[3600s])) > 0'
    );
    const links = frames[0].fields.flatMap(({ config }) => config.links ?? []);
    expect(links.map(({ internal }) => internal?.datasourceUid)).toContain('prom');
  });

  it('is chosen where the store keeps no graph', async () => {
    const { queryInstant } = prometheus([frame('calls', 'web', 'cart', 1)]);
    const frames = await runTarget(graph(), { jsonData, queryInstant, capabilities: { dependencies: false } });
    expect(column(frames[1], 'source')).toEqual(['web']);
  });

  it('says what writes such metrics when there are none, and where to choose a Prometheus when none is chosen', async () => {
    const { queryInstant } = prometheus([]);
    const [nodes] = await runTarget(graph({ source: 'metrics' }), { jsonData, queryInstant });
    expect(noticesOf(nodes)).toEqual([expect.stringMatching(/^Metrics has no metrics .*servicegraph connector/)]);
    expect(await sentenceOf(runTarget(graph({ source: 'metrics' })))).toMatch(/Choose one in the data source settings/);
  });

  it.each<[string, () => ReturnType<typeof prometheus>['queryInstant'], RegExp]>([
    ['has none', () => prometheus([]).queryInstant, /^Metrics has no metrics/],
    [
      'fails',
      () => async () => {
        throw new Error('Datasource prom was not found');
      },
      /^The metrics of the service graph could not be read\. Datasource prom was not found/,
    ],
  ])('is counted in traces, and says why, where nobody chose metrics and the Prometheus %s', async (_, open, why) => {
    const trace = chainTrace(['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb']);
    const frames = await runTarget(graph(), {
      jsonData,
      queryInstant: open(),
      capabilities: { dependencies: false },
      methods: {
        searchTraces: async () => ({
          summaries: [summarizeTrace(trace)],
          isLimited: false,
          notices: [],
          traces: [trace],
        }),
      },
    });
    expect(column(frames[0], 'title')).toEqual(['checkout']);
    expect(noticesOf(frames[0])[0]).toMatch(why);
    expect(noticesOf(frames[0]).length).toBeGreaterThan(1);
  });

  it('passes on why the other data source failed', async () => {
    const queryInstant = async () => {
      throw new Error('Datasource prom was not found');
    };
    const answer = runTarget(graph({ source: 'metrics' }), { jsonData, queryInstant });
    expect(await sentenceOf(answer)).toBe(
      'The metrics of the service graph could not be read. Datasource prom was not found'
    );
  });
});
