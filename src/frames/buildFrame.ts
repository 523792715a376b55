import type { DataFrame, Field, QueryResultMeta } from '@grafana/data';
import type { Column } from './column';

export interface FrameHead {
  readonly name: string;
  /** Of the query that is answered: Explore finds the query of a span link or correlation by it. */
  readonly refId: string;
  readonly meta: QueryResultMeta;
}

/** One row of values per row, one field per column, in the order given. */
export function buildFrame<Row>(rows: readonly Row[], columns: ReadonlyArray<Column<Row>>, head: FrameHead): DataFrame {
  return {
    name: head.name,
    refId: head.refId,
    meta: head.meta,
    length: rows.length,
    fields: columns.map((column) => buildField(rows, column)),
  };
}

function buildField<Row>(rows: readonly Row[], column: Column<Row>): Field {
  const values: unknown[] = new Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    values[index] = column.read(rows[index], index);
  }
  // Grafana writes into a field's config (it adds display names and links): each field gets its own object.
  return { name: column.name, type: column.type, config: { ...column.config }, values };
}
