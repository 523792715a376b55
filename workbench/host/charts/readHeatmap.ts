import { DataFrameType, FieldType, getFieldDisplayName, type DataFrame, type Field } from '@grafana/data';
import { bucketBounds } from './bucketBounds';

export interface HeatmapCell {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly count: number;
}

/** What a heatmap frame says, whichever of Grafana's three shapes it has. */
export interface Heatmap {
  /** Cells that hold something. */
  readonly cells: readonly HeatmapCell[];
  readonly isTime: boolean;
  /** Base of the vertical axis when it is logarithmic. */
  readonly log?: number;
  /** Formats what is on the vertical axis; missing for buckets known by name alone. */
  readonly yField?: Field;
  readonly yNames?: readonly string[];
  readonly countField: Field;
}

/**
 * Reads `heatmap-cells` (dense with one bound for each axis, or sparse with both) and `heatmap-rows` (a column for each
 * bucket, named by its upper bound). Throws a sentence where Grafana's panel would say that something is missing.
 */
export function readHeatmap(frames: readonly DataFrame[]): Heatmap {
  const cells = frames.find(({ meta }) => meta?.type === DataFrameType.HeatmapCells);
  if (cells) {
    return readCells(cells);
  }
  const rows = frames.find(({ meta }) => meta?.type === DataFrameType.HeatmapRows) ?? frames[0];
  if (!rows) {
    throw new Error('There is no frame to draw.');
  }
  return readRows(rows);
}

function readCells(frame: DataFrame): Heatmap {
  const by = (name: string) => frame.fields.find((field) => field.name === name);
  const xField = by('xMin') ?? by('x') ?? by('xMax');
  const yField = by('yMin') ?? by('y') ?? by('yMax');
  const countField = frame.fields.find(({ name, type }) => type === FieldType.number && !/^[xy](Min|Max)?$/.test(name));
  if (!xField || !yField || !countField) {
    throw new Error('A heatmap of cells needs a column for x, one for y and one for the count.');
  }
  const scale = yField.config.custom?.scaleDistribution;
  const log = scale?.type === 'log' ? (scale.log ?? 10) : undefined;
  const xBounds = boundsOf(by('xMin'), by('x'), by('xMax'), false);
  const yBounds = boundsOf(by('yMin'), by('y'), by('yMax'), log !== undefined);
  const result: HeatmapCell[] = [];
  for (let row = 0; row < frame.length; row++) {
    const count = countField.values[row];
    if (count > 0) {
      const [x0, x1] = xBounds(row);
      const [y0, y1] = yBounds(row);
      result.push({ x0, x1, y0, y1, count });
    }
  }
  return { cells: result, isTime: xField.type === FieldType.time, log, yField, countField };
}

type Bounds = (row: number) => readonly [number, number];

function boundsOf(
  lower: Field | undefined,
  middle: Field | undefined,
  upper: Field | undefined,
  isLog: boolean
): Bounds {
  if (lower && upper) {
    return (row) => [lower.values[row], upper.values[row]];
  }
  const field = lower ?? middle ?? upper!;
  const at = lower ? 'lower' : middle ? 'middle' : 'upper';
  const byValue = bucketBounds(field.values, at, { width: isLog ? undefined : field.config.interval, isLog });
  return (row) => byValue.get(field.values[row])!;
}

function readRows(frame: DataFrame): Heatmap {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const buckets = frame.fields.filter(({ type }) => type === FieldType.number);
  if (!time || buckets.length === 0) {
    throw new Error('A heatmap of rows needs a time column and a number column for each bucket.');
  }
  const names = buckets.map((field) => getFieldDisplayName(field, frame));
  const uppers = names.map(Number);
  const isNumeric = uppers.every((value) => !Number.isNaN(value));
  const xBounds = bucketBounds(time.values, 'lower', { width: time.config.interval });
  const cells = buckets.flatMap((field, index) =>
    field.values.flatMap((count, row): HeatmapCell[] => {
      if (!(count > 0)) {
        return [];
      }
      const [x0, x1] = xBounds.get(time.values[row])!;
      const [y0, y1] = isNumeric ? [index === 0 ? 0 : uppers[index - 1], uppers[index]] : [index, index + 1];
      return [{ x0, x1, y0, y1, count }];
    })
  );
  return isNumeric
    ? { cells, isTime: true, yField: buckets[0], countField: buckets[0] }
    : { cells, isTime: true, yNames: names, countField: buckets[0] };
}
