import { checkFrames } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import type { MetricSeries } from '../model/metricSeries';
import { buildExemplarFrame } from './exemplarFrame';

const options = { refId: 'A', datasource: { uid: 'traces', name: 'Traces' } };
const START = 1_772_366_400_000_000_000n;

const series = (service: string, exemplars: MetricSeries['exemplars']): MetricSeries => ({
  labels: [{ key: 'service.name', value: service }],
  unit: 'nanoseconds',
  points: [],
  exemplars,
});

it('has a dot for each exemplar of each series, with the labels that the legend hides by', () => {
  const frame = buildExemplarFrame(
    [
      series('cart', [
        { timeUnixNano: START, value: 2_500_000_000, traceId: 'a'.repeat(32), labels: [{ key: 'pod', value: 'c-1' }] },
      ]),
      series('pay', [
        {
          timeUnixNano: START + 1_000_000_000n,
          value: 4_000_000,
          traceId: '0'.repeat(16) + 'b'.repeat(16),
          spanId: 'c'.repeat(16),
          labels: [{ key: 'service.name', value: 'what the dot says' }],
        },
      ]),
    ],
    options
  )!;
  const [cart, pay] = ['a'.repeat(32), 'b'.repeat(16)];
  expect(`\n${frameToText(frame)}\n`).toBe(`
Time                     | Value | traceID                          | spanID           | pod | service.name
2026-03-01T12:00:00.000Z | 2.5   | ${cart} | -                | c-1 | cart
2026-03-01T12:00:01.000Z | 0.004 | ${pay}                 | cccccccccccccccc | -   | pay
`);
  expect(frame).toMatchObject({ name: 'exemplar', meta: { dataTopic: 'annotations' } });
  const links = frame.fields.flatMap(({ name, config }) => (config.links ?? []).map(({ title }) => [name, title]));
  expect(links).toEqual([
    ['traceID', 'Open trace'],
    ['spanID', 'Open span'],
  ]);
  expect(checkFrames([frame])).toEqual([]);
});

it('is none without exemplars', () => {
  expect(buildExemplarFrame([series('cart', [])], options)).toBeUndefined();
});
