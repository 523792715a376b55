import type { MetricSeries } from '../model/metricSeries';
import { fromMillis, toMillis, nanoseconds } from '../model/time';
import { observeSummaries } from './observeSummaries';
import { durationSeries, errorShareSeries, rateSeries, type Observation } from './sampleSeries';

const SECOND = 1_000_000_000n;
const START = 1_772_366_400n * SECOND;

/** Seconds after the start, milliseconds long. */
function seen(second: number, millis: number, isError = false): Observation {
  const startUnixNano = START + BigInt(Math.round(second * 1000)) * 1_000_000n;
  return { traceId: `t${second}`, startUnixNano, duration: fromMillis(millis), isError };
}

const options = {
  window: { fromUnixNano: START + 500_000_000n, toUnixNano: START + 30n * SECOND },
  step: fromMillis(10_000),
  labels: [{ key: 'service.name', value: 'shop' }],
};
const sample = [seen(1, 10), seen(2, 30, true), seen(9.9, 20), seen(21, 5), seen(55, 1)];

const points = ({ points: all }: MetricSeries) =>
  all.map(({ timeUnixNano, value }) => [Number((timeUnixNano - START) / SECOND), value]);

it('counts how many a minute on whole steps; nothing is 0', () => {
  expect(points(rateSeries(sample, options))).toEqual([
    // Of a step that begins before the window, what lies in it.
    [0, 3 / (9.5 / 60)],
    [10, 0],
    [20, 6],
    // The window ends where this begins.
    [30, NaN],
  ]);
  const window = (end: number) => ({ ...options.window, toUnixNano: START + BigInt(end * 10) * (SECOND / 10n) });
  const last = (end: number) => points(rateSeries([seen(20.1, 1)], { ...options, window: window(end) })).at(-1);
  expect([last(22.5), last(22.4)]).toEqual([
    [20, 24],
    [20, NaN],
  ]);
});

it('names the slowest dozen of the traces that stand for points, in their order', () => {
  const many = Array.from({ length: 20 }, (_, index) => seen(index, index === 3 ? 99 : index));
  const [{ exemplars }] = durationSeries(many, [0.5], { ...options, step: fromMillis(1000) });
  expect(exemplars.map(({ traceId }) => traceId)).toEqual(
    [3, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map((second) => `t${second}`)
  );
  const [{ exemplars: requests }] = durationSeries([{ ...seen(1, 1), spanId: 'b' }], [0.5], options);
  expect(requests).toEqual([expect.objectContaining({ traceId: 't1', spanId: 'b' })]);
});

it('gives the share of errors, and none where there is no trace', () => {
  expect(points(errorShareSeries(sample, options))).toEqual([
    [0, 1 / 3],
    [10, NaN],
    [20, 0],
    [30, NaN],
  ]);
});

it('gives quantiles of durations, the slowest trace of each step as what stands for the highest', () => {
  const [p50, p99] = durationSeries(sample, [0.5, 0.99], options);
  expect(points(p50).map(([at, nanos]) => [at, toMillis(nanoseconds(nanos))])).toEqual([
    [0, 20],
    [10, NaN],
    [20, 5],
    [30, NaN],
  ]);
  expect(p99.points[0].value).toBe(fromMillis(30));
  expect([p50, p99].map(({ labels }) => labels.map(({ value }) => value))).toEqual([
    ['shop', 0.5],
    ['shop', 0.99],
  ]);
  expect([p50.exemplars.length, p99.exemplars.map(({ traceId, value }) => [traceId, value])]).toEqual([
    0,
    [
      ['t2', fromMillis(30)],
      ['t21', fromMillis(5)],
    ],
  ]);
});

it('blames a service for its own errors only, and for all where it is not listed', () => {
  const summary = {
    traceId: 'a',
    startUnixNano: START,
    duration: fromMillis(1),
    spanCount: 2,
    errorCount: 1,
    services: [
      { name: 'shop', spanCount: 1, errorCount: 0 },
      { name: 'db', spanCount: 1, errorCount: 1 },
    ],
  };
  const isError = (service?: string) => observeSummaries([summary], service)[0].isError;
  expect([isError(), isError('shop'), isError('db'), isError('unlisted')]).toEqual([true, false, true, true]);
});
