import { nanoseconds } from '../../model/time';
import type { MetricsRequest } from '../backend';
import type { HttpClient } from '../http';
import { tempo } from './definition';
import { writeMetrics } from './metrics';

const context = { signal: new AbortController().signal };
const request: MetricsRequest = {
  metric: 'calls',
  services: ['cart'],
  byOperation: false,
  window: { fromUnixNano: 1_772_366_400_000_000_000n, toUnixNano: 1_772_366_520_000_000_000n },
  step: nanoseconds(60e9),
  rateWindow: nanoseconds(300e9),
};

it.each<[Partial<MetricsRequest>, readonly string[]]>([
  [{}, ['{ resource.service.name = "cart" && kind = server } | rate() by (resource.service.name)']],
  [
    { services: ['a', 'b"c'], spanKinds: ['client', 'producer'], byOperation: true },
    [
      '{ (resource.service.name = "a" || resource.service.name = "b\\"c") && (kind = client || kind = producer) } | rate() by (resource.service.name, name)',
    ],
  ],
  [
    { metric: 'errors' },
    [
      '{ resource.service.name = "cart" && kind = server } | rate() by (resource.service.name)',
      '{ resource.service.name = "cart" && kind = server && status = error } | rate() by (resource.service.name)',
    ],
  ],
  [
    { metric: 'latencies', quantile: 0.5 },
    [
      '{ resource.service.name = "cart" && kind = server } | quantile_over_time(duration, 0.5) by (resource.service.name)',
    ],
  ],
])('%j', (part, texts) => {
  expect(writeMetrics({ ...request, ...part })).toEqual(texts);
});

function serve(answer: (text: string) => { readonly status: number; readonly body: string }) {
  const http: HttpClient = {
    get: async ({ path, query = [] }) =>
      path === '/api/metrics/query_range'
        ? answer(new Map(query).get('q') ?? '')
        : { status: 200, body: JSON.stringify({ version: '2.6.0' }) },
  };
  return tempo.create(undefined, http);
}

const series = (operation: string, values: readonly number[], more: readonly unknown[] = []) => ({
  labels: [
    { key: 'name', value: { stringValue: operation } },
    { key: 'resource.service.name', value: { stringValue: 'cart' } },
    ...more,
  ],
  samples: values.map((value, index) => ({ timestampMs: String(1_772_366_400_000 + index * 60_000), value })),
});
const answering = (...found: readonly unknown[]) => ({ status: 200, body: JSON.stringify({ series: found }) });

it('gives errors as a share of the calls at the same time, and none where nothing was called', async () => {
  const backend = serve((text) =>
    text.includes('status = error')
      ? answering(series('GET', [1, 0, 2]))
      : answering(series('GET', [4, 0, 2]), series('POST', [1]))
  );
  const result = await backend.fetchMetrics?.({ ...request, metric: 'errors', byOperation: true }, context);
  expect(result?.series.map(({ labels, unit, points }) => [labels, unit, points.map(({ value }) => value)])).toEqual([
    [labelsOf('GET'), 'share', [0.25, 1]],
    [labelsOf('POST'), 'share', [0]],
  ]);
});

const labelsOf = (operation: string) => [
  { key: 'service.name', value: 'cart' },
  { key: 'operation', value: operation },
];

it('gives durations in nanoseconds, with their quantile, and none where nothing was called', async () => {
  const backend = serve(() => answering(series('GET', [0, 0.25, 0], [{ key: 'p', value: { doubleValue: 0.95 } }])));
  const result = await backend.fetchMetrics?.({ ...request, metric: 'latencies' }, context);
  expect(result?.series).toMatchObject([
    {
      labels: [...labelsOf('GET'), { key: 'quantile', value: 0.95 }],
      unit: 'nanoseconds',
      points: [{ value: 250_000_000 }],
    },
  ]);
});

it.each([
  [500, 'error querying generators in Querier.queryRangeRecent: error finding generators: empty ring', 'unsupported'],
  [400, 'localblocks processor not found', 'unsupported'],
  [404, '404 page not found', 'unsupported'],
  [400, 'metrics query time range exceeds the maximum allowed duration of 3h0m0s', 'unsupported'],
  [400, 'parse error at line 1', 'bad-request'],
  [502, '', 'server'],
])('%s “%s” is %s', async (status, body, kind) => {
  const asked = serve(() => ({ status, body })).fetchMetrics?.(request, context);
  await expect(asked).rejects.toMatchObject({ kind, status, backend: 'tempo' });
});

it('is not asked of a server that is too old', async () => {
  const asked: string[] = [];
  const backend = tempo.create(undefined, {
    get: async ({ path }) => {
      asked.push(path);
      return { status: 200, body: JSON.stringify({ version: '2.3.1' }) };
    },
  });
  await expect(backend.fetchMetrics?.(request, context)).rejects.toMatchObject({ kind: 'unsupported' });
  expect(asked).toEqual(['/api/status/buildinfo']);
  expect(await backend.capabilities?.(context)).toMatchObject({ timeSeries: false });
});
