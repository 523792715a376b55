import { runAtOnce, SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import type { DecodedSpans, FlatSpan } from '../../model/flatSpan';
import { SERVICE_NAME } from '../../model/semconv';
import { UNKNOWN_SERVICE, type Resource, type Scope } from '../../model/trace';
import {
  isJsonObject,
  listField,
  optionalObject,
  optionalString,
  ReadError,
  readObject,
  type JsonObject,
} from '../read';
import { decodeAttributes } from './anyValue';
import { SpanDecoder, type SpanDecoderOptions } from './decodeSpan';
import { spelling } from './spelling';

export type DecodeOtlpOptions = SpanDecoderOptions;

/** So many lost spans are described one by one; a body that is broken throughout must not bury the page. */
const DESCRIBED_LOSSES = 10;

/**
 * An OTLP/JSON body → flat spans. Reads what is written in the wild: `resourceSpans` or Tempo's `batches`, today's
 * `scopeSpans` or the `instrumentationLibrarySpans` of before 2022, camelCase or snake_case, enums as numbers or names,
 * 64-bit integers as strings or numbers, and missing fields as their defaults.
 *
 * What cannot be read is left out with a warning and the rest stays; only a body that is no object, or whose outermost
 * list is no list, throws a `ReadError`.
 */
export function decodeOtlp(body: unknown, options: DecodeOtlpOptions): DecodedSpans {
  return runAtOnce(decodeOtlpSteps(body, options));
}

/** `decodeOtlp` with turns for others. */
export function* decodeOtlpSteps(body: unknown, options: DecodeOtlpOptions): Steps<DecodedSpans> {
  const decoder = new OtlpDecoder(options);
  yield* decoder.addSteps(readObject(body));
  return decoder.result();
}

/** The spans of one scope of one resource, still as the wire has them. */
interface ScopeBlock {
  readonly resource: Resource;
  readonly scope: Scope | undefined;
  readonly spans: readonly unknown[];
  readonly path: string;
}

/** As `decodeOtlp`, for several bodies that belong together and in steps. */
export class OtlpDecoder {
  private readonly spans: FlatSpan[] = [];
  private readonly warnings: string[] = [];
  private lossCount = 0;
  private spansInStep = 0;
  private readonly spanDecoder: SpanDecoder;
  // Some stores answer a block per span; equal resources and scopes still become one object.
  private readonly resources = new Map<string, Resource>();
  private readonly scopes = new Map<string, Scope>();

  constructor(options: DecodeOtlpOptions) {
    this.spanDecoder = new SpanDecoder(options);
  }

  /** Throws a `ReadError` when the outermost list is no list. */
  *addSteps(body: JsonObject): Steps<void> {
    const hasBatches = body.batches !== undefined && body.batches !== null;
    const key = hasBatches ? 'batches' : spelling(body, 'resourceSpans', 'resource_spans');
    const blocks = listField(body, key);
    for (let index = 0; index < blocks.length; index++) {
      for (const block of this.openResourceBlock(blocks[index], `${key}[${index}]`)) {
        for (let from = 0; from < block.spans.length; from += SPANS_PER_STEP) {
          const to = Math.min(from + SPANS_PER_STEP, block.spans.length);
          this.decodeSpans(block, from, to);
          this.spansInStep += to - from;
          if (this.spansInStep >= SPANS_PER_STEP) {
            this.spansInStep = 0;
            yield;
          }
        }
      }
    }
  }

  result(): DecodedSpans {
    const untold = this.lossCount - DESCRIBED_LOSSES;
    const warnings =
      untold > 0
        ? [...this.warnings, `${untold} more parts of the answer are left out for such reasons.`]
        : this.warnings;
    return { spans: this.spans, warnings };
  }

  private openResourceBlock(raw: unknown, path: string): readonly ScopeBlock[] {
    const opened: ScopeBlock[] = [];
    this.keep(path, () => this.openScopeBlocks(readObject(raw), path, opened));
    return opened;
  }

  private openScopeBlocks(block: JsonObject, path: string, opened: ScopeBlock[]): void {
    const resource = this.internResource(optionalObject(block, 'resource'));
    const key =
      block.instrumentationLibrarySpans !== undefined
        ? 'instrumentationLibrarySpans'
        : block.instrumentation_library_spans !== undefined
          ? 'instrumentation_library_spans'
          : spelling(block, 'scopeSpans', 'scope_spans');
    listField(block, key).forEach((scopeBlock, index) => {
      const scopePath = `${path}.${key}[${index}]`;
      this.keep(scopePath, () => opened.push(this.openScopeBlock(readObject(scopeBlock), resource, scopePath)));
    });
  }

  private openScopeBlock(block: JsonObject, resource: Resource, path: string): ScopeBlock {
    const scope = this.internScope(
      optionalObject(block, 'scope') ??
        optionalObject(block, spelling(block, 'instrumentationLibrary', 'instrumentation_library'))
    );
    return { resource, scope, spans: listField(block, 'spans'), path };
  }

  private decodeSpans({ spans, resource, scope, path }: ScopeBlock, from: number, to: number): void {
    for (let index = from; index < to; index++) {
      try {
        this.spans.push(this.spanDecoder.decode(spans[index], resource, scope));
      } catch (error) {
        this.reportLoss(describeSpan(spans[index]), `${path}.spans[${index}]`, error);
      }
    }
  }

  /** `key` is the resource as text: equal texts are one resource. */
  private internResource(raw: JsonObject | undefined): Resource {
    const key = JSON.stringify(raw?.attributes ?? []);
    let resource = this.resources.get(key);
    if (resource === undefined) {
      const attributes = decodeAttributes(raw ? listField(raw, 'attributes') : [], this.warnings);
      const name = attributes.get(SERVICE_NAME);
      const hasName = name !== undefined && name !== null && name !== '' && typeof name !== 'object';
      resource = { serviceName: hasName ? String(name) : UNKNOWN_SERVICE, attributes };
      this.resources.set(key, resource);
    }
    return resource;
  }

  private internScope(raw: JsonObject | undefined): Scope | undefined {
    if (raw === undefined) {
      return undefined;
    }
    const key = JSON.stringify(raw);
    let scope = this.scopes.get(key);
    if (scope === undefined) {
      const attributes = decodeAttributes(listField(raw, 'attributes'), this.warnings);
      scope = {
        name: optionalString(raw, 'name') ?? '',
        version: optionalString(raw, 'version') || undefined,
        attributes: attributes.size > 0 ? attributes : undefined,
      };
      this.scopes.set(key, scope);
    }
    return scope.name === '' && scope.version === undefined && scope.attributes === undefined ? undefined : scope;
  }

  private keep(path: string, open: () => void): void {
    try {
      open();
    } catch (error) {
      this.reportLoss('A block of spans', path, error);
    }
  }

  private reportLoss(what: string, path: string, error: unknown): void {
    if (!(error instanceof ReadError)) {
      throw error;
    }
    this.lossCount++;
    if (this.lossCount <= DESCRIBED_LOSSES) {
      this.warnings.push(`${what} is left out: ${error.within(path).message}`);
    }
  }
}

function describeSpan(span: unknown): string {
  const name = isJsonObject(span) ? span.name : undefined;
  return typeof name === 'string' && name !== '' ? `The span "${name.slice(0, 80)}"` : 'A span';
}
