import type { BackendCapabilities } from './capabilities';
import { interpolateQuery } from './interpolate';
import { readQuantile, readQuantiles, readServices, readSpanKinds, readStep } from './metrics';
import type { MetricsQuery } from './query';
import { readGraphView, readHops } from './serviceGraph';
import { validateQuery } from './validate';

const everything: BackendCapabilities = {
  search: 'any',
  attributeOperators: ['='],
  durationRange: true,
  spanNames: true,
  attributeCatalogue: false,
  dependencies: true,
  timeSeries: true,
  rawTraces: true,
  traceWindow: true,
};

const metrics = (fields: Partial<MetricsQuery>): MetricsQuery => ({
  refId: 'A',
  queryType: 'metrics',
  services: ['shop'],
  ...fields,
});

it.each([
  ['0.95', 0.95],
  ['p95', 0.95],
  [' P99.9 ', 0.999],
  ['95', 0.95],
  ['.5', 0.5],
  ['p1', 0.01],
  ['0', NaN],
  ['100', NaN],
  ['p0', NaN],
  ['-1', NaN],
  ['many', NaN],
])('the quantile %s is %d', (text, quantile) => {
  expect(readQuantile(text)).toBe(quantile);
});

it('asks for the usual quantiles unless told which, each once', () => {
  expect(readQuantiles({})).toEqual([0.5, 0.95, 0.99]);
  expect(readQuantiles({ quantiles: ['p95', '0.95', 'p50'] })).toEqual([0.95, 0.5]);
});

it('knows kinds in any case, and services without their spaces', () => {
  expect(readSpanKinds({ spanKinds: ['CLIENT', 'server', 'robot'] })).toEqual(['server', 'client']);
  expect(readServices({ services: [' a', 'a', '', 'b '] })).toEqual(['a', 'b']);
});

it.each([
  [undefined, 15_000, 15e9],
  ['5m', 15_000, 300e9],
  ['1ms', 15_000, 1e9],
  [undefined, 0, 1e9],
])('a step of %s in a panel of %d ms is %d ns', (step, intervalMs, nanos) => {
  expect(readStep({ step }, intervalMs)).toBe(nanos);
});

it.each([
  [undefined, 1],
  ['', 1],
  ['3', 3],
  [20, 20],
  [0, NaN],
  [21, NaN],
  ['1.5', NaN],
  ['all', NaN],
])('%s hops are %d', (hops, number) => {
  expect(readHops({ hops })).toBe(number);
});

it('has a view of its own for an unknown name: none', () => {
  expect([readGraphView({}), readGraphView({ view: 'table' }), readGraphView({ view: 'x' })]).toEqual([
    'graph',
    'table',
    undefined,
  ]);
});

describe('validation', () => {
  it('lets a whole question pass', () => {
    const query = metrics({ metric: 'latencies', quantiles: ['p95'], groupBy: 'operation', spanKinds: ['client'] });
    expect(validateQuery(query, everything)).toEqual([]);
  });

  it.each<[Partial<MetricsQuery>, string, RegExp]>([
    [{ services: [' '] }, 'services', /at least one service/],
    [{ services: ['$gone'] }, 'services', /\$gone has no value/],
    [{ metric: 'p95' }, 'metric', /“p95” is not known.*calls, errors, latencies/],
    [{ quantiles: ['0.5', '2000'] }, 'quantiles', /“2000” is no quantile/],
    [{ groupBy: 'host' }, 'groupBy', /service, operation/],
    [{ spanKinds: ['robot'] }, 'spanKinds', /server, client/],
    [{ step: '5' }, 'step', /write a unit/],
    [{ source: 'prometheus' }, 'source', /store, traces/],
  ])('%j', (fields, field, message) => {
    expect(validateQuery(metrics(fields), everything)).toEqual([{ field, message: expect.stringMatching(message) }]);
  });

  it('says what a store lacks only where traces cannot help', () => {
    const without = { ...everything, timeSeries: false };
    expect(validateQuery(metrics({}), without)).toEqual([]);
    expect(validateQuery(metrics({ source: 'store' }), without)).toMatchObject([{ field: 'source' }]);
    expect(validateQuery(metrics({}), { ...without, search: 'none' })).toMatchObject([{ field: 'queryType' }]);
  });
});

it('takes every value of a variable, in lists', () => {
  const values: Record<string, string | string[]> = { service: ['shop', 'cart'], quantile: '0.9', hops: '2' };
  const replace = (text: string, format?: (value: unknown) => string) =>
    text.replace(/\$(\w+)/g, (_, name: string) => (format ? format(values[name]) : String(values[name])));
  expect(interpolateQuery(metrics({ services: ['$service', 'db'], quantiles: ['$quantile'] }), replace)).toMatchObject({
    services: ['shop', 'cart', 'db'],
    quantiles: ['0.9'],
  });
  expect(interpolateQuery({ refId: 'A', queryType: 'serviceGraph', hops: '$hops' }, replace)).toMatchObject({
    hops: '2',
  });
});
