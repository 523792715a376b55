import { createTheme, getDisplayProcessor, getFieldDisplayName, ThresholdsMode, type FieldConfig } from '@grafana/data';

import { checkFrames } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import type { MetricSeries } from '../model/metricSeries';
import { fromMillis } from '../model/time';
import { buildMetricTableFrame } from './metricTableFrame';
import { buildTimeSeriesFrames } from './timeSeriesFrames';

const MINUTE = 60_000_000_000n;
const START = 1_704_164_640_000_000_000n;

const options = { refId: 'A', datasource: { uid: 'traces', name: 'Traces' } };

function series(overrides: Partial<MetricSeries> & { readonly values?: readonly number[] } = {}): MetricSeries {
  const { values = [1, 2], ...rest } = overrides;
  return {
    labels: [{ key: 'service.name', value: 'checkout' }],
    unit: 'per-second',
    points: values.map((value, index) => ({ timeUnixNano: START + BigInt(index) * MINUTE, value })),
    exemplars: [],
    ...rest,
  };
}

function namesOf(all: readonly MetricSeries[]): string[] {
  return buildTimeSeriesFrames(all, options).map((frame) => getFieldDisplayName(frame.fields[1], frame));
}

describe('buildTimeSeriesFrames', () => {
  it('is a frame per series, with its labels on the values', () => {
    const frames = buildTimeSeriesFrames(
      [
        series({ labels: [{ key: 'service.name', value: 'checkout' }] }),
        series({ labels: [{ key: 'service.name', value: 'cart' }], values: [0.5, 0] }),
      ],
      options
    );
    expect(frames.map((frame) => frameToText(frame)).join('\n\n')).toBe(
      `
Time                     | Value
2024-01-02T03:04:00.000Z | 1
2024-01-02T03:05:00.000Z | 2

Time                     | Value
2024-01-02T03:04:00.000Z | 0.5
2024-01-02T03:05:00.000Z | 0`.trim()
    );
    expect(frames.map(({ fields }) => fields[1].labels)).toEqual([
      { 'service.name': 'checkout' },
      { 'service.name': 'cart' },
    ]);
    expect(checkFrames(frames)).toEqual([]);
  });

  it.each([
    ['durations in seconds', 'nanoseconds', 1_500_000_000, 1.5, 's'],
    ['rates per second', 'per-second', 3, 3, 'reqps'],
    ['shares from 0 to 1', 'share', 0.25, 0.25, 'percentunit'],
    ['counts as they are', 'count', 7, 7, 'short'],
    ['bytes as they are', 'bytes', 2048, 2048, 'bytes'],
  ] as const)('shows %s', (_, unit, value, shown, id) => {
    const [frame] = buildTimeSeriesFrames([series({ unit, values: [value] })], options);
    expect([frame.fields[1].values, frame.fields[1].config.unit]).toEqual([[shown], id]);
  });

  it('says what is counted per second when it is not requests', () => {
    const [frame] = buildTimeSeriesFrames([series()], { ...options, ratesOf: 'spans' });
    expect(frame.fields[1].config.unit).toBe('count:spans/s');
  });

  it('leaves a gap where a value is no number, and where the step tells that one is missing', () => {
    const [frame] = buildTimeSeriesFrames([series({ values: [1, NaN, Infinity], step: fromMillis(60_000) })], options);
    expect(frame.fields[1].values).toEqual([1, null, null]);
    expect(frame.fields[0].config.interval).toBe(60_000);
    expect(checkFrames([frame])).toEqual([]);
  });

  it('carries its notices on the first frame, and on an empty one when there is no series', () => {
    const notices = [{ severity: 'info' as const, text: 'A sample of 20 traces.' }];
    const frames = buildTimeSeriesFrames([series(), series({ name: 'again' })], { ...options, notices });
    expect(frames.map(({ meta }) => meta?.notices)).toEqual([notices, undefined]);
    const empty = buildTimeSeriesFrames([], { ...options, notices });
    expect(empty.map(({ length, meta }) => [length, meta?.notices])).toEqual([[0, notices]]);
    expect(checkFrames(empty)).toEqual([]);
  });
});

