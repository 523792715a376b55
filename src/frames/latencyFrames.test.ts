import { getHistogramFields, type DataFrame } from '@grafana/data';

import { checkFrames } from '../../testkit/frameLaws';
import type { Observation } from '../analysis/sampleSeries';
import { fromMillis } from '../model/time';
import { buildHeatmapFrame, buildHistogramFrame } from './latencyFrames';

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
