import { displayTraceId } from '../model/ids';
import type { Span, Trace } from '../model/trace';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { spanLink, type LinkTarget } from './links';
import { lookupWindows } from './searchFrame';
import { tableConfig } from './tableConfig';

/** A span and the trace it is in: a span alone knows neither its trace's id nor what its times count from. */
export interface TracedSpan {
  readonly trace: Trace;
  readonly span: Span;
}

export const TRACE_ID_COLUMN = 'traceID';
export const SPAN_ID_COLUMN = 'spanID';

/**
 * Two columns that lead to a span of each row: its id, which opens the trace at that span, and the id of the trace, in
 * which the link looks.
 */
export function spanIdColumns<Row>(
  rows: readonly Row[],
  read: (row: Row) => TracedSpan,
  datasource: LinkTarget,
  titles: { readonly span: string; readonly trace: string } = { span: 'Span ID', trace: 'Trace ID' }
): { readonly spanId: Column<Row>; readonly traceId: Column<Row> } {
  const traces = new Set(rows.map((row) => read(row).trace));
  const windows = lookupWindows(
    [...traces].map(({ traceId, epochUnixNano, duration }) => ({ traceId, startUnixNano: epochUnixNano, duration }))
  );
  return {
    spanId: {
      name: SPAN_ID_COLUMN,
      type: FIELD_TYPE.string,
      config: {
        ...tableConfig(titles.span, { width: 170 }),
        links: [spanLink(datasource, windows, TRACE_ID_COLUMN, 'Open span')],
      },
      read: (row) => read(row).span.spanId,
    },
    traceId: {
      name: TRACE_ID_COLUMN,
      type: FIELD_TYPE.string,
      config: tableConfig(titles.trace, { width: 290 }),
      read: (row) => displayTraceId(read(row).trace.traceId),
    },
  };
}
