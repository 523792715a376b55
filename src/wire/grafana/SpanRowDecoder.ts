import { Attributes, type Attribute } from '../../model/attributes';
import type { FlatEvent, FlatSpan } from '../../model/flatSpan';
import { normalizeSpanId, normalizeTraceId } from '../../model/ids';
import { SERVICE_NAME } from '../../model/semconv';
import { NANOS_PER_MILLI, unixNanoFromMillis } from '../../model/time';
import {
  UNKNOWN_SERVICE,
  type Resource,
  type SpanKind,
  type SpanLink,
  type SpanStatus,
  type StatusCode,
} from '../../model/trace';
import { plainValue } from '../plainValue';
import { isJsonObject } from '../read';

/** One row of a trace frame, by column name (Grafana 12.4, packages/grafana-data/src/types/trace.ts). */
export interface SpanRow {
  get(column: string): unknown;
}

const KINDS: ReadonlySet<unknown> = new Set<SpanKind>(['internal', 'server', 'client', 'producer', 'consumer']);
/** By Grafana's numbers, which are OTLP's. */
const STATUS_CODES: readonly StatusCode[] = ['unset', 'ok', 'error'];

export function isTraceFrame(columns: readonly string[]): boolean {
  return ['traceID', 'spanID', 'startTime', 'duration'].every((name) => columns.includes(name));
}

/** Rows of one document; equal resources become one object. */
export class SpanRowDecoder {
  private readonly resources = new Map<string, Resource>();

  /** Undefined for a row without a usable trace or span id. Times in frames are milliseconds, fractions included. */
  decode(row: SpanRow): FlatSpan | undefined {
    const traceId = normalizeTraceId(textOf(row.get('traceID')));
    const spanId = normalizeSpanId(textOf(row.get('spanID')));
    if (traceId === undefined || spanId === undefined) {
      return undefined;
    }
    const kind = textOf(row.get('kind')).toLowerCase();
    const scopeName = textOf(row.get('instrumentationLibraryName'));
    const scopeVersion = textOf(row.get('instrumentationLibraryVersion'));
    const warnings = listOf(row.get('warnings')).filter((warning) => typeof warning === 'string');
    return {
      traceId,
      spanId,
      parentSpanId: normalizeSpanId(textOf(row.get('parentSpanID'))),
      name: textOf(row.get('operationName')),
      kind: KINDS.has(kind) ? (kind as SpanKind) : 'unspecified',
      status: statusOf(row),
      startUnixNano: timeOf(row.get('startTime')),
      durationNano: Math.round(numberOf(row.get('duration')) * NANOS_PER_MILLI),
      resource: this.resourceOf(row),
      scope:
        scopeName === '' && scopeVersion === ''
          ? undefined
          : { name: scopeName, ...(scopeVersion && { version: scopeVersion }) },
      traceState: textOf(row.get('traceState')) || undefined,
      attributes: attributesOf(row.get('tags')),
      events: listOf(row.get('logs')).flatMap(eventOf),
      links: listOf(row.get('references')).flatMap(linkOf),
      warnings: warnings.length === 0 ? undefined : warnings,
    };
  }

  private resourceOf(row: SpanRow): Resource {
    const serviceName = textOf(row.get('serviceName')) || UNKNOWN_SERVICE;
    const key = JSON.stringify([serviceName, row.get('serviceTags')]);
    let resource = this.resources.get(key);
    if (resource === undefined) {
      const attributes = attributesOf(row.get('serviceTags'));
      resource = {
        serviceName,
        attributes: attributes.has(SERVICE_NAME)
          ? attributes
          : Attributes.from([{ key: SERVICE_NAME, value: serviceName }, ...attributes.entries]),
      };
      this.resources.set(key, resource);
    }
    return resource;
  }
}

function statusOf(row: SpanRow): SpanStatus {
  const code = STATUS_CODES[numberOf(row.get('statusCode'))] ?? 'unset';
  const message = textOf(row.get('statusMessage'));
  return message === '' ? { code } : { code, message };
}

function eventOf(log: unknown): FlatEvent[] {
  if (!isJsonObject(log)) {
    return [];
  }
  // Sources without names for events put everything into fields.
  return [
    { name: textOf(log.name) || 'log', timeUnixNano: timeOf(log.timestamp), attributes: attributesOf(log.fields) },
  ];
}

/** A reference to a span of zeros stands for no span: frames need one where Grafana would take a link for the parent. */
function linkOf(reference: unknown): SpanLink[] {
  const { traceID, spanID, tags } = isJsonObject(reference) ? reference : {};
  const traceId = normalizeTraceId(textOf(traceID));
  const spanId = normalizeSpanId(textOf(spanID));
  return traceId === undefined || spanId === undefined ? [] : [{ traceId, spanId, attributes: attributesOf(tags) }];
}

function attributesOf(tags: unknown): Attributes {
  return Attributes.from(listOf(tags).flatMap(attributeOf));
}

function attributeOf(tag: unknown): Attribute[] {
  if (!isJsonObject(tag) || typeof tag.key !== 'string') {
    return [];
  }
  const value = plainValue(tag.value);
  return [
    tag.type === 'double' && Number.isInteger(value)
      ? { key: tag.key, value, type: 'double' }
      : { key: tag.key, value },
  ];
}

function timeOf(millis: unknown): bigint {
  const number = numberOf(millis);
  return number > 0 ? unixNanoFromMillis(number) : 0n;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
