import type { DataFrame, DataFrameType } from '@grafana/data';
import { runAtOnce, sortSteps, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import type { Attributes } from '../model/attributes';
import { displayTraceId } from '../model/ids';
import type { Notice } from '../model/notice';
import { EXCEPTION_EVENT, EXCEPTION_MESSAGE, EXCEPTION_TYPE, SERVICE_NAME } from '../model/semconv';
import type { SpanEvent, Trace } from '../model/trace';
import { frameSteps } from './buildFrame';
import type { Column } from './column';
import { epochMillis } from './epochMillis';
import { FIELD_TYPE } from './fieldType';
import type { LinkTarget } from './links';
import { buildNotices } from './notices';
import { spanIdColumns, type TracedSpan } from './spanColumns';
import { buildTags } from './tags';

export interface EventFrameOptions {
  readonly refId: string;
  /** Where the span ids lead. */
  readonly datasource: LinkTarget;
  readonly notices?: readonly Notice[];
}

/** Span events as log lines, in the order of time (Grafana's data plane, `log-lines`). */
export function buildEventFrame(traces: readonly Trace[], options: EventFrameOptions): DataFrame {
  return runAtOnce(eventFrameSteps(traces, options));
}

/** `buildEventFrame` in steps. */
export function* eventFrameSteps(traces: readonly Trace[], options: EventFrameOptions): Steps<DataFrame> {
  const rows = yield* sortSteps(yield* eventRows(traces), (a, b) => a.timeMs - b.timeMs);
  const ids = spanIdColumns<Row>(rows, (row) => row, options.datasource);
  return yield* frameSteps(rows, [...LOG_COLUMNS, ids.spanId, ids.traceId], {
    name: 'Events',
    refId: options.refId,
    meta: {
      type: 'log-lines' as DataFrameType.LogLines,
      preferredVisualisationType: 'logs',
      notices: buildNotices(options.notices ?? []),
    },
  });
}

interface Row extends TracedSpan {
  readonly event: SpanEvent;
  /** Among the events of its span. */
  readonly index: number;
  readonly timeMs: number;
}

function* eventRows(traces: readonly Trace[]): Steps<Row[]> {
  const rows: Row[] = [];
  for (const trace of traces) {
    const toEpochMillis = epochMillis(trace.epochUnixNano);
    for (let i = 0; i < trace.spans.length; i++) {
      const span = trace.spans[i];
      span.events.forEach((event, index) =>
        rows.push({ trace, span, event, index, timeMs: toEpochMillis(event.time) })
      );
      if (i % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  return rows;
}

const LOG_COLUMNS: ReadonlyArray<Column<Row>> = [
  { name: 'timestamp', type: FIELD_TYPE.time, read: ({ timeMs }) => timeMs },
  { name: 'body', type: FIELD_TYPE.string, read: ({ event }) => bodyOf(event) },
  { name: 'severity', type: FIELD_TYPE.string, read: ({ event }) => severityOf(event) },
  {
    name: 'id',
    type: FIELD_TYPE.string,
    read: ({ trace, span, index }) => `${displayTraceId(trace.traceId)}-${span.spanId}-${index}`,
  },
  { name: 'labels', type: FIELD_TYPE.other, read: labelsOf },
];

/** Where instrumentations put what people read: OpenTelemetry's exceptions, and OpenTracing's log messages. */
const MESSAGE_KEYS = [EXCEPTION_MESSAGE, 'message'];
const LEVEL_KEYS = ['level', 'log.level', 'severity'];

/** The event's name and, where it has one, its message; everything else is in the labels. */
function bodyOf({ name, attributes }: SpanEvent): string {
  return [name, attributes.getString(EXCEPTION_TYPE), firstString(attributes, MESSAGE_KEYS)].filter(Boolean).join(': ');
}

function severityOf({ name, attributes }: SpanEvent): string {
  const level = firstString(attributes, LEVEL_KEYS);
  return level?.toLowerCase() ?? (name === EXCEPTION_EVENT || name === 'error' ? 'error' : 'info');
}

function firstString(attributes: Attributes, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = attributes.getString(key);
    if (text) {
      return text;
    }
  }
  return undefined;
}

/** The event's attributes as tags name them, so that no key can be one that every object inherits. */
function labelsOf({ span, event }: Row): Record<string, string> {
  const tags = buildTags(event.attributes).map(({ key, value }) => [key, String(value)] as const);
  return Object.fromEntries([...tags, [SERVICE_NAME, span.resource.serviceName], ['span.name', span.name]]);
}
