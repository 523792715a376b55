import type { DataFrame, Field, FieldType } from '@grafana/data';
import { FIELD_TYPE } from '../src/frames/fieldType';

export interface FrameTextOptions {
  /** Only these columns, in this order; all when missing. */
  readonly columns?: readonly string[];
}

/**
 * A frame as an aligned table, for tests that compare texts:
 *
 *     traceID | startTime                | duration
 *     a1      | 2024-01-02T03:04:05.000Z | 1500000
 *
 * `-` stands for a missing value, objects are printed as JSON, times as ISO in UTC; a column that is asked for and not
 * there is named as such.
 */
export function frameToText(frame: DataFrame, options: FrameTextOptions = {}): string {
  const names = options.columns ?? frame.fields.map((field) => field.name);
  const columns = names.map((name) => {
    const field = frame.fields.find((candidate) => candidate.name === name);
    return field ? [name, ...cellTexts(field, frame.length)] : [`${name} (no such column)`];
  });
  const widths = columns.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const lines = Array.from({ length: frame.length + 1 }, (_, row) =>
    columns
      .map((cells, index) => (cells[row] ?? '').padEnd(widths[index]))
      .join(' | ')
      .trimEnd()
  );
  return lines.join('\n');
}

function cellTexts(field: Field, length: number): string[] {
  return Array.from({ length }, (_, row) => cellText(field.values[row], field.type));
}

function cellText(value: unknown, type: FieldType): string {
  if (value === undefined || value === null) {
    return value === null ? 'null' : '-';
  }
  if (type === FIELD_TYPE.time && typeof value === 'number' && Number.isFinite(value)) {
    return new Date(value).toISOString();
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
