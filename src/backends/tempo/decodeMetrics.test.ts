import { decodeMetrics } from './decodeMetrics';
import { meaningOf } from './metricsUnit';

const window = { fromUnixNano: 1_795_389_300_000_000_000n, toUnixNano: 1_795_389_900_000_000_000n };
const step = 300_000_000_000 as never;

it('reads series over time, zeros that are left out, exemplars', () => {
  const body = {
    series: [
      {
        labels: [{ key: 'resource.service.name', value: { stringValue: 'cart' } }],
        samples: [{ timestampMs: '1795389600000', value: 0.025 }, { timestampMs: '1795389300000' }],
        exemplars: [
          {
            labels: [
              { key: 'trace:id', value: { stringValue: '54ae0ae89da990a6aa53981e466da21d' } },
              { key: 'resource.service.name', value: { stringValue: 'cart' } },
            ],
            value: 0.025,
            timestampMs: '1795389893000',
          },
          { labels: [], value: 1, timestampMs: '1795389893000' },
        ],
      },
    ],
    metrics: { completedJobs: 1 },
  };
  expect(decodeMetrics(body, { text: '{ } | rate() by (resource.service.name)', window, step })).toEqual({
    series: [
      {
        labels: [{ key: 'resource.service.name', value: 'cart' }],
        unit: 'per-second',
        points: [
          { timeUnixNano: 1_795_389_300_000_000_000n, value: 0 },
          { timeUnixNano: 1_795_389_600_000_000_000n, value: 0.025 },
        ],
        exemplars: [
          {
            timeUnixNano: 1_795_389_893_000_000_000n,
            value: 0.025,
            traceId: '54ae0ae89da990a6aa53981e466da21d',
            labels: [{ key: 'resource.service.name', value: 'cart' }],
          },
        ],
        step,
      },
    ],
    notices: [],
  });
});

it('names a series that only its function tells from others', () => {
  const body = { series: [{ labels: [{ key: '__name__', value: { stringValue: 'rate' } }], samples: [] }] };
  const { series } = decodeMetrics(body, { text: '{ } | rate()', window, step });
  expect(series[0]).toMatchObject({ name: 'rate', labels: [] });
});

it('turns seconds into nanoseconds, in values and in the bounds of buckets, and p into a quantile', () => {
  const quantiles = {
    series: [{ labels: [{ key: 'p', value: { doubleValue: 0.95 } }], samples: [{ timestampMs: 1, value: 0.0015 }] }],
  };
  const text = '{ } | quantile_over_time(duration, .95)';
  expect(decodeMetrics(quantiles, { text, window, step }).series[0]).toMatchObject({
    labels: [{ key: 'quantile', value: 0.95 }],
    unit: 'nanoseconds',
    points: [{ value: 1_500_000 }],
  });
  const buckets = {
    series: [{ labels: [{ key: '__bucket', value: { doubleValue: 0.25 } }], samples: [{ timestampMs: 1, value: 3 }] }],
  };
  expect(decodeMetrics(buckets, { text: '{ } | histogram_over_time(duration)', window, step }).series[0]).toMatchObject(
    { labels: [{ key: '__bucket', value: 250_000_000 }], unit: 'count', points: [{ value: 3 }] }
  );
});

it('reads one value per series at the end of the window', () => {
  const body = { series: [{ labels: [{ key: 'status', value: { stringValue: 'error' } }], value: 'NaN' }, {}] };
  const { series } = decodeMetrics(body, { text: '{ } | count_over_time() by (status)', window });
  expect(series.map(({ points }) => points)).toEqual([
    [{ timeUnixNano: window.toUnixNano, value: NaN }],
    [{ timeUnixNano: window.toUnixNano, value: 0 }],
  ]);
});

it('tells that series were cut, and refuses what is no answer', () => {
  const cut = { series: [], status: 'PARTIAL', message: 'max series exceeded' };
  expect(decodeMetrics(cut, { text: '{ } | rate()', window, step }).notices[0].text).toContain('max series exceeded');
  expect(() => decodeMetrics({ hello: 1 }, { text: '{ } | rate()', window, step })).toThrow(/"series"/);
});

it.each([
  ['{ name = "| rate()" } | count_over_time()', 'count'],
  ['{ } | rate() | topk(5)', 'per-second'],
  ['{ } | max_over_time(span.retries)', 'number'],
  ['{ } | avg_over_time(trace:duration) by (name)', 'nanoseconds'],
  ['({ status = error } | rate()) / ({ } | rate())', 'number'],
])('%s is in %s', (text, unit) => {
  expect(meaningOf(text).unit).toBe(unit);
});
