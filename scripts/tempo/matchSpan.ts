import type { SpanComparison, SpanCondition, TraceqlLiteral } from '../../testkit/readTraceql';
import type { AttributeValue } from '../../src/model/attributes';
import type { FlatSpan } from '../../src/model/flatSpan';

/** Whether a span fulfils a condition, by the rules of the fact sheet: types never mix, arrays match by any element. */
export function isMatch(span: FlatSpan, condition: SpanCondition | undefined): boolean {
  switch (condition?.is) {
    case undefined:
      return true;
    case 'both':
      return isMatch(span, condition.left) && isMatch(span, condition.right);
    case 'either':
      return isMatch(span, condition.left) || isMatch(span, condition.right);
    case 'comparison':
      return isTrue(valueOf(span, condition), condition);
  }
}

type Compared =
  | AttributeValue
  | undefined
  | { readonly word: string }
  | { readonly nanos: number }
  | { readonly number: number | bigint; readonly isFloat: boolean };

/** What a span has in a field; undefined where it has none. */
export function valueOf(span: FlatSpan, field: FieldName): Compared {
  const found = lookUp(span, field);
  return typeof found === 'number' || typeof found === 'bigint'
    ? { number: found, isFloat: isFloat(span, field, found) }
    : found;
}

function lookUp({ name, status, kind, durationNano, resource, attributes }: FlatSpan, field: FieldName): Compared {
  if (field.scope === 'intrinsic') {
    switch (field.key) {
      case 'name':
        return name;
      case 'status':
        return { word: status.code };
      case 'kind':
        return { word: kind };
      case 'duration':
        return { nanos: durationNano };
      case 'statusMessage':
        return status.message ?? '';
      default:
        throw new Error(`The field ${field.key} is not imitated.`);
    }
  }
  switch (field.scope) {
    case 'resource':
      return resource.attributes.get(field.key);
    case 'span':
      return attributes.get(field.key);
    default:
      return attributes.get(field.key) ?? resource.attributes.get(field.key);
  }
}

function isFloat({ attributes, resource }: FlatSpan, { key }: FieldName, value: number | bigint): boolean {
  const entry = [...attributes.entries, ...resource.attributes.entries].find((one) => one.key === key);
  return entry?.type === 'double' || !Number.isInteger(Number(value));
}

export type FieldName = Pick<SpanComparison, 'scope' | 'key'>;

function isTrue(value: Compared, { operator, literal }: SpanComparison): boolean {
  if (literal.type === 'word' && literal.value === 'nil') {
    return (value !== undefined) === (operator === '!=');
  }
  if (operator === '=~' || operator === '!~') {
    return typeof value === 'string' && matchesWhole(value, String(literal.value)) === (operator === '=~');
  }
  const order = compare(value, literal);
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== undefined && order !== 0;
    case '>':
      return order !== undefined && order > 0;
    case '>=':
      return order !== undefined && order >= 0;
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    default:
      throw new Error(`The operator ${operator} is not imitated.`);
  }
}

/** Tempo anchors patterns at both ends. */
function matchesWhole(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 's').test(text);
}

/** Undefined for values of different types. */
function compare(value: Compared, literal: TraceqlLiteral): number | undefined {
  switch (literal.type) {
    case 'text':
      return typeof value === 'string' ? orderOf(value, literal.value) : undefined;
    case 'number':
      // Integers and other numbers are kept apart.
      return typeof value === 'object' && value !== null && 'number' in value && value.isFloat === literal.isFloat
        ? orderOf(value.number, literal.value)
        : undefined;
    case 'duration':
      return typeof value === 'object' && value !== null && 'nanos' in value
        ? orderOf(value.nanos, literal.value)
        : undefined;
    case 'word':
      return typeof value === 'boolean'
        ? orderOf(String(value), literal.value)
        : typeof value === 'object' && value !== null && 'word' in value
          ? orderOf(value.word, literal.value)
          : undefined;
  }
}

function orderOf<T extends string | number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
