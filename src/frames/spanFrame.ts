import type { DataFrame } from '@grafana/data';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { readAttribute } from '../analysis/groupKey';
import { computeSelfTime } from '../analysis/selfTime';
import type { SpanTest } from '../model/matchSpan';
import type { Notice } from '../model/notice';
import type { Trace } from '../model/trace';
import { attributeColumnSteps } from './attributeColumn';
import { frameSteps } from './buildFrame';
import type { Column } from './column';
import { epochMillis } from './epochMillis';
import { FIELD_TYPE } from './fieldType';
import type { LinkTarget } from './links';
import { buildNotices } from './notices';
import { spanIdColumns, type TracedSpan } from './spanColumns';
import { tableConfig } from './tableConfig';

export interface SpanFrameOptions {
  readonly refId: string;
  /** Where the span ids lead. */
  readonly datasource: LinkTarget;
  /** Keys that get a column each: of the span's attributes, else of its resource's. */
  readonly attributes?: readonly string[];
  /** Which spans are shown; missing means all. */
  readonly keepsSpan?: SpanTest;
  readonly notices?: readonly Notice[];
}

/** Spans as a table: one row a span, in the order of their traces. */
export function buildSpanFrame(traces: readonly Trace[], options: SpanFrameOptions): DataFrame {
  return runAtOnce(spanFrameSteps(traces, options));
}

/** `buildSpanFrame` in steps. */
export function* spanFrameSteps(traces: readonly Trace[], options: SpanFrameOptions): Steps<DataFrame> {
  const rows: Row[] = [];
  let seen = 0;
  for (const trace of traces) {
    const toEpochMillis = epochMillis(trace.epochUnixNano);
    for (const span of trace.spans) {
      if (options.keepsSpan?.(span) ?? true) {
        rows.push({ trace, span, startMs: toEpochMillis(span.start) });
      }
      if (++seen % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  const ids = spanIdColumns<Row>(rows, (row) => row, options.datasource);
  const taken = new Set([ids.spanId, ...SPAN_COLUMNS, ids.traceId].map(({ name }) => name));
  const asked: Array<Column<Row>> = [];
  for (const key of new Set(options.attributes ?? [])) {
    asked.push(yield* attributeColumnSteps<Row>(key, taken, rows, ({ span }) => readAttribute(span, key)));
  }
  return yield* frameSteps(rows, [ids.spanId, ...SPAN_COLUMNS, ...asked, ids.traceId], {
    name: 'Spans',
    refId: options.refId,
    meta: { preferredVisualisationType: 'table', notices: buildNotices(options.notices ?? []) },
  });
}

interface Row extends TracedSpan {
  readonly startMs: number;
}

const SPAN_COLUMNS: ReadonlyArray<Column<Row>> = [
  {
    name: 'startTime',
    type: FIELD_TYPE.time,
    config: tableConfig('Start time', { width: 200 }),
    read: ({ startMs }) => startMs,
  },
  {
    name: 'service',
    type: FIELD_TYPE.string,
    config: tableConfig('Service', { width: 130 }),
    read: ({ span }) => span.resource.serviceName,
  },
  {
    name: 'operation',
    type: FIELD_TYPE.string,
    config: tableConfig('Operation', { width: 230 }),
    read: ({ span }) => span.name,
  },
  {
    name: 'duration',
    type: FIELD_TYPE.number,
    config: tableConfig('Duration', { unit: 'ns', width: 110 }),
    read: ({ span }) => span.duration,
  },
  {
    name: 'selfTime',
    type: FIELD_TYPE.number,
    config: tableConfig('Self time', { unit: 'ns', width: 110 }),
    read: ({ span }) => computeSelfTime(span),
  },
  {
    name: 'kind',
    type: FIELD_TYPE.string,
    config: tableConfig('Kind', { width: 90 }),
    read: ({ span }) => (span.kind === 'unspecified' ? undefined : span.kind),
  },
  {
    name: 'status',
    type: FIELD_TYPE.string,
    config: tableConfig('Status', { width: 80 }),
    read: ({ span }) => span.status.code,
  },
  {
    name: 'statusMessage',
    type: FIELD_TYPE.string,
    config: tableConfig('Status message'),
    read: ({ span }) => span.status.message,
  },
];
