import { buildHistogram, getHistogramFields, type DataFrame, type Field } from '@grafana/data';

export interface HistogramBucket {
  readonly x0: number;
  readonly x1: number;
  readonly counts: readonly number[];
}

export interface Histogram {
  readonly buckets: readonly HistogramBucket[];
  readonly xField: Field;
  /** In the order of `counts`. */
  readonly countFields: readonly Field[];
}

interface BucketOptions {
  readonly bucketCount?: number;
  readonly bucketSize?: number;
  readonly combine?: boolean;
}

/**
 * A frame with buckets as it is, else buckets counted from the numbers of all frames by @grafana/data, as Grafana's
 * histogram panel does. Undefined when there is no number to count.
 */
export function readHistogram(frames: readonly DataFrame[], options: BucketOptions = {}): Histogram | undefined {
  const ready = frames.length === 1 ? getHistogramFields(frames[0]) : undefined;
  const fields = ready ?? buildHistogram([...frames], options);
  if (!fields || fields.counts.length === 0) {
    return undefined;
  }
  const { xMin, xMax, counts } = fields;
  const buckets = xMin.values.map((x0: number, row: number) => ({
    x0,
    x1: xMax.values[row],
    counts: counts.map(({ values }) => values[row] ?? 0),
  }));
  return { buckets, xField: xMin, countFields: counts };
}
