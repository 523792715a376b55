import { applyFieldOverrides, createTheme, getFieldDisplayName, type ScopedVars } from '@grafana/data';

import { checkFrames } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import type { MetricExemplar, MetricSeries } from '../model/metricSeries';
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

function exemplar(overrides: Partial<MetricExemplar> = {}): MetricExemplar {
  return { timeUnixNano: START, value: 5_000_000, traceId: 'abc'.padStart(32, '0'), labels: [], ...overrides };
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

describe('exemplars', () => {
  const latency = series({
    unit: 'nanoseconds',
    labels: [{ key: 'service.name', value: 'checkout' }],
    exemplars: [
      exemplar({ spanId: '00000000000000b1', labels: [{ key: 'region', value: 'eu' }] }),
      exemplar({ timeUnixNano: START + MINUTE, traceId: 'd'.repeat(32) }),
    ],
  });

  it('are one frame as the panels look for it, with the labels of their series', () => {
    const frames = buildTimeSeriesFrames([latency, series()], options);
    const dots = frames[2];
    expect(`\n${frameToText(dots)}\n`).toBe(`
Time                     | Value | traceID                          | spanID           | region | service.name
2024-01-02T03:04:00.000Z | 0.005 | 0000000000000abc                 | 00000000000000b1 | eu     | checkout
2024-01-02T03:05:00.000Z | 0.005 | dddddddddddddddddddddddddddddddd | -                | -      | checkout
`);
    expect(checkFrames(frames)).toEqual([]);
    expect(dots.meta?.dataTopic).toBe('annotations');
  });

  it('lead to their trace, half an hour around the dot', () => {
    const dots = buildTimeSeriesFrames([latency], options)[1];
    const [shown] = applyFieldOverrides({
      data: [dots],
      theme: createTheme(),
      fieldConfig: { defaults: {}, overrides: [] },
      replaceVariables: (text, scopedVars?: ScopedVars) => {
        const context = scopedVars?.__dataContext?.value;
        return context ? text.replace('${__value.raw}', context.field.values[context.rowIndex ?? -1]) : text;
      },
    });
    const [link] = shown.fields[2].getLinks?.({ valueRowIndex: 1 }) ?? [];
    const left = new URL(link.href, 'http://grafana.test').searchParams.get('left');
    const dotMs = Number((START + MINUTE) / 1_000_000n);
    expect(JSON.parse(left ?? '').queries).toEqual([
      expect.objectContaining({
        queryType: 'traceql',
        query: 'd'.repeat(32),
        fromMs: dotMs - 1_800_000,
        toMs: dotMs + 1_800_000,
      }),
    ]);
  });
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