describe('names in the legend', () => {
  const service = { key: 'service.name', value: 'checkout' };

  it.each<[string, Partial<MetricSeries>]>([
    ['checkout', { labels: [service] }],
    ['checkout p95', { labels: [service, { key: 'quantile', value: 0.95 }] }],
    ['checkout p99.9', { labels: [service, { key: 'quantile', value: '0.999' }] }],
    ['checkout POST /pay', { labels: [service, { key: 'operation', value: 'POST /pay' }] }],
    ['checkout error share', { labels: [service], name: 'error share' }],
    ['error share', { labels: [], name: 'error share' }],
    ['http.status_code=500', { labels: [{ key: 'http.status_code', value: 500 }] }],
    ['http.status_code=500', { labels: [{ key: 'http.status_code', value: '500' }] }],
    ['error=true', { labels: [{ key: 'error', value: true }] }],
    ['zone=""', { labels: [{ key: 'zone', value: '' }] }],
    ['Value', { labels: [] }],
  ])('%s', (name, overrides) => {
    expect(namesOf([series(overrides)])).toEqual([name]);
  });

  it('spells out the labels of those that would be called the same, and counts what is still the same', () => {
    const caller = series({ labels: [{ key: 'caller', value: 'cart' }] });
    const callee = series({ labels: [{ key: 'callee', value: 'cart' }] });
    expect(namesOf([caller, callee, series()])).toEqual(['caller=cart', 'callee=cart', 'checkout']);
    expect(namesOf([caller, caller])).toEqual(['caller=cart', 'caller=cart (2)']);
  });

  it('keeps a label called __proto__ a label', () => {
    const [frame] = buildTimeSeriesFrames([series({ labels: [{ key: '__proto__', value: 'x' }] })], options);
    expect(Object.entries(frame.fields[1].labels ?? {})).toEqual([['__proto__', 'x']]);
  });
});

describe('a panel with thresholds', () => {
  const colors = ({ unit, at, values }: { unit: MetricSeries['unit']; at: number; values: readonly number[] }) => {
    const steps = [
      { value: -Infinity, color: 'green' },
      { value: at, color: 'red' },
    ];
    const [{ fields }] = buildTimeSeriesFrames([series({ unit, values })], options);
    const panel: FieldConfig = { color: { mode: 'thresholds' }, thresholds: { mode: ThresholdsMode.Absolute, steps } };
    // What a data source says wins over the panel.
    const field = { ...fields[1], config: { ...panel, ...fields[1].config } };
    const display = getDisplayProcessor({ field, theme: createTheme() });
    const { green, red } = { green: display(-1).color, red: display(1e12).color };
    return values.map((_, row) => {
      const { text, suffix = '', color } = display(field.values[row]);
      return `${text}${suffix} ${color === green ? 'green' : color === red ? 'red' : 'other'}`;
    });
  };

  // The numbers are those that people write into such a panel for Prometheus.
  it.each([
    [
      'a share of errors',
      { unit: 'share', at: 0.05, values: [0, 0.049, 0.05, 1] },
      ['0% green', '4.90% green', '5% red', '100% red'],
    ],
    [
      'a duration',
      { unit: 'nanoseconds', at: 0.5, values: [499e6, 500e6, 2e9] },
      ['499 ms green', '500 ms red', '2 s red'],
    ],
    ['a rate', { unit: 'per-second', at: 10, values: [9.5, 10] }, ['9.50 req/s green', '10 req/s red']],
    ['a rate of a sample', { unit: 'per-minute', at: 10, values: [9.5, 10] }, ['9.50 req/m green', '10 req/m red']],
  ] as const)('draws %s against them', (_, given, texts) => {
    expect(colors(given)).toEqual(texts);
  });

  it.each(['share', 'nanoseconds', 'per-second', 'per-minute', 'count'] as const)(
    'decides alone how %s is bounded, rounded and colored',
    (unit) => {
      const [frame] = buildTimeSeriesFrames([series({ unit })], options);
      expect(Object.keys(frame.fields[1].config).sort()).toEqual(['displayNameFromDS', 'unit']);
    }
  );
});

describe('buildMetricTableFrame', () => {
  const cart = [{ key: 'service.name', value: 'cart' }];

  it('has a row per set of labels and a column per thing measured', () => {
    const frame = buildMetricTableFrame(
      [
        series({ name: 'Rate', values: [1.5] }),
        series({ name: 'p95', unit: 'nanoseconds', values: [1, 2_000_000_000] }),
        series({ name: 'Rate', labels: cart, values: [NaN] }),
      ],
      { refId: 'A' }
    );
    expect(`\n${frameToText(frame)}\n`).toBe(`
service.name | Rate | p95
checkout     | 1.5  | 2
cart         | -    | -
`);
    expect(frame.fields.map(({ config }) => config.unit)).toEqual([undefined, 'reqps', 's']);
    expect(checkFrames([frame])).toEqual([]);
  });

  it('keeps a label apart from a value of the same name', () => {
    const frame = buildMetricTableFrame([series({ labels: [{ key: 'Value', value: 'x' }], values: [1] })], {
      refId: 'A',
    });
    expect(frame.fields.map(({ name, values }) => [name, values])).toEqual([
      ['Value', ['x']],
      ['Value (reqps)', [1]],
    ]);
  });
});
