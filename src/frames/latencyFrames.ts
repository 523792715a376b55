import type { DataFrame, DataFrameType, FieldConfig, QueryResultMeta } from '@grafana/data';

import { bucketBounds, bucketOf } from '../analysis/durationBuckets';
import type { Observation } from '../analysis/sampleSeries';
import { toMillis, toSeconds, unixMillis, type Nanoseconds } from '../model/time';
import type { Notice } from '../model/notice';
import { buildFrame } from './buildFrame';
import { FIELD_TYPE } from './fieldType';
import { buildNotices } from './notices';

export interface LatencyFrameOptions {
  readonly refId: string;
  readonly notices: readonly Notice[];
}

const SECONDS: FieldConfig = { unit: 's' };

interface Bar {
  readonly index: number;
  readonly sound: number;
  readonly failed: number;
}

/** How many traces took how long, for Grafana's histogram panel: buckets that grow by a factor, without holes. */
export function buildHistogramFrame(observations: readonly Observation[], options: LatencyFrameOptions): DataFrame {
  const bars = barsOf(observations);
  const knowsErrors = observations.some(({ isError }) => isError !== undefined);
  const count = (name: string, color: string, read: (bar: Bar) => number) => ({
    name,
    type: FIELD_TYPE.number,
    config: { displayNameFromDS: name, unit: 'short', color: { mode: 'fixed', fixedColor: color } },
    read,
  });
  return buildFrame(
    bars,
    [
      {
        name: 'xMin',
        type: FIELD_TYPE.number,
        config: SECONDS,
        read: ({ index }) => toSeconds(bucketBounds(index).from),
      },
      {
        name: 'xMax',
        type: FIELD_TYPE.number,
        config: SECONDS,
        read: ({ index }) => toSeconds(bucketBounds(index).to),
      },
      ...(knowsErrors
        ? [count('Without errors', 'green', ({ sound }) => sound), count('With errors', 'red', ({ failed }) => failed)]
        : [count('Traces', 'blue', ({ sound }) => sound)]),
    ],
    { name: 'Durations', refId: options.refId, meta: metaFor('histogram', 'histogram', options) }
  );
}

interface Cell {
  readonly step: bigint;
  readonly index: number;
  count: number;
}

/** How many traces took how long in each step of time, for Grafana's heatmap panel; empty cells are left out. */
export function buildHeatmapFrame(
  observations: readonly Observation[],
  step: Nanoseconds,
  options: LatencyFrameOptions
): DataFrame {
  const width = BigInt(Math.round(step));
  const cells = new Map<string, Cell>();
  for (const { startUnixNano, duration } of observations) {
    const cell = { step: startUnixNano / width, index: bucketOf(duration), count: 0 };
    const key = `${cell.step} ${cell.index}`;
    const known = cells.get(key) ?? cell;
    known.count++;
    cells.set(key, known);
  }
  const ordered = [...cells.values()].sort((a, b) => Number(a.step - b.step) || a.index - b.index);
  const seconds = { ...SECONDS, custom: { scaleDistribution: { type: 'log', log: 2 } } };
  return buildFrame(
    ordered,
    [
      {
        name: 'xMax',
        type: FIELD_TYPE.time,
        config: { interval: toMillis(step) },
        read: (cell) => unixMillis((cell.step + 1n) * width),
      },
      {
        name: 'yMin',
        type: FIELD_TYPE.number,
        config: seconds,
        read: ({ index }) => toSeconds(bucketBounds(index).from),
      },
      {
        name: 'yMax',
        type: FIELD_TYPE.number,
        config: seconds,
        read: ({ index }) => toSeconds(bucketBounds(index).to),
      },
      {
        name: 'count',
        type: FIELD_TYPE.number,
        config: { displayNameFromDS: 'Traces', unit: 'short' },
        read: ({ count }) => count,
      },
    ],
    { name: 'Durations', refId: options.refId, meta: metaFor('heatmap', 'heatmap-cells', options) }
  );
}

/** Explore draws a frame with the panel that it names (Grafana 12.4, explore/Explore.tsx, renderCustom). */
export function metaFor(panel: string, type: string | undefined, { notices }: LatencyFrameOptions): QueryResultMeta {
  return {
    ...(type === undefined ? {} : { type: type as DataFrameType }),
    preferredVisualisationPluginId: panel,
    notices: buildNotices(notices),
  };
}

function barsOf(observations: readonly Observation[]): Bar[] {
  const indexes = observations.map(({ duration }) => bucketOf(duration));
  if (indexes.length === 0) {
    return [];
  }
  const lowest = Math.min(...indexes);
  const bars = Array.from({ length: Math.max(...indexes) - lowest + 1 }, (_, at) => ({
    index: lowest + at,
    sound: 0,
    failed: 0,
  }));
  observations.forEach(({ isError }, at) => {
    bars[indexes[at] - lowest][isError ? 'failed' : 'sound']++;
  });
  return bars;
}
