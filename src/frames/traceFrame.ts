import type { DataFrame, QueryResultMeta, TraceKeyValuePair, TraceLog } from '@grafana/data';
import { runAtOnce, type Steps } from '../model/cooperative';
import { isInheritedKey } from '../model/attributes';
import { displayTraceId, isSameTraceId } from '../model/ids';
import type { Notice } from '../model/notice';
import { ERROR, EXCEPTION_STACKTRACE, SERVICE_NAME } from '../model/semconv';
import { toMillis, type Nanoseconds } from '../model/time';
import type { Resource, Span, StatusCode, Trace } from '../model/trace';
import { buildFrame, frameSteps } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { epochMillis } from './epochMillis';
import { profilesLink, type ProfilesTarget } from './links';
import { buildNotices, warningNotices } from './notices';
import { SpanReferences } from './spanReferences';
import { buildTag, buildTags, clipText, isCut } from './tags';

export interface TraceFrameOptions {
  readonly refId: string;
  /** The id as the query spells it. Grafana focuses a span in place only where `query` equals the frame's trace id. */
  readonly displayTraceId?: string;
  /** Adds the "Related profiles" link to spans that carry a profile id. */
  readonly profiles?: ProfilesTarget;
  /** Format of the inspector's download button, by Grafana's name for it; its default is `otlp`. */
  readonly traceFormat?: string;
  readonly notices?: readonly Notice[];
}

/** Grafana's numbers for a span status (those of OTLP). Anything else, `null` included, crashes its span detail. */
const STATUS_NUMBER: Readonly<Record<StatusCode, 0 | 1 | 2>> = { unset: 0, ok: 1, error: 2 };

/** Grafana drops spans that start at 0, and throws when none is left; only a trace without any times starts there. */
const EARLIEST_SHOWN_MS = 0.001;

const NO_LOGS: TraceLog[] = [];
const NO_TAGS: TraceKeyValuePair[] = [];
const ERROR_TAG: TraceKeyValuePair[] = [{ key: ERROR, value: true }];

/**
 * The frame that Grafana's trace view reads, one row a span, columns looked up by exact name
 * (Grafana 12.4, packages/grafana-data/src/types/trace.ts and explore/TraceView/utils/transform.ts).
 */
export function buildTraceFrame(trace: Trace, options: TraceFrameOptions): DataFrame {
  return runAtOnce(traceFrameSteps(trace, options));
}

/** `buildTraceFrame` in steps. */
export function* traceFrameSteps(trace: Trace, options: TraceFrameOptions): Steps<DataFrame> {
  if (trace.spans.length === 0) {
    return buildNoTraceFrame({ ...options, notices: [...warningNotices(trace.warnings), ...(options.notices ?? [])] });
  }
  return yield* frameSteps(trace.spans, traceColumns(trace, options), {
    name: 'Trace',
    refId: options.refId,
    meta: traceMeta(options, trace.warnings),
  });
}

/** The one frame that Grafana's trace view accepts as "there is no trace": a single empty column of type `trace`. */
export function buildNoTraceFrame(options: Pick<TraceFrameOptions, 'refId' | 'notices'>): DataFrame {
  const columns: Array<Column<never>> = [{ name: 'trace', type: FIELD_TYPE.trace, read: () => undefined }];
  return buildFrame([], columns, { name: 'Trace', refId: options.refId, meta: traceMeta(options, []) });
}

function traceMeta(options: Omit<TraceFrameOptions, 'displayTraceId'>, warnings: readonly string[]): QueryResultMeta {
  return {
    preferredVisualisationType: 'trace',
    custom: { traceFormat: options.traceFormat ?? 'otlp' },
    notices: buildNotices([...warningNotices(warnings), ...(options.notices ?? [])]),
  };
}

