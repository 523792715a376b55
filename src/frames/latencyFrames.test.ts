import { applyFieldOverrides, createTheme, getHistogramFields, type DataFrame, type ScopedVars } from '@grafana/data';

import { checkFrames } from '../../testkit/frameLaws';
import type { Observation } from '../analysis/sampleSeries';
import type { TraceSummary } from '../model/summary';
import { fromMillis, nanoseconds } from '../model/time';
import { buildHeatmapFrame, buildHistogramFrame } from './latencyFrames';
import { buildScatterFrames } from './scatterFrames';

const START = 1_772_366_400_000_000_000n;
const MINUTE = fromMillis(60_000);
const options = { refId: 'A', notices: [{ severity: 'info' as const, text: 'A sample.' }] };

function seen(minute: number, millis: number, isError?: boolean): Observation {
  const startUnixNano = START + BigInt(minute) * 60_000_000_000n;
  return {
    traceId: 'a'.repeat(32),
    startUnixNano,
    duration: fromMillis(millis),
    ...(isError !== undefined && { isError }),
  };
}

const column = (frame: DataFrame, name: string) => frame.fields.find((field) => field.name === name)?.values ?? [];

describe('buildHistogramFrame', () => {
  const sample = [seen(0, 1, false), seen(0, 1, true), seen(1, 1.1, false), seen(2, 8, false), seen(2, 0, false)];

  it('has buckets that touch and grow by one factor, as the panel reads them', () => {
    const frame = buildHistogramFrame(sample, options);
    const [xMin, xMax] = [column(frame, 'xMin'), column(frame, 'xMax')];
    expect(xMin.slice(1)).toEqual(xMax.slice(0, -1));
    expect(xMax.every((to, row) => Math.abs(to / xMin[row] - Math.SQRT2) < 1e-9)).toBe(true);
    expect(getHistogramFields(frame)?.counts.map(({ name }) => name)).toEqual(['Without errors', 'With errors']);
    expect(checkFrames([frame])).toEqual([]);
  });

  it('counts every trace once, in the bucket of its duration', () => {
    const frame = buildHistogramFrame(sample, options);
    const total = (name: string) => column(frame, name).reduce((sum, count) => sum + count, 0);
    expect([total('Without errors'), total('With errors')]).toEqual([4, 1]);
    const row = column(frame, 'With errors').indexOf(1);
    expect(column(frame, 'xMin')[row]).toBeLessThanOrEqual(0.001);
    expect(column(frame, 'xMax')[row]).toBeGreaterThan(0.001);
  });

  it('counts traces alone where nothing is known of errors, and none at all', () => {
    expect(column(buildHistogramFrame([seen(0, 5)], options), 'Traces')).toEqual([1]);
    expect(buildHistogramFrame([], options)).toMatchObject({ length: 0, meta: { notices: options.notices } });
  });
});

describe('buildHeatmapFrame', () => {
  it('counts by step and bucket, in order, and names the end of each step', () => {
    const frame = buildHeatmapFrame([seen(1, 8), seen(0, 1), seen(0, 1), seen(0, 3)], MINUTE, options);
    const startMs = Number(START / 1_000_000n);
    expect(column(frame, 'xMax')).toEqual([startMs + 60_000, startMs + 60_000, startMs + 120_000]);
    expect(column(frame, 'count')).toEqual([2, 1, 1]);
    expect(frame.meta).toMatchObject({ type: 'heatmap-cells', preferredVisualisationPluginId: 'heatmap' });
    expect(frame.fields[0].config.interval).toBe(60_000);
    expect(checkFrames([frame])).toEqual([]);
  });
});

describe('buildScatterFrames', () => {
  const summary = (index: number, errorCount: number): TraceSummary => ({
    traceId: `${index}`.repeat(32),
    startUnixNano: START - BigInt(index) * 1_000_000_000n,
    duration: nanoseconds(index * 1_000_000),
    rootServiceName: 'web',
    spanCount: 1,
    errorCount,
    services: [],
  });
  const frames = () => buildScatterFrames([summary(1, 0), summary(2, 1), summary(3, 0)], { ...options, datasource });
  const datasource = { uid: 'traces', name: 'Traces' };

  it('is a series of sound traces and one of those with errors, in the order of time', () => {
    expect(frames().map(({ name, fields }) => [name, fields[1].values, fields[1].config.unit])).toEqual([
      ['Traces', [0.003, 0.001], 's'],
      ['Traces with errors', [0.002], 's'],
    ]);
    expect(checkFrames(frames())).toEqual([]);
  });

  it('leads from a dot to its trace', () => {
    const [, shown] = applyFieldOverrides({
      data: frames(),
      theme: createTheme(),
      fieldConfig: { defaults: {}, overrides: [] },
      replaceVariables: (text, scopedVars?: ScopedVars) => {
        const context = scopedVars?.__dataContext?.value;
        const id = context?.frame.fields[2].values[context.rowIndex ?? -1];
        return text.replace('${__data.fields.traceID}', id);
      },
    });
    const [link] = shown.fields[1].getLinks?.({ valueRowIndex: 0 }) ?? [];
    const left = JSON.parse(new URL(link.href, 'http://grafana.test').searchParams.get('left') ?? '');
    const dotMs = Number(START / 1_000_000n) - 2_000;
    expect(left.queries).toEqual([
      expect.objectContaining({ queryType: 'traceql', query: '2'.repeat(32), fromMs: dotMs - 1_800_000 }),
    ]);
  });
});
