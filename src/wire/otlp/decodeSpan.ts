import { Attributes } from '../../model/attributes';
import type { FlatEvent, FlatSpan } from '../../model/flatSpan';
import type { Resource, Scope, SpanKind, SpanLink, SpanStatus } from '../../model/trace';
import {
  fail,
  optionalObject,
  ReadError,
  readInt64,
  readList,
  readObject,
  readOptionalString,
  type JsonObject,
} from '../read';
import { AttributePool } from './AttributePool';
import { decodeAttributes } from './anyValue';
import { decodeSpanId, decodeTraceId, type IdEncoding } from './otlpIds';
import { SPAN_KINDS, STATUS_CODES } from './otlpJson';

export interface SpanDecoderOptions {
  readonly ids: IdEncoding;
  /** A span attribute in which a store hands over its own remarks: a list of strings. Shown as warnings, then hidden. */
  readonly warningsAttribute?: string;
  /** Span attributes that are bookkeeping of a store and no part of the span. */
  readonly hiddenAttributes?: readonly string[];
}

// Shared by the many spans without anything to say.
const UNSET: SpanStatus = { code: 'unset' };
const NO_EVENTS: readonly FlatEvent[] = [];
const NO_LINKS: readonly SpanLink[] = [];

/** Go's zero time, printed as an unsigned number: Jaeger up to 1.64 writes it for a time that is not set. */
const GO_ZERO_TIME = 11_651_379_494_838_206_464n;

/** One OTLP span at a time. Keeps the last trace id: in most bodies every span has the same. */
export class SpanDecoder {
  private lastRawTraceId = '';
  private lastTraceId = '';
  /** What there is to say about the span at hand: one list for all, as nearly all have nothing. */
  private readonly remarks: string[] = [];

  private readonly pool = new AttributePool();
  private readonly hiddenKeys: ReadonlySet<string>;

  constructor(private readonly options: SpanDecoderOptions) {
    const { warningsAttribute, hiddenAttributes = [] } = options;
    this.hiddenKeys = new Set(
      warningsAttribute === undefined ? hiddenAttributes : [warningsAttribute, ...hiddenAttributes]
    );
  }

  /** Throws a `ReadError` when the span has no usable id or a field of the wrong type. */
  decode(raw: unknown, resource: Resource, scope: Scope | undefined): FlatSpan {
    const span = readObject(raw);
    const remarks = this.remarks;
    if (remarks.length > 0) {
      remarks.length = 0;
    }
    const traceId = this.readTraceId(span);
    const spanId = this.readSpanId(span);
    const parentSpanId = this.readParentSpanId(span, remarks);
    const attributes = this.readAttributes(span, remarks);
    const events = this.readEvents(span, remarks);
    const links = this.readLinks(span, remarks);
    const kind = readKind(span, remarks);
    const status = readStatus(span, remarks);
    noteDropped(span, remarks);

    const rawStart = span.startTimeUnixNano ?? span.start_time_unix_nano;
    const rawEnd = span.endTimeUnixNano ?? span.end_time_unix_nano;
    let start = readTime(rawStart, 'startTimeUnixNano');
    let duration = nanosBetween(rawStart, rawEnd);
    if (duration === undefined) {
      const end = readTime(rawEnd, 'endTimeUnixNano');
      duration = start !== 0n && end !== 0n ? Number(end - start) : 0;
      if (start !== 0n && end === 0n) {
        remarks.push('The span has no end time; it is shown with a duration of 0.');
      } else if (start === 0n && end !== 0n) {
        start = end;
        remarks.push('The span has no start time; it is placed at its end.');
      }
    }

    return {
      traceId,
      spanId,
      parentSpanId,
      name: readOptionalString(span.name, 'name') ?? '',
      kind,
      status,
      startUnixNano: start,
      durationNano: duration,
      resource,
      scope,
      traceState: readOptionalString(span.traceState ?? span.trace_state, 'traceState') || undefined,
      attributes,
      events,
      links,
      warnings: remarks.length > 0 ? remarks.slice() : undefined,
    };
  }