function traceColumns(trace: Trace, options: TraceFrameOptions): Array<Column<Span>> {
  const traceId = shownTraceId(trace, options.displayTraceId);
  const toEpochMillis = epochMillis(trace.epochUnixNano);
  const references = new SpanReferences(trace, traceId);
  const serviceTags = memoize(buildServiceTags);
  const tagLinks = options.profiles ? [profilesLink(options.profiles)] : undefined;
  return [
    { name: 'traceID', type: FIELD_TYPE.string, read: () => traceId },
    { name: 'spanID', type: FIELD_TYPE.string, read: (span) => span.spanId },
    { name: 'parentSpanID', type: FIELD_TYPE.string, read: (span) => references.parentSpanId(span) },
    { name: 'operationName', type: FIELD_TYPE.string, read: (span) => clipText(span.name) },
    { name: 'serviceName', type: FIELD_TYPE.string, read: (span) => span.resource.serviceName },
    { name: 'kind', type: FIELD_TYPE.string, read: (span) => (span.kind === 'unspecified' ? undefined : span.kind) },
    { name: 'statusCode', type: FIELD_TYPE.number, read: (span) => STATUS_NUMBER[span.status.code] },
    {
      name: 'statusMessage',
      type: FIELD_TYPE.string,
      read: (span) => span.status.message && clipText(span.status.message),
    },
    { name: 'instrumentationLibraryName', type: FIELD_TYPE.string, read: (span) => span.scope?.name || undefined },
    {
      name: 'instrumentationLibraryVersion',
      type: FIELD_TYPE.string,
      read: (span) => span.scope?.version || undefined,
    },
    { name: 'traceState', type: FIELD_TYPE.string, read: (span) => span.traceState || undefined },
    { name: 'serviceTags', type: FIELD_TYPE.other, read: (span) => serviceTags(span.resource) },
    { name: 'startTime', type: FIELD_TYPE.number, read: (span) => toEpochMillis(span.start) || EARLIEST_SHOWN_MS },
    { name: 'duration', type: FIELD_TYPE.number, read: (span) => toMillis(span.duration) },
    { name: 'logs', type: FIELD_TYPE.other, read: (span) => buildLogs(span, toEpochMillis) },
    { name: 'references', type: FIELD_TYPE.other, read: (span) => references.references(span) },
    { name: 'tags', type: FIELD_TYPE.other, config: { links: tagLinks }, read: buildSpanTags },
    { name: 'warnings', type: FIELD_TYPE.other, read: buildWarnings },
    { name: 'stackTraces', type: FIELD_TYPE.other, read: buildStackTraces },
  ];
}

/**
 * Plain lower-case hex: links from spans to logs carry this id, and logs hold it in that form. Leading zeros stay as
 * the query has them.
 */
function shownTraceId(trace: Trace, asked: string | undefined): string {
  const spelling = asked?.toLowerCase();
  return spelling !== undefined && /^[0-9a-f]+$/.test(spelling) && isSameTraceId(spelling, trace.traceId)
    ? spelling
    : displayTraceId(trace.traceId);
}

/** Links to logs and metrics look for the service among these tags (Grafana 12.4, TraceView/createSpanLink.tsx:144). */
function buildServiceTags(resource: Resource): TraceKeyValuePair[] {
  const tags = buildTags(resource.attributes);
  return resource.attributes.has(SERVICE_NAME) ? tags : [{ key: SERVICE_NAME, value: resource.serviceName }, ...tags];
}

/** Span attributes, then what has no column: the scope's attributes and the error mark that exports read. */
function buildSpanTags(span: Span): TraceKeyValuePair[] {
  const tags = buildTags(span.attributes);
  const scopeEntries = span.scope?.attributes?.entries ?? [];
  const lacksErrorTag = span.status.code === 'error' && !span.attributes.has(ERROR);
  if (scopeEntries.length === 0 && !lacksErrorTag) {
    return tags;
  }
  // Exactly as long as they are: a list that is spread into another is made with room for sixteen more.
  return tags.concat(
    scopeEntries.map((entry) => buildTag({ ...entry, key: `otel.scope.${entry.key}` })),
    lacksErrorTag ? ERROR_TAG : NO_TAGS
  );
}

function buildLogs(span: Span, toEpochMillis: (offset: Nanoseconds) => number): TraceLog[] {
  if (span.events.length === 0) {
    return NO_LOGS;
  }
  return span.events.map((event) => ({
    timestamp: toEpochMillis(event.time),
    fields: buildTags(event.attributes),
    name: event.name,
  }));
}

/** Names and values that `buildTags` had to change are told. */
function buildWarnings(span: Span): string[] {
  const { attributes, events, warnings } = span;
  if (attributes.isPlain && events.every((event) => event.attributes.isPlain)) {
    return warnings as string[];
  }
  const renamed = attributes.entries
    .filter(({ key }) => isInheritedKey(key))
    .map(
      ({ key }) => `The attribute "${key}" is shown as "attribute.${key}": Grafana's trace view cannot hold that name.`
    );
  const cut = [attributes, ...events.map((event) => event.attributes)]
    .flatMap(({ isPlain, entries }) => (isPlain ? [] : entries.filter(isCut)))
    .map(({ key }) => `The value of "${key}" is too long to be shown whole. A download of the trace holds all of it.`);
  return renamed.length + cut.length === 0 ? (warnings as string[]) : [...warnings, ...renamed, ...cut];
}

function buildStackTraces(span: Span): string[] | undefined {
  let stackTraces: string[] | undefined;
  for (const event of span.events) {
    const stackTrace = event.attributes.getString(EXCEPTION_STACKTRACE);
    if (stackTrace) {
      (stackTraces ??= []).push(clipText(stackTrace));
    }
  }
  return stackTraces;
}

function memoize<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const valueByKey = new Map<Key, Value>();
  return (key) => {
    let value = valueByKey.get(key);
    if (value === undefined) {
      value = compute(key);
      valueByKey.set(key, value);
    }
    return value;
  };
}
