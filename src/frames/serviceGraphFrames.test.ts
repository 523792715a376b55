import type { DataFrame } from '@grafana/data';
import { checkFrames } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import { completeServiceGraph } from '../analysis/completeServiceGraph';
import type { ServiceGraph } from '../model/serviceGraph';
import { fromMillis } from '../model/time';
import { buildServiceGraphFrames, type ServiceGraphFrameOptions } from './serviceGraphFrames';
import { buildServiceGraphTable } from './serviceGraphTable';

const datasource = { uid: 'traces', name: 'Traces' };
const metrics = { uid: 'prom', name: 'Prometheus' };
const HOUR = { fromUnixNano: 0n, toUnixNano: 3_600_000_000_000n };

const SHOP: ServiceGraph = {
  calls: [
    { caller: 'frontend', callee: 'cart', calls: 14_400, errors: 144, p95: fromMillis(120) },
    { caller: 'frontend', callee: 'ads', calls: 60, errors: 0 },
    { caller: 'cart', callee: 'db', calls: 1_800, errors: 0, p95: fromMillis(4) },
    { caller: 'ads', callee: 'db', calls: 900, errors: 675, p95: fromMillis(7) },
  ],
  services: [{ name: 'frontend', calls: 18_000, errors: 18, p95: fromMillis(250) }],
  window: HOUR,
};

const framesOf = (graph: ServiceGraph, options: ServiceGraphFrameOptions = { refId: 'A' }) =>
  buildServiceGraphFrames(completeServiceGraph(graph), options);

const tableOf = (graph: ServiceGraph, options: ServiceGraphFrameOptions = { refId: 'A' }) =>
  buildServiceGraphTable(completeServiceGraph(graph), options);

const linksOf = (frame: DataFrame, name: string) =>
  frame.fields.find((field) => field.name === name)?.config.links ?? [];