  private readTraceId(span: JsonObject): string {
    const raw = span.traceId ?? span.trace_id;
    if (typeof raw !== 'string') {
      return fail('a trace id', raw, 'traceId');
    }
    if (raw !== this.lastRawTraceId) {
      this.lastTraceId = decodeTraceId(raw, this.options.ids) ?? fail('a trace id', raw, 'traceId');
      this.lastRawTraceId = raw;
    }
    return this.lastTraceId;
  }

  private readSpanId(span: JsonObject): string {
    const raw = span.spanId ?? span.span_id;
    const spanId = typeof raw === 'string' ? decodeSpanId(raw, this.options.ids) : undefined;
    return spanId ?? fail('a span id', raw, 'spanId');
  }

  /** Empty and all-zero ids say that there is no parent. */
  private readParentSpanId(span: JsonObject, remarks: string[]): string | undefined {
    const raw = span.parentSpanId ?? span.parent_span_id;
    if (raw === undefined || raw === null || raw === '') {
      return undefined;
    }
    const parentSpanId = typeof raw === 'string' ? decodeSpanId(raw, this.options.ids) : undefined;
    if (parentSpanId === undefined && !/^[0A]+=*$/.test(String(raw))) {
      remarks.push(`The parent of the span is left out: ${JSON.stringify(raw).slice(0, 60)} is no span id.`);
    }
    return parentSpanId;
  }

  private readAttributes(span: JsonObject, remarks: string[]): Attributes {
    const attributes = decodeAttributes(readList(span.attributes, 'attributes'), remarks, this.pool);
    return this.hiddenKeys.size === 0 ? attributes : this.hideAttributes(attributes, remarks);
  }

  private hideAttributes(attributes: Attributes, remarks: string[]): Attributes {
    const { entries } = attributes;
    if (!entries.some(({ key }) => this.hiddenKeys.has(key))) {
      return attributes;
    }
    const { warningsAttribute } = this.options;
    for (const { value } of entries.filter(({ key }) => key === warningsAttribute)) {
      remarks.push(...(Array.isArray(value) ? value : [value]).map(String));
    }
    return Attributes.from(entries.filter(({ key }) => !this.hiddenKeys.has(key)));
  }

  private readEvents(span: JsonObject, remarks: string[]): readonly FlatEvent[] {
    const list = readList(span.events, 'events');
    return list.length === 0
      ? NO_EVENTS
      : readSound(list, 'An event', remarks, (item) => this.readEvent(item, remarks));
  }

  private readEvent(item: unknown, remarks: string[]): FlatEvent {
    const event = readObject(item);
    return {
      name: readOptionalString(event.name, 'name') ?? '',
      timeUnixNano: readTime(event.timeUnixNano ?? event.time_unix_nano, 'timeUnixNano'),
      attributes: decodeAttributes(readList(event.attributes, 'attributes'), remarks, this.pool),
    };
  }

  private readLinks(span: JsonObject, remarks: string[]): readonly SpanLink[] {
    const list = readList(span.links, 'links');
    return list.length === 0 ? NO_LINKS : readSound(list, 'A link', remarks, (item) => this.readLink(item, remarks));
  }

  private readLink(item: unknown, remarks: string[]): SpanLink {
    const link = readObject(item);
    const rawTraceId = link.traceId ?? link.trace_id;
    const traceId = typeof rawTraceId === 'string' ? decodeTraceId(rawTraceId, this.options.ids) : undefined;
    return {
      traceId: traceId ?? fail('a trace id', rawTraceId, 'traceId'),
      spanId: this.readSpanId(link),
      traceState: readOptionalString(link.traceState ?? link.trace_state, 'traceState') || undefined,
      attributes: decodeAttributes(readList(link.attributes, 'attributes'), remarks, this.pool),
    };
  }
}

