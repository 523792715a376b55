import { FieldType, formattedValueToString, type DataFrame, type Field } from '@grafana/data';
import { namedLevel, type LogLevel } from './logLevel';

/** One row of a logs frame, as far as Grafana's log list shows it. */
export interface FrameLine {
  readonly id: string;
  readonly rowIndex: number;
  readonly timeMs: number;
  readonly line: string;
  readonly level: LogLevel;
  readonly labels: ReadonlyMap<string, string>;
}

export interface LogsFrame {
  readonly lines: readonly FrameLine[];
  /** The columns that are no part of the line: Grafana lists them, with their links, when a line is opened. */
  readonly fields: readonly Field[];
}

const COLUMNS = ['timestamp', 'body', 'severity', 'id', 'labels'];

/**
 * Reads a frame of the type `log-lines` as Grafana does (12.4, features/logs/logsFrame.ts, parseDataplaneLogsFrame):
 * columns by name and type. Throws in words where Grafana would show no line: without a time or a body.
 */
export function readLogsFrame(frame: DataFrame): LogsFrame {
  const column = (name: string, type: FieldType) =>
    frame.fields.find((field) => field.name === name && field.type === type);
  const required = (name: string, type: FieldType): Field => {
    const field = column(name, type);
    if (!field) {
      throw new Error(`The frame has no column "${name}" of type ${type}.`);
    }
    return field;
  };
  const timestamp = required('timestamp', FieldType.time);
  const body = required('body', FieldType.string);
  const severity = column('severity', FieldType.string);
  const id = column('id', FieldType.string);
  const labels = column('labels', FieldType.other);
  return {
    lines: Array.from({ length: frame.length }, (_, row) => ({
      id: String(id?.values[row] ?? row),
      rowIndex: row,
      timeMs: Number(timestamp.values[row]),
      line: String(body.values[row]),
      level: namedLevel(String(severity?.values[row] ?? '')),
      labels: new Map(Object.entries((labels?.values[row] ?? {}) as Record<string, string>)),
    })),
    fields: frame.fields.filter(({ name, config }) => !COLUMNS.includes(name) && !config.custom?.hidden),
  };
}

/** The value of a row as text, in the unit of its column; empty where there is none. */
export function fieldText(field: Field, row: number): string {
  const value: unknown = field.values[row];
  if (value === undefined || value === null) {
    return '';
  }
  return field.display ? formattedValueToString(field.display(value)) : String(value);
}
