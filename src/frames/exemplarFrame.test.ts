import { applyFieldOverrides, createTheme, type DataFrame, type ScopedVars } from '@grafana/data';

import { checkFrames } from '../../testkit/frameLaws';
import { frameToText } from '../../testkit/frameToText';
import type { MetricExemplar, MetricSeries } from '../model/metricSeries';
import { buildExemplarFrame } from './exemplarFrame';

const MINUTE = 60_000_000_000n;
const START = 1_704_164_640_000_000_000n;

const options = { refId: 'A', datasource: { uid: 'traces', name: 'Traces' } };

function exemplar(overrides: Partial<MetricExemplar> = {}): MetricExemplar {
  return { timeUnixNano: START, value: 5_000_000, traceId: 'abc'.padStart(32, '0'), labels: [], ...overrides };
}

function dotsOf(series: readonly MetricSeries[], ratesOf?: string): DataFrame {
  const frame = buildExemplarFrame(series, { ...options, ...(ratesOf && { ratesOf }) });
  if (!frame) {
    throw new Error('no dots');
  }
  return frame;
}

describe('exemplars', () => {
  const latency: MetricSeries = {
    unit: 'nanoseconds',
    labels: [{ key: 'service.name', value: 'checkout' }],
    exemplars: [
      exemplar({ spanId: '00000000000000b1', labels: [{ key: 'region', value: 'eu' }] }),
      exemplar({ timeUnixNano: START + MINUTE, traceId: 'd'.repeat(32) }),
    ],
    points: [],
  };

  it('are one frame as the panels look for it, with the labels of their series', () => {
    const dots = dotsOf([latency, { ...latency, exemplars: [] }]);
    expect(`\n${frameToText(dots)}\n`).toBe(`
Time                     | Value | traceID                          | spanID           | region | service.name
2024-01-02T03:04:00.000Z | 0.005 | 0000000000000abc                 | 00000000000000b1 | eu     | checkout
2024-01-02T03:05:00.000Z | 0.005 | dddddddddddddddddddddddddddddddd | -                | -      | checkout
`);
    expect(checkFrames([dots])).toEqual([]);
    expect(dots.meta?.dataTopic).toBe('annotations');
  });

  it('are counted in the unit of their series, and are no frame where there are none', () => {
    const rate: MetricSeries = { ...latency, unit: 'per-minute', exemplars: [exemplar({ value: 7 })] };
    const [, value] = dotsOf([rate], 'traces').fields;
    expect([value.values, value.config.unit]).toEqual([[7], 'count:traces/min']);
    expect(buildExemplarFrame([{ ...latency, exemplars: [] }], options)).toBeUndefined();
  });

  it('lead to the span that they are, where that is known', () => {
    const links = dotsOf([latency]).fields.find(({ name }) => name === 'spanID')?.config.links ?? [];
    expect(links.map(({ title }) => title)).toEqual(['Open span']);
    const [, plain] = latency.exemplars;
    expect(dotsOf([{ ...latency, exemplars: [plain] }]).fields.map(({ name }) => name)).not.toContain('spanID');
  });

  it('lead to their trace, half an hour around the dot', () => {
    const [shown] = applyFieldOverrides({
      data: [dotsOf([latency])],
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
