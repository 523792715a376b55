import { runAtOnce, SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import { Attributes, type Attribute } from '../../model/attributes';
import type { DecodedSpans, FlatSpan } from '../../model/flatSpan';
import { normalizeTraceId } from '../../model/ids';
import {
  ERROR,
  OTEL_LIBRARY_NAME,
  OTEL_LIBRARY_VERSION,
  OTEL_SCOPE_NAME,
  OTEL_SCOPE_VERSION,
  OTEL_STATUS_CODE,
  OTEL_STATUS_DESCRIPTION,
  SPAN_KIND,
  W3C_TRACESTATE,
} from '../../model/semconv';
import type { Resource, Scope, SpanKind, SpanLink } from '../../model/trace';
import { listField, readObject } from '../../wire/read';
import { decodeLogs } from './legacyLogs';
import type { LegacySpan, LegacyTrace, Unchecked } from './legacyJson';
import { decodeProcess, NAMELESS } from './legacyProcess';
import { readDuration, readMicros, readSpanId } from './legacyReaders';
import { decodeLinks, findParent } from './legacyReferences';
import { readStatus } from './legacyStatus';
import { decodeTag, listOf, objectOf, removeTag } from './legacyTags';

/** Jaeger 1's own note on how a span came in (`otlp`, `proto`); nobody recorded it. */
const SPAN_FORMAT = 'internal.span.format';

const NO_LINKS: readonly SpanLink[] = [];
const KINDS: ReadonlySet<string> = new Set<SpanKind>(['internal', 'server', 'client', 'producer', 'consumer']);

export interface LegacyDecoding {
  /** The store writes an `error` tag on every span, so the tag is its own and not the user's (VictoriaTraces). */
  readonly hasErrorTagAlways?: boolean;
}

/**
 * The envelope of `/api/traces` and `/api/traces/{id}` → flat spans of all its traces. The tags by which Jaeger's model
 * writes OpenTelemetry's kind, status, scope and trace state turn back into fields and leave the attributes. A span
 * that cannot be read is left out with a warning; throws a `ReadError` only when `data` is no list.
 */
export function decodeLegacyTraces(body: unknown, decoding: LegacyDecoding = {}): DecodedSpans {
  return runAtOnce(decodeLegacySteps(body, decoding));
}

/** `decodeLegacyTraces` with turns for others. */
export function* decodeLegacySteps(body: unknown, decoding: LegacyDecoding = {}): Steps<DecodedSpans> {
  return yield* decodeTracesSteps(listField(readObject(body), 'data'), decoding);
}

/** The traces without their envelope. */
export function* decodeTracesSteps(traces: readonly unknown[], decoding: LegacyDecoding = {}): Steps<DecodedSpans> {
  const decoder = new LegacyDecoder(decoding);
  for (const trace of traces) {
    yield* decoder.addTraceSteps(trace);
  }
  return { spans: decoder.spans, warnings: decoder.warnings };
}

class LegacyDecoder {
  readonly spans: FlatSpan[] = [];
  readonly warnings: string[] = [];

  private traceIdText = '';
  private traceId: string | undefined = undefined;
  private processes = new Map<string, unknown>();
  private resources = new Map<string, Resource>();
  /** Almost every span repeats the scope of the one before. */
  private lastScope: Scope | undefined = undefined;
  private readonly scopes = new Map<string, Scope>();

  constructor(private readonly decoding: LegacyDecoding) {}

  *addTraceSteps(raw: unknown): Steps<void> {
    const trace = objectOf<LegacyTrace>(raw);
    if (trace === undefined) {
      this.warnings.push('An entry of the answer is not a trace and was left out.');
      return;
    }
    this.resources = new Map();
    this.processes = new Map(Object.entries(objectOf(trace.processes) ?? {}));
    const spans = listOf(trace.spans);
    let broken = 0;
    for (let from = 0; from < spans.length; from += SPANS_PER_STEP) {
      broken += this.addSpans(spans, from, trace.traceID);
      if (from + SPANS_PER_STEP < spans.length) {
        yield;
      }
    }
    if (broken > 0) {
      const which = broken === 1 ? 'One span' : `${broken} spans`;
      this.warnings.push(
        `${which} of the trace could not be read (no usable span or trace id) and had to be left out.`
      );
    }
    for (const warning of listOf(trace.warnings)) {
      if (typeof warning === 'string') {
        this.warnings.push(warning);
      }
    }
  }

  /** The next `SPANS_PER_STEP`; answers how many of them cannot be read. */
  private addSpans(spans: readonly unknown[], from: number, traceIdOfTrace: unknown): number {
    const to = Math.min(from + SPANS_PER_STEP, spans.length);
    let broken = 0;
    for (let index = from; index < to; index++) {
      const decoded = this.decodeSpan(spans[index], traceIdOfTrace);
      if (decoded === undefined) {
        broken++;
      } else {
        this.spans.push(decoded);
      }
    }
    return broken;
  }

  private decodeSpan(raw: unknown, traceIdOfTrace: unknown): FlatSpan | undefined {
    const span = objectOf<LegacySpan>(raw);
    if (span === undefined) {
      return undefined;
    }
    const traceId = this.readTraceId(span.traceID ?? traceIdOfTrace);
    const spanId = readSpanId(span.spanID);
    if (traceId === undefined || spanId === undefined) {
      return undefined;
    }

    const tags = listOf(span.tags);
    // Sized once: a list that grows by pushing starts with room for seventeen, which is what decoding would then cost.
    let attributes = new Array<Attribute>(tags.length);
    let size = 0;
    let kind: SpanKind = 'unspecified';
    let errorTag: Attribute | undefined;
    let statusTag: Attribute | undefined;
    let statusMessage: string | undefined;
    let scopeName: string | undefined;
    let scopeVersion: string | undefined;
    let traceState: string | undefined;
    for (const rawTag of tags) {
      const tag = decodeTag(rawTag);
      if (tag === undefined) {
        continue;
      }
      const { key, value } = tag;
      if (!mayBeSynthetic(key)) {
        attributes[size++] = tag;
        continue;
      }
      switch (key) {
        case SPAN_KIND: {
          const word = typeof value === 'string' ? value.toLowerCase() : '';
          if (kind === 'unspecified' && KINDS.has(word)) {
            kind = word as SpanKind;
            continue;
          }
          break;
        }
        case ERROR:
          errorTag ??= tag;
          break;
        case OTEL_STATUS_CODE:
          statusTag ??= tag;
          break;
        case OTEL_STATUS_DESCRIPTION:
          if (typeof value === 'string' && statusMessage === undefined) {
            statusMessage = value;
            continue;
          }
          break;
        case OTEL_SCOPE_NAME:
        case OTEL_LIBRARY_NAME:
          // Exporters of the renaming years wrote both spellings with one value.
          if (typeof value === 'string' && (scopeName === undefined || scopeName === value)) {
            scopeName = value;
            continue;
          }
          break;
        case OTEL_SCOPE_VERSION:
        case OTEL_LIBRARY_VERSION:
          if (typeof value === 'string' && (scopeVersion === undefined || scopeVersion === value)) {
            scopeVersion = value;
            continue;
          }
          break;
        case SPAN_FORMAT:
          continue;
        case W3C_TRACESTATE:
          if (typeof value === 'string' && traceState === undefined) {
            traceState = value;
            continue;
          }
          break;
      }
      attributes[size++] = tag;
    }
    if (size < attributes.length) {
      attributes = attributes.slice(0, size);
    }

    const status = readStatus(errorTag?.value, statusTag?.value, statusMessage);
    if (statusTag !== undefined && status.isCodeKnown) {
      removeTag(attributes, statusTag);
    }
    // Beside `otel.status_code` the tag only repeats it; alone it is what the user recorded, and stays visible.
    if (
      errorTag !== undefined &&
      (this.decoding.hasErrorTagAlways || (status.isCodeKnown && errorTag.value === true))
    ) {
      removeTag(attributes, errorTag);
    }

    const references = listOf(span.references);
    const parent = references.length === 0 ? undefined : findParent(references, span.traceID, traceId);
    // One reference that is the parent is the common case and leaves no links.
    const hasLinks = references.length > (parent === undefined ? 0 : 1);

    return {
      traceId,
      spanId,
      parentSpanId: readSpanId(parent?.spanID) ?? readSpanId(span.parentSpanID),
      name: typeof span.operationName === 'string' ? span.operationName : '',
      kind,
      status: status.status,
      startUnixNano: readMicros(span.startTime),
      durationNano: readDuration(span.duration),
      resource: this.resourceOf(span),
      scope:
        scopeName === undefined && scopeVersion === undefined ? undefined : this.scopeOf(scopeName ?? '', scopeVersion),
      traceState,
      attributes: Attributes.from(attributes),
      events: decodeLogs(span.logs),
      links: hasLinks ? decodeLinks(references, parent, traceId) : NO_LINKS,
      warnings: readWarnings(span.warnings),
    };
  }

  private readTraceId(raw: unknown): string | undefined {
    if (typeof raw !== 'string') {
      return undefined;
    }
    if (raw !== this.traceIdText) {
      this.traceIdText = raw;
      this.traceId = normalizeTraceId(raw);
    }
    return this.traceId;
  }

  private resourceOf(span: Unchecked<LegacySpan>): Resource {
    if (typeof span.processID !== 'string') {
      return span.process === undefined ? NAMELESS : decodeProcess(span.process);
    }
    let resource = this.resources.get(span.processID);
    if (resource === undefined) {
      const process = this.processes.get(span.processID) ?? span.process;
      resource = process === undefined ? NAMELESS : decodeProcess(process);
      this.resources.set(span.processID, resource);
    }
    return resource;
  }

  private scopeOf(name: string, version: string | undefined): Scope {
    const last = this.lastScope;
    if (last !== undefined && last.name === name && last.version === version) {
      return last;
    }
    const key = `${name}\n${version ?? ''}`;
    let scope = this.scopes.get(key);
    if (scope === undefined) {
      scope = { name, version };
      this.scopes.set(key, scope);
    }
    this.lastScope = scope;
    return scope;
  }
}

/** Whether one of the tags that `decodeSpan` looks for starts like this; ten comparisons a tag are dear. */
function mayBeSynthetic(key: string): boolean {
  switch (key.charCodeAt(0)) {
    case 0x65: // error
    case 0x69: // internal.span.format
    case 0x6f: // otel.*
    case 0x73: // span.kind
    case 0x77: // w3c.tracestate
      return true;
    default:
      return false;
  }
}

function readWarnings(raw: unknown): readonly string[] | undefined {
  const warnings = listOf(raw);
  // Jaeger v2.15 adds a remark again each time it reads the trace from memory.
  return warnings.length === 0 ? undefined : [...new Set(warnings)].filter((warning) => typeof warning === 'string');
}