/** The items that can be read; each other one leaves a sentence. */
function readSound<T>(list: readonly unknown[], what: string, remarks: string[], read: (item: unknown) => T): T[] {
  // Sized once: a list that grows by pushing starts with room for seventeen, and most have one item.
  const sound = new Array<T>(list.length);
  let size = 0;
  for (let index = 0; index < list.length; index++) {
    try {
      sound[size] = read(list[index]);
      size++;
    } catch (error) {
      if (!(error instanceof ReadError)) {
        throw error;
      }
      remarks.push(`${what} of the span is left out: ${error.message}`);
    }
  }
  sound.length = size;
  return sound;
}

/** So many digits have all times from 2001 to 2286. */
const TIME_DIGITS = 19;
/** The last digits, which fit a double exactly; the others change every eleven days. */
const CHANGING_DIGITS = 15;

/**
 * The difference of two times as they nearly always are, digits that begin alike, without a 64-bit integer for the
 * second one. Undefined for anything else.
 */
function nanosBetween(start: unknown, end: unknown): number | undefined {
  if (typeof start !== 'string' || typeof end !== 'string') {
    return undefined;
  }
  if (start.length !== TIME_DIGITS || end.length !== TIME_DIGITS) {
    return undefined;
  }
  let difference = 0;
  for (let i = 0; i < TIME_DIGITS; i++) {
    const endDigit = end.charCodeAt(i) - 0x30;
    const digitDifference = endDigit - (start.charCodeAt(i) - 0x30);
    const isSame = digitDifference === 0;
    if (endDigit < 0 || endDigit > 9 || (!isSame && i < TIME_DIGITS - CHANGING_DIGITS)) {
      return undefined;
    }
    difference = difference * 10 + digitDifference;
  }
  return difference;
}

/** `0n` for a time that is missing, empty, before 1970 or Go's zero. */
function readTime(raw: unknown, key: string): bigint {
  if (raw === undefined || raw === null || raw === '') {
    return 0n;
  }
  const time = readInt64(raw, key);
  return time < 0n || time === GO_ZERO_TIME ? 0n : time;
}

function readKind(span: JsonObject, remarks: string[]): SpanKind {
  const raw = span.kind ?? 0;
  const kind = readEnum(raw, SPAN_KINDS, 'SPAN_KIND_');
  if (kind === undefined) {
    remarks.push(`The span's kind ${JSON.stringify(raw).slice(0, 60)} is not known here; it is shown without a kind.`);
  }
  return kind ?? 'unspecified';
}

function readStatus(span: JsonObject, remarks: string[]): SpanStatus {
  const status = optionalObject(span, 'status');
  if (status === undefined) {
    return UNSET;
  }
  const raw = status.code ?? 0;
  const code = readEnum(raw, STATUS_CODES, 'STATUS_CODE_');
  if (code === undefined) {
    remarks.push(`The span's status code ${JSON.stringify(raw).slice(0, 60)} is not known here; it is shown as unset.`);
  }
  const message = readOptionalString(status.message, 'message') || undefined;
  return message === undefined && (code === undefined || code === 'unset') ? UNSET : { code: code ?? 'unset', message };
}

/** A number, or protobuf's name for it; undefined when it is neither. */
function readEnum<T extends string>(raw: unknown, values: readonly T[], prefix: string): T | undefined {
  if (typeof raw === 'number') {
    return values[raw];
  }
  const name = typeof raw === 'string' && raw.startsWith(prefix) ? raw.slice(prefix.length).toLowerCase() : undefined;
  return values.find((value) => value === name);
}

/** What the instrumentation itself had to drop: the trace is less than complete, and the reader should know. */
function noteDropped(span: JsonObject, remarks: string[]): void {
  noteCount(span.droppedAttributesCount ?? span.dropped_attributes_count, 'attributes', remarks);
  noteCount(span.droppedEventsCount ?? span.dropped_events_count, 'events', remarks);
  noteCount(span.droppedLinksCount ?? span.dropped_links_count, 'links', remarks);
}

function noteCount(count: unknown, what: string, remarks: string[]): void {
  if (typeof count === 'number' && count > 0) {
    remarks.push(`The instrumentation dropped ${count} of the span’s ${what}.`);
  }
}
