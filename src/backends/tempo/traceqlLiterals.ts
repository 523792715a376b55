/**
 * TraceQL's lexical rules, for writing. https://grafana.com/docs/tempo/latest/traceql/ and Tempo's `pkg/traceql/lexer.go`.
 */
import { wellFormed } from '../http';

/** JSON's escapes are all escapes of Go too, but for those of half a surrogate pair. */
export function textLiteral(text: string): string {
  return JSON.stringify(wellFormed(text));
}

/** Letters that never end an unquoted name, nor are an operator in any version. */
const BARE_NAME = /^[A-Za-z_][\w.-]*$/;

/** Behind the dot of a name without a scope these would be taken for one. */
const STARTS_LIKE_SCOPE = /^(?:span|resource|parent|event|link|instrumentation)(?:\.|$)/;

/** An attribute wherever it is, on the span or its resource; or in one scope. */
export function attributeName(key: string, scope = ''): string {
  const isBare = BARE_NAME.test(key) && !(scope === '' && STARTS_LIKE_SCOPE.test(key));
  // Inside quotes there are these two escapes only.
  return `${scope}.${isBare ? key : `"${key.replace(/["\\]/g, '\\$&')}"`}`;
}

/**
 * Every literal that a text may have meant, since values of different types are never equal in TraceQL, and integers are
 * kept apart from other numbers (seen on 3.0.3): `500` → `500`, `500.0`, `"500"`; `true` → `true`, `"true"`. The text
 * itself is always the last.
 */
export function literalsOf(value: string): readonly string[] {
  const number = readNumber(value);
  if (number !== undefined) {
    return [...(number.isWhole ? [number.text, `${number.text}.0`] : [number.text]), textLiteral(value)];
  }
  return value === 'true' || value === 'false' ? [value, textLiteral(value)] : [textLiteral(value)];
}

/**
 * What attributes of either type of number are compared with to find those on one side of a number: 1.5 has the integers
 * above 1 above it. The number as written is always the last. Undefined for a text that is no number.
 */
export function boundsOf(value: string, operator: '<' | '>'): readonly string[] | undefined {
  const number = readNumber(value);
  if (number === undefined) {
    return undefined;
  }
  if (number.isWhole) {
    return [`${number.text}.0`, number.text];
  }
  const whole = operator === '>' ? Math.floor(Number(number.text)) : Math.ceil(Number(number.text));
  return Number.isSafeInteger(whole) ? [String(whole + 0), number.text] : [number.text];
}

function readNumber(value: string): { readonly text: string; readonly isWhole: boolean } | undefined {
  if (/^-?(?:0|[1-9]\d*)$/.test(value)) {
    return isInt64(value.replace('-', '')) ? { text: value, isWhole: true } : undefined;
  }
  return /^-?(?:0|[1-9]\d*)\.\d+$/.test(value) ? { text: value, isWhole: false } : undefined;
}

const INT64_DIGITS = 19;
const MAX_INT64 = 2n ** 63n - 1n;

/** The smallest integer of 64 bits cannot be written: its digits alone are one too large. */
function isInt64(digits: string): boolean {
  return digits.length <= INT64_DIGITS && BigInt(digits) <= MAX_INT64;
}