describe('buildServiceGraphFrames', () => {
  it('says of services and calls how often, how well and how fast', () => {
    const [nodes, edges] = framesOf(SHOP);
    const nodeColumns = ['id', 'mainstat', 'secondarystat', 'arc__errors', 'arc__success', 'detail__calls'];
    const edgeColumns = ['source', 'target', 'mainstat', 'secondarystat', 'color', 'detail__errors', 'detail__p95'];
    expect(
      `\n${frameToText(nodes, { columns: nodeColumns })}\n\n${frameToText(edges, { columns: edgeColumns })}\n`
    ).toBe(
      `
id       | mainstat | secondarystat | arc__errors | arc__success | detail__calls
frontend | 300/min  | p95 250ms     | 0.001       | 0.999        | 18K calls
cart     | 240/min  | 1% errors     | 0.01        | 0.99         | 14.4K calls
ads      | 1/min    |               | 0           | 1            | 60 calls
db       | 45/min   | 25% errors    | 0.25        | 0.75         | 2.7K calls

source   | target | mainstat | secondarystat         | color | detail__errors | detail__p95
frontend | cart   | 240/min  | 1% errors · p95 120ms | red   | 144 errors     | 120ms
frontend | ads    | 1/min    |                       | -     | 0 errors       |
cart     | db     | 30/min   | p95 4ms               | -     | 0 errors       | 4ms
ads      | db     | 15/min   | 75% errors · p95 7ms  | red   | 675 errors     | 7ms
`
    );
    expect(checkFrames([nodes, edges])).toEqual([]);
  });

  it('counts without a rate where nothing says over which time', () => {
    const [nodes, edges] = framesOf({ ...SHOP, window: undefined });
    expect([nodes, edges].map(({ fields }) => fields.find(({ name }) => name === 'mainstat')?.values[0])).toEqual([
      '18K calls',
      '14.4K calls',
    ]);
  });

  it('draws no arcs where the source does not count errors', () => {
    const [nodes] = framesOf({ calls: [{ caller: 'a', callee: 'b', calls: 2 }] });
    expect(nodes.fields.map((field) => field.name)).toEqual(['id', 'title', 'mainstat', 'detail__calls']);
  });

  it('rings only what was called and whose errors were counted', () => {
    const calls = [
      { caller: 'web', callee: 'cart', calls: 4, errors: 1 },
      { caller: 'web', callee: 'queue', calls: 4 },
    ];
    const [nodes] = framesOf({ calls });
    expect(`\n${frameToText(nodes, { columns: ['id', 'arc__errors', 'arc__success'] })}\n`).toBe(`
id    | arc__errors | arc__success
web   | 0           | 0
cart  | 0.25        | 0.75
queue | 0           | 0
`);
    expect(checkFrames([nodes])).toEqual([]);
  });

  it('keeps a service called __proto__, and one that nobody calls', () => {
    const calls = [{ caller: '__proto__', callee: 'constructor', calls: 1 }];
    const frames = framesOf({ calls, services: [{ name: 'cron', calls: 3 }] });
    expect(frames[0].fields[1].values).toEqual(['__proto__', 'constructor', 'cron']);
    expect(frames[0].fields[0].values).not.toContain('__proto__');
    expect(checkFrames(frames)).toEqual([]);
  });

  it('leads from a service to its traces, errors, metrics and neighbours', () => {
    const [nodes, edges] = framesOf(SHOP, { refId: 'A', datasource, metrics });
    const service = '${__data.fields.title}';
    const links = linksOf(nodes, 'title');
    expect(links.map(({ internal }) => [internal?.datasourceUid, internal?.query])).toEqual([
      ['traces', { queryType: 'search', service }],
      ['traces', { queryType: 'search', service, status: 'error' }],
      ['traces', { queryType: 'metrics', metric: 'calls', services: [service] }],
      ['traces', { queryType: 'metrics', metric: 'errors', services: [service] }],
      ['traces', { queryType: 'metrics', metric: 'latencies', services: [service] }],
      ['traces', { queryType: 'serviceGraph', service }],
      [
        'prom',
        { expr: `sum(rate(traces_service_graph_request_total{server="${service}"}[$__rate_interval]))`, range: true },
      ],
    ]);
    expect(checkFrames([nodes, edges])).toEqual([]);
  });

  it('leads from a call to the traces, errors and metrics of both its ends', () => {
    const [, edges] = framesOf(SHOP, { refId: 'A', datasource, metrics });
    const [caller, callee] = ['source', 'target'].map((name) => linksOf(edges, name));
    const kindsOf = (links: typeof caller) =>
      links.map(({ title, internal }) => [title, (internal?.query as { queryType?: string }).queryType]);
    expect(kindsOf(caller)).toEqual([
      ['Search traces of the caller', 'search'],
      ['Search errors of the caller', 'search'],
      ['Request rate of the caller', 'metrics'],
      ['Error share of the caller', 'metrics'],
      ['Durations of the caller', 'metrics'],
    ]);
    expect(kindsOf(callee)).toEqual([
      ['Search traces of the called service', 'search'],
      ['Search errors of the called service', 'search'],
      ['Request rate of the called service', 'metrics'],
      ['Error share of the called service', 'metrics'],
      ['Durations of the called service', 'metrics'],
      ['Service graph metrics', undefined],
    ]);
    expect(callee.map(({ internal }) => JSON.stringify(internal?.query).includes('fields.target'))).not.toContain(
      false
    );
  });

  it('leads from a call to its own traces where the store can search for them', () => {
    const [, zipkin] = framesOf(SHOP, { refId: 'A', datasource, callSearch: 'remoteService' });
    const call = { queryType: 'search', service: '${__data.fields.source}', remoteService: '${__data.fields.target}' };
    expect(linksOf(zipkin, 'source').slice(0, 2)).toMatchObject([
      { title: 'Search traces of this call', internal: { query: call } },
      { title: 'Search its errors', internal: { query: { ...call, status: 'error' } } },
    ]);

    const [, tempo] = framesOf(SHOP, { refId: 'A', datasource, callSearch: 'traceql' });
    const names: Record<string, string> = { source: 'the "old" shop', target: 'cart' };
    const replaceVariables = (text: string) => text.replace(/\$\{__data\.fields\.(\w+)\}/g, (_, name) => names[name]);
    const queries = linksOf(tempo, 'source')
      .slice(0, 2)
      .map(({ internal }) => internal?.query);
    expect(queries.map((query) => (query as unknown as (row: object) => unknown)({ replaceVariables }))).toEqual([
      {
        queryType: 'traceql',
        query: String.raw`{ resource.service.name = "the \"old\" shop" } > { resource.service.name = "cart" }`,
      },
      {
        queryType: 'traceql',
        query: String.raw`{ resource.service.name = "the \"old\" shop" } > { resource.service.name = "cart" && status = error }`,
      },
    ]);
  });

  it('is an empty graph without calls', () => {
    const frames = framesOf({ calls: [] });
    expect(frames.map((frame) => [frame.name, frame.length])).toEqual([
      ['nodes', 0],
      ['edges', 0],
    ]);
    expect(checkFrames(frames)).toEqual([]);
  });
});

describe('buildServiceGraphTable', () => {
  it('lists the calls, the strongest first', () => {
    const table = tableOf(SHOP, { refId: 'A', datasource });
    expect(`\n${frameToText(table)}\n`).toBe(`
caller   | callee | calls | rate                 | errors | errorShare | p95
frontend | cart   | 14400 | 4                    | 144    | 0.01       | 0.12
cart     | db     | 1800  | 0.5                  | 0      | 0          | 0.004
ads      | db     | 900   | 0.25                 | 675    | 0.75       | 0.007
frontend | ads    | 60    | 0.016666666666666666 | 0      | 0          | -
`);
    expect(checkFrames([table])).toEqual([]);
  });

  it('leaves out what the source does not know', () => {
    const table = tableOf({ calls: [{ caller: 'a', callee: 'b', calls: 2 }] });
    expect(table.fields.map(({ name }) => name)).toEqual(['caller', 'callee', 'calls']);
  });
});
