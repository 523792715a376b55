/**
 * Whether a span is what a search asks for. The one place that says what each operator means: it stands in for servers
 * that cannot apply a condition, and docs/filters-and-variables.md tells the same in words.
 */
import { isAttributeBytes, isAttributeMap, type AttributeValue } from './attributes';
import { ERROR, OTEL_SCOPE_NAME, OTEL_SCOPE_VERSION, OTEL_STATUS_CODE, SERVICE_NAME, SPAN_KIND } from './semconv';
import type { Nanoseconds } from './time';
import type { Span, StatusCode } from './trace';
import { compileValuePattern } from './valuePattern';

/** One condition on one attribute. */
export interface AttributeCondition {
  readonly key: string;
  readonly operator: '=' | '!=' | '=~' | '!~' | 'exists' | '<' | '>';
  /** Empty for `exists`. */
  readonly value: string;
}

/** All must hold of one and the same span. What is missing holds of every span. */
export interface SpanConditions {
  /** Any of these. */
  readonly services?: readonly string[];
  /** Any of these. */
  readonly spanNames?: readonly string[];
  readonly minDuration?: Nanoseconds;
  readonly maxDuration?: Nanoseconds;
  /** Any of these. */
  readonly statuses?: readonly StatusCode[];
  readonly attributes?: readonly AttributeCondition[];
}

export type SpanTest = (span: Span) => boolean;

/** Patterns are compiled once, as a test runs over many spans. */
export function compileSpanTest(conditions: SpanConditions): SpanTest {
  const tests = compileSpanTests(conditions);
  return (span) => tests.every((test) => test(span));
}

/** One test for each condition. */
export function compileSpanTests(conditions: SpanConditions): readonly SpanTest[] {
  const { services, spanNames, minDuration, maxDuration, statuses, attributes = [] } = conditions;
  const tests: SpanTest[] = attributes.map(compileAttributeTest);
  if (services) {
    tests.push(({ resource }) => services.includes(resource.serviceName));
  }
  if (spanNames) {
    tests.push(({ name }) => spanNames.includes(name));
  }
  if (minDuration !== undefined) {
    tests.push(({ duration }) => duration >= minDuration);
  }
  if (maxDuration !== undefined) {
    tests.push(({ duration }) => duration <= maxDuration);
  }
  if (statuses) {
    tests.push(({ status }) => statuses.includes(status.code));
  }
  return tests;
}

/**
 * An attribute is looked for on the span, its resource, its scope and its events, as Jaeger's storages do. `!=` and `!~`
 * hold of a span that has the attribute with another value, not of one without it: nearly every trace has a span without.
 */
export function compileAttributeTest({ key, operator, value }: AttributeCondition): SpanTest {
  if (operator === 'exists') {
    // Every span has an outcome; only a failed one has an error.
    return key === ERROR ? (span) => span.status.code === 'error' : (span) => valuesOf(span, key).length > 0;
  }
  const ignoresCase = key === SPAN_KIND || key === OTEL_STATUS_CODE;
  const test = compileTextTest({ operator, value: ignoresCase ? value.toLowerCase() : value });
  return (span) => test(textsOf(span, key));
}

/** The same of the texts that a span has in one place. */
export function compileTextTest({
  operator,
  value,
}: Pick<AttributeCondition, 'operator' | 'value'>): (texts: readonly string[]) => boolean {
  switch (operator) {
    case '=':
      return (texts) => texts.includes(value);
    case '!=':
      return (texts) => texts.length > 0 && !texts.includes(value);
    case '=~': {
      const pattern = compileValuePattern(value);
      return (texts) => pattern !== undefined && texts.some((text) => pattern.test(text));
    }
    case '!~': {
      const pattern = compileValuePattern(value);
      return (texts) => pattern !== undefined && texts.length > 0 && !texts.some((text) => pattern.test(text));
    }
    case 'exists':
      return (texts) => texts.length > 0;
    case '<':
      return compileComparison(value, (number, limit) => number < limit);
    case '>':
      return compileComparison(value, (number, limit) => number > limit);
  }
}

function compileComparison(
  value: string,
  compare: (a: number, b: number) => boolean
): (texts: readonly string[]) => boolean {
  const limit = readNumber(value);
  return (texts) =>
    limit !== undefined &&
    texts.some((text) => {
      const number = readNumber(text);
      return number !== undefined && compare(number, limit);
    });
}

/** A number as people and instrumentation write it; undefined for everything else, an empty text included. */
export function readNumber(text: string): number | undefined {
  const number = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function textsOf(span: Span, key: string): readonly string[] {
  return valuesOf(span, key).flatMap((value) => textOf(value) ?? []);
}

/** What older models write as attributes and decoders turn into fields is found under its old name. */
function valuesOf(span: Span, key: string): readonly AttributeValue[] {
  switch (key) {
    case ERROR:
      return [span.status.code === 'error'];
    case SPAN_KIND:
      return [span.kind];
    case OTEL_STATUS_CODE:
      return [span.status.code];
    case OTEL_SCOPE_NAME:
      return span.scope ? [span.scope.name] : [];
    case OTEL_SCOPE_VERSION:
      return span.scope?.version === undefined ? [] : [span.scope.version];
    case SERVICE_NAME:
      return [span.resource.serviceName];
  }
  const found: AttributeValue[] = [];
  for (const { attributes } of [span, span.resource, span.scope, ...span.events].filter(
    (place) => place !== undefined
  )) {
    for (const entry of attributes?.entries ?? []) {
      if (entry.key === key) {
        found.push(entry.value);
      }
    }
  }
  return found;
}

/** As filters write it; undefined for what no filter can write: nothing, lists, maps and bytes. */
export function textOf(value: AttributeValue): string | undefined {
  return value === null || Array.isArray(value) || isAttributeMap(value) || isAttributeBytes(value)
    ? undefined
    : String(value);
}
