/** Rates, errors and durations of a real Jaeger with a real Prometheus behind it; where, the environment says. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricsRequest, TraceBackend } from '../../src/backends/backend';
import { LiveHttp } from '../../src/backends/contract/liveWorld';
import { jaeger } from '../../src/backends/jaeger/definition';
import type { MetricSeries } from '../../src/model/metricSeries';
import { nanoseconds, toMillis, unixNanoFromMillis } from '../../src/model/time';

const url = process.env.JAEGER_METRICS_URL;
const otlpUrl = process.env.JAEGER_METRICS_OTLP_URL;

const ROUNDS = 12;
const ROUND_MS = 1_000;
const SETTLE_MS = 4_000;
const DURATION_MS = 80;
const SECOND = 1_000_000_000;

jest.setTimeout(120_000);

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** Four calls of `till`, one of them failed, and one of `stock` that never fails: each 80 ms. */
function round() {
  const end = unixNanoFromMillis(Date.now());
  const start = end - BigInt(DURATION_MS * 1_000_000);
  const span = (name: string, failed: boolean) => ({
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name,
    kind: 2,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(end),
    status: failed ? { code: 2 } : {},
  });
  const resourceSpans = (service: string, spans: object[]) => ({
    resource: { attributes: [attribute('service.name', service)] },
    scopeSpans: [{ spans }],
  });
  return {
    resourceSpans: [
      resourceSpans('till', [span('pay', false), span('pay', true), span('refund', false), span('refund', false)]),
      resourceSpans('stock', [span('reserve', false)]),
    ],
  };
}

async function send(target: string): Promise<void> {
  const response = await fetch(`${target}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(round()),
  });
  expect(response.status).toBe(200);
}

(url && otlpUrl ? describe : describe.skip)('metrics of Jaeger', () => {
  let backend: TraceBackend;
  const { signal } = new AbortController();

  beforeAll(async () => {
    for (let count = 0; count < ROUNDS; count++) {
      await send(otlpUrl!);
      await sleep(ROUND_MS);
    }
    await sleep(SETTLE_MS);
    backend = jaeger.create(jaeger.readSettings({}), new LiveHttp(url!));
  });

  const ask = async (question: Partial<MetricsRequest>): Promise<readonly MetricSeries[]> => {
    const now = unixNanoFromMillis(Date.now());
    const { series } = await backend.fetchMetrics!(
      {
        metric: 'calls',
        services: ['till', 'stock'],
        byOperation: false,
        window: { fromUnixNano: now - BigInt(60 * SECOND), toUnixNano: now },
        step: nanoseconds(SECOND),
        rateWindow: nanoseconds(60 * SECOND),
        ...question,
      },
      { signal }
    );
    return series;
  };

  /** The last number of each series, by what tells it from the others. */
  const lastByName = (series: readonly MetricSeries[]): ReadonlyMap<string, number> =>
    new Map(
      series.map(({ labels, points }) => [
        labels.map(({ value }) => String(value)).join(' '),
        points.filter(({ value }) => Number.isFinite(value)).at(-1)!.value,
      ])
    );

  it('knows that it keeps them', async () => {
    const { capabilities } = await backend.probe({ signal });
    expect(capabilities.timeSeries).toBe(true);
  });

  it('counts calls of each service, four of the one for each of the other', async () => {
    const rates = lastByName(await ask({ metric: 'calls' }));
    expect([...rates.keys()].sort()).toEqual(['stock', 'till']);
    expect(rates.get('stock')).toBeGreaterThan(0);
    expect(rates.get('till')! / rates.get('stock')!).toBeCloseTo(4, 1);
  });

  it('tells which share of them failed, nothing included', async () => {
    const shares = lastByName(await ask({ metric: 'errors' }));
    expect(shares.get('till')).toBeCloseTo(0.25, 2);
    expect(shares.get('stock') ?? 0).toBe(0);
  });

  it('tells them by operation', async () => {
    const shares = lastByName(await ask({ metric: 'errors', services: ['till'], byOperation: true }));
    expect(shares.get('till pay')).toBeCloseTo(0.5, 2);
    expect(lastByName(await ask({ services: ['till'], byOperation: true })).size).toBe(2);
  });

  it('tells durations in nanoseconds, within the bucket of 50 to 100 ms', async () => {
    const latencies = lastByName(await ask({ metric: 'latencies', quantile: 0.95, services: ['till'] }));
    const [milliseconds] = [...latencies.values()].map((value) => toMillis(nanoseconds(value)));
    expect(milliseconds).toBeGreaterThan(50);
    expect(milliseconds).toBeLessThanOrEqual(100);
  });
});
