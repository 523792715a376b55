import type { MetricPoint, MetricSeries } from '../../model/metricSeries';
import { toMillis, unixMillis, nanoseconds } from '../../model/time';
import type { HttpClient, HttpRequest } from '../http';
import type { Recording } from '../contract/recording';
import { requestLine } from '../contract/requestLine';
import { JaegerBackend } from './JaegerBackend';
import { fetchMetrics } from './metrics';
import recorded from './testdata/metrics.json';
import { METRICS_QUESTIONS } from './testdata/metricsQuestions';
import { readSettings } from './settings';

const { exchanges } = recorded as unknown as Recording;
const { signal } = new AbortController();

/** Answers as the recorded server did, and keeps what it was asked. */
function replay() {
  const lines: string[] = [];
  const http: HttpClient = {
    get: async (request) => {
      const line = requestLine(request);
      lines.push(line);
      const exchange = exchanges.find((known) => requestLine(known.request) === line);
      if (!exchange) {
        throw new Error(`${line} is not recorded`);
      }
      return exchange;
    },
  };
  return { http, lines };
}

async function ask(question: string) {
  const { http, lines } = replay();
  const { series, notices } = await fetchMetrics(http, METRICS_QUESTIONS[question], signal);
  return { series: series.map(seriesText), units: series.map(({ unit }) => unit), notices, lines };
}

function seriesText({ labels, unit, points }: MetricSeries): string {
  const value = ({ value: number }: MetricPoint) =>
    unit === 'nanoseconds' ? `${toMillis(nanoseconds(number))}ms` : String(number);
  const clock = ({ timeUnixNano }: MetricPoint) => new Date(unixMillis(timeUnixNano)).toISOString().slice(11, 16);
  return `${labels.map((label) => label.value).join(' ')}: ${points.map((p) => `${clock(p)} ${value(p)}`).join(', ')}`;
}

describe('what a real server answered', () => {
  it('are calls per second', async () => {
    const { series, units, lines } = await ask('calls');
    expect(series).toEqual(['checkout: 11:57 2, 11:58 3, 11:59 4, 12:00 5']);
    expect(units).toEqual(['per-second']);
    expect(lines).toEqual([
      'GET /api/metrics/calls ?service=checkout & endTs=1772366400000 & lookback=180000 & step=60000 & ratePer=300000',
    ]);
  });

  it('are latencies in milliseconds, by service, operation and quantile', async () => {
    const { series, lines } = await ask('latencies');
    expect(series).toEqual([
      'checkout POST /checkout 0.95: 11:58 NaNms, 11:59 110.5ms, 12:00 120.5ms',
      'checkout GET /cart 0.95: 11:58 NaNms, 11:59 110.5ms, 12:00 120.5ms',
      'cart POST /checkout 0.95: 11:58 NaNms, 11:59 110.5ms, 12:00 120.5ms',
      'cart GET /cart 0.95: 11:58 NaNms, 11:59 110.5ms, 12:00 120.5ms',
    ]);
    expect(lines[0]).toContain(
      'service=checkout & service=cart & quantile=0.95 & groupByOperation=true & endTs=1772366400000 & lookback=120000'
    );
    expect(lines[0]).toMatch(/spanKind=server & spanKind=consumer$/);
  });

  it('are errors as a share of the calls', async () => {
    const { series, units } = await ask('errors');
    // Jaeger fills in zeros where there are no errors at all, but not beside a service that has some.
    expect(series).toEqual(['checkout: 11:59 0, 12:00 0.25']);
    expect(units).toEqual(['share']);
  });

  it('are nothing for a service that nobody knows', async () => {
    expect((await ask('nobody')).series).toEqual([]);
  });

  it('are of whole per cents, which is said, and on whole steps', async () => {
    const { series, notices, lines } = await ask('rounded quantile');
    expect(series).toEqual(['checkout 0.99: 11:59 NaNms, 12:00 110.5ms']);
    expect(notices.map(({ text }) => text)).toEqual([
      'Jaeger knows quantiles of whole per cents only: 0.999 is answered as 0.99.',
    ]);
    expect(lines[0]).toContain('endTs=1772366400000 & lookback=60000');
  });

  it('are about the service that was asked for and about none that its name matches as a pattern', async () => {
    expect((await ask('name with a pattern in it')).series).toEqual(['a+b (c): 11:59 2, 12:00 3']);
  });
});

it.each([
  [1_000, 60_000],
  [90_000, 120_000],
  [59 * 60_000, 59 * 60_000],
  [90 * 60_000, 120 * 60_000],
])('looks back over whole minutes or whole hours: %d ms → %d ms', async (rateMs, ratePer) => {
  const asked: HttpRequest[] = [];
  const http: HttpClient = {
    get: async (request) => (asked.push(request), { status: 200, body: '{"metrics":null}' }),
  };
  await fetchMetrics(http, { ...METRICS_QUESTIONS.calls, rateWindow: nanoseconds(rateMs * 1e6) }, signal);
  expect(new Map(asked[0].query).get('ratePer')).toBe(String(ratePer));
});

it.each<[string, string, string]>([
  ['a text for a list', '{"metrics":"none"}', 'metrics'],
  ['a label without a name', '{"metrics":[{"labels":[{"value":"a"}]}]}', 'metrics[0].labels[0].name'],
  ['no time', '{"metrics":[{"metricPoints":[{"timestamp":"now"}]}]}', 'metrics[0].metricPoints[0].timestamp'],
  [
    'a value in words',
    '{"metrics":[{"metricPoints":[{"timestamp":"2026-03-01T11:59:00Z","gaugeValue":{"doubleValue":"many"}}]}]}',
    'gaugeValue.doubleValue',
  ],
])('refuses %s, and says where', async (_, body, where) => {
  const http: HttpClient = { get: async () => ({ status: 200, body }) };
  await expect(fetchMetrics(http, METRICS_QUESTIONS.calls, signal)).rejects.toMatchObject({
    kind: 'unexpected-shape',
    detail: expect.stringContaining(where),
  });
});

describe('a server without metrics', () => {
  const refusal = {
    status: 501,
    body: '{"data":null,"errors":[{"code":501,"msg":"trace metrics are currently disabled"}]}',
  };
  const legacyOnly: HttpClient = {
    get: async ({ path }) =>
      path.startsWith('/api/metrics')
        ? refusal
        : path === '/api/services'
          ? { status: 200, body: '{"data":["a"],"total":1,"limit":0,"offset":0,"errors":null}' }
          : { status: 404, body: '404 page not found' },
  };

  it('is told how to get some, and is known for it from then on', async () => {
    const backend = new JaegerBackend(readSettings({}), legacyOnly);
    expect((await backend.capabilities({ signal })).timeSeries).toBe(true);
    await expect(backend.fetchMetrics(METRICS_QUESTIONS.calls, { signal })).rejects.toMatchObject({
      kind: 'unsupported',
      detail: expect.stringMatching(/spanmetrics connector.*storage\.metrics in v2, METRICS_STORAGE_TYPE=prometheus/),
    });
    expect((await backend.capabilities({ signal })).timeSeries).toBe(false);
  });

  it('is found out by "Save & test"', async () => {
    const backend = new JaegerBackend(readSettings({}), legacyOnly);
    expect((await backend.probe({ signal })).capabilities.timeSeries).toBe(false);
    expect((await backend.capabilities({ signal })).timeSeries).toBe(false);
  });
});
