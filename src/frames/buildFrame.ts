import type { DataFrame, Field, QueryResultMeta } from '@grafana/data';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import type { Column } from './column';

export interface FrameHead {
  readonly name: string;
  /** Of the query that is answered: Explore finds the query of a span link or correlation by it. */
  readonly refId: string;
  readonly meta: QueryResultMeta;
}

/** Rows that are read column by column before the next ones: so many spans stay in the processor's cache. */
const BLOCK = 256;

/** One row of values per row, one field per column, in the order given. */
export function buildFrame<Row>(rows: readonly Row[], columns: ReadonlyArray<Column<Row>>, head: FrameHead): DataFrame {
  return runAtOnce(frameSteps(rows, columns, head));
}

/** `buildFrame` in steps. */
export function* frameSteps<Row>(
  rows: readonly Row[],
  columns: ReadonlyArray<Column<Row>>,
  head: FrameHead
): Steps<DataFrame> {
  const valuesByColumn = columns.map(() => new Array<unknown>(rows.length));
  for (let from = 0; from < rows.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows.length);
    columns.forEach((column, index) => fill(valuesByColumn[index], rows, column, from, to));
    if (to % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return {
    name: head.name,
    refId: head.refId,
    meta: head.meta,
    length: rows.length,
    fields: columns.map(({ name, type, config }, index): Field => {
      // Grafana writes into a field's config (display names, links): each field gets its own object.
      return { name, type, config: { ...config }, values: valuesByColumn[index] };
    }),
  };
}

function fill<Row>(values: unknown[], rows: readonly Row[], column: Column<Row>, from: number, to: number): void {
  for (let index = from; index < to; index++) {
    values[index] = column.read(rows[index], index);
  }
}
