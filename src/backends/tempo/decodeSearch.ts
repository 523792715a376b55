import { Attributes, type Attribute } from '../../model/attributes';
import { normalizeSpanId, normalizeTraceId } from '../../model/ids';
import type { MatchedSpan, ServiceCount, TraceSummary } from '../../model/summary';
import { fromMillis, nanoseconds } from '../../model/time';
import { decodeKeyValue } from '../../wire/otlp/anyValue';
import {
  fail,
  int64Field,
  isJsonObject,
  listField,
  optionalObject,
  optionalString,
  readEach,
  readInteger,
  readObject,
  stringField,
  type JsonObject,
} from '../../wire/read';

export type FoundTrace = TraceSummary;

/** What Tempo writes in place of the root's service while the root has not arrived. */
const NO_ROOT = '<root span not yet received>';

/** `/api/search`. Numbers that are zero and empty texts are left out by the server, and read as what they are. */
export function decodeSearch(body: unknown): readonly FoundTrace[] {
  const answer = readObject(body);
  if (answer.traces === undefined && answer.metrics === undefined && Object.keys(answer).length > 0) {
    fail('an object with "traces"', body);
  }
  return readEach(answer, 'traces', decodeFoundTrace);
}

function decodeFoundTrace(item: unknown): FoundTrace {
  const trace = readObject(item);
  const text = stringField(trace, trace.traceID === undefined ? 'traceId' : 'traceID');
  const rootServiceName = optionalString(trace, 'rootServiceName');
  const services = trace.serviceStats === undefined ? undefined : decodeServices(trace);
  return {
    // Without its leading zeros, unless the server is set to keep them.
    traceId: normalizeTraceId(text) ?? fail('a trace id', text, 'traceID'),
    startUnixNano: int64Field(trace, 'startTimeUnixNano'),
    duration: fromMillis(numberOf(trace, 'durationMs')),
    ...(rootServiceName && rootServiceName !== NO_ROOT ? { rootServiceName } : {}),
    ...(optionalString(trace, 'rootTraceName') ? { rootSpanName: optionalString(trace, 'rootTraceName') } : {}),
    // Told since 2.4.
    ...(services && { spanCount: sum(services, 'spanCount'), errorCount: sum(services, 'errorCount') }),
    services: services ?? [],
    ...decodeMatches(trace),
  };
}

/** A map from names, which strangers chose: read by its entries only. */
function decodeServices(trace: JsonObject): readonly ServiceCount[] {
  return Object.entries(optionalObject(trace, 'serviceStats') ?? {})
    .map(([name, stats]) => {
      const counts = isJsonObject(stats) ? stats : fail('an object', stats, `serviceStats.${name}`);
      return { name, spanCount: numberOf(counts, 'spanCount'), errorCount: numberOf(counts, 'errorCount') };
    })
    .sort((a, b) => b.spanCount - a.spanCount || (a.name < b.name ? -1 : 1));
}

/** A set of spans for each group of `by()`, or one; `spanSet` is the first of them again, all there was before 2.2. */
function decodeMatches(trace: JsonObject): Pick<TraceSummary, 'matches'> {
  const sets =
    listField(trace, 'spanSets').length > 0
      ? readEach(trace, 'spanSets', decodeSpanSet)
      : [trace.spanSet].filter((set) => set !== undefined && set !== null).map(decodeSpanSet);
  const spans = sets.flatMap((set) => set.spans);
  return spans.length === 0
    ? {}
    : {
        matches: {
          spans,
          count: Math.max(
            spans.length,
            sets.reduce((count, set) => count + set.matched, 0)
          ),
        },
      };
}

function decodeSpanSet(item: unknown): { spans: readonly MatchedSpan[]; matched: number } {
  const set = readObject(item);
  // The value of the group or aggregate that these spans share.
  const shared = attributesOf(set);
  return {
    spans: readEach(set, 'spans', (span) => decodeMatchedSpan(readObject(span), shared)),
    matched: numberOf(set, 'matched'),
  };
}

function decodeMatchedSpan(span: JsonObject, shared: readonly Attribute[]): MatchedSpan {
  const id = stringField(span, span.spanID === undefined ? 'spanId' : 'spanID');
  const name = optionalString(span, 'name');
  return {
    spanId: normalizeSpanId(id) ?? fail('a span id', id, 'spanID'),
    ...(name && { name }),
    startUnixNano: int64Field(span, 'startTimeUnixNano'),
    duration: nanoseconds(numberOf(span, 'durationNanos')),
    attributes: Attributes.from([...attributesOf(span), ...shared]),
  };
}

function attributesOf(holder: JsonObject): readonly Attribute[] {
  return readEach(holder, 'attributes', (item) => decodeKeyValue(item));
}

function numberOf(object: JsonObject, key: string): number {
  const value = object[key];
  return value === undefined || value === null ? 0 : Number(readInteger(value, key));
}

function sum(services: readonly ServiceCount[], count: 'spanCount' | 'errorCount'): number {
  return services.reduce((total, service) => total + service[count], 0);
}
