import type { FieldConfig, FieldType } from '@grafana/data';

/** A field before it exists: what it is called, what it holds and how one row fills it. */
export interface Column<Row> {
  readonly name: string;
  readonly type: FieldType;
  readonly config?: FieldConfig;
  /** A value of `type`; `undefined` where the row has none. */
  read(row: Row, index: number): unknown;
}
