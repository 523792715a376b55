/**
 * What the store keeps: OTLP's JSON shape with every choice of spelling already made. Ids are lower-case hex, 64-bit
 * integers decimal strings, enums numbers. Written from the OTLP specification alone: the plugin's own decoder is
 * what this store is used to test.
 */
export type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number | 'NaN' | 'Infinity' | '-Infinity' }
  | { readonly arrayValue: { readonly values: readonly OtlpValue[] } }
  | { readonly kvlistValue: { readonly values: readonly OtlpAttribute[] } }
  | { readonly bytesValue: string }
  | Readonly<Record<string, never>>;

export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

export interface OtlpResource {
  readonly attributes: readonly OtlpAttribute[];
}

export interface OtlpScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: readonly OtlpAttribute[];
}

export interface OtlpEvent {
  readonly timeUnixNano: bigint;
  readonly name: string;
  readonly attributes: readonly OtlpAttribute[];
}

export interface OtlpLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly attributes: readonly OtlpAttribute[];
}

/** Resource and scope objects are shared by the spans that came with them. Missing texts are empty. */
export interface StoredSpan {
  readonly resource: OtlpResource;
  readonly scope: OtlpScope;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly flags: number;
  readonly name: string;
  readonly kind: number;
  readonly startUnixNano: bigint;
  readonly endUnixNano: bigint;
  readonly attributes: readonly OtlpAttribute[];
  readonly events: readonly OtlpEvent[];
  readonly links: readonly OtlpLink[];
  readonly statusCode: number;
  readonly statusMessage: string;
}

export const STATUS_OK = 1;
export const STATUS_ERROR = 2;

const KIND_WORDS = ['', 'internal', 'server', 'client', 'producer', 'consumer'];

/** Jaeger's word for an OTLP kind; empty when unspecified. */
export function kindWord(kind: number): string {
  return KIND_WORDS[kind] ?? '';
}

export function kindNumber(word: string): number {
  return Math.max(0, KIND_WORDS.indexOf(word.toLowerCase()));
}

/** Empty when the resource does not say. */
export function serviceNameOf(resource: OtlpResource): string {
  const value = findAttribute(resource.attributes, 'service.name');
  return value && 'stringValue' in value && typeof value.stringValue === 'string' ? value.stringValue : '';
}

export function findAttribute(attributes: readonly OtlpAttribute[], key: string): OtlpValue | undefined {
  return attributes.find((attribute) => attribute.key === key)?.value;
}

/** The attribute in which Jaeger carries its own remarks on a span: a list of texts. */
export const WARNINGS_ATTRIBUTE = '@jaeger@warnings';

export function withWarning(span: StoredSpan, warning: string): StoredSpan {
  const values = [...warningsOf(span), warning].map((stringValue) => ({ stringValue }));
  const others = span.attributes.filter(({ key }) => key !== WARNINGS_ATTRIBUTE);
  return { ...span, attributes: [{ key: WARNINGS_ATTRIBUTE, value: { arrayValue: { values } } }, ...others] };
}

export function warningsOf(span: StoredSpan): string[] {
  const value = findAttribute(span.attributes, WARNINGS_ATTRIBUTE);
  return value && 'arrayValue' in value && typeof value.arrayValue === 'object'
    ? value.arrayValue.values.map(valueAsText)
    : [];
}

/** As Go's pdata prints a value (`AsString`): what searches compare with and what legacy tags hold for lists. */
export function valueAsText(value: OtlpValue): string {
  if ('stringValue' in value) {
    return String(value.stringValue);
  }
  if ('boolValue' in value) {
    return String(value.boolValue);
  }
  if ('intValue' in value) {
    return String(value.intValue);
  }
  if ('doubleValue' in value) {
    return String(value.doubleValue);
  }
  if ('bytesValue' in value) {
    return String(value.bytesValue);
  }
  const plain = plainJson(value);
  return plain === null ? '' : JSON.stringify(plain);
}

function plainJson(value: OtlpValue): unknown {
  if ('arrayValue' in value && typeof value.arrayValue === 'object') {
    return value.arrayValue.values.map(plainJson);
  }
  if ('kvlistValue' in value && typeof value.kvlistValue === 'object') {
    return Object.fromEntries(value.kvlistValue.values.map((entry) => [entry.key, plainJson(entry.value)]));
  }
  if ('intValue' in value) {
    return Number(value.intValue);
  }
  return Object.values(value)[0] ?? null;
}
