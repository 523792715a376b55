/**
 * TraceQL's lexical rules, for writing. https://grafana.com/docs/tempo/latest/traceql/ and Tempo's `pkg/traceql/lexer.go`.
 */

/** JSON's escapes are all escapes of Go too. Half a surrogate pair is no character to Go, which would refuse the text. */
export function textLiteral(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Letters that never end an unquoted name, nor are an operator in any version. */
const BARE_NAME = /^[A-Za-z_][\w.-]*$/;

/** Behind the dot of a name without a scope these would be taken for one. */
const STARTS_LIKE_SCOPE = /^(?:span|resource|parent|event|link|instrumentation)(?:\.|$)/;

/** An attribute wherever it is, on the span or its resource; or in one scope. */
export function attributeName(key: string, scope: '' | 'resource' | 'span' = ''): string {
  const isBare = BARE_NAME.test(key) && !STARTS_LIKE_SCOPE.test(key);
  // Inside quotes there are these two escapes only.
  return `${scope}.${isBare ? key : `"${key.replace(/["\\]/g, '\\$&')}"`}`;
}

const INT64_DIGITS = 18;

/**
 * Every literal that a text may have meant, since a number never equals its own text in TraceQL: `500` →
 * `500`, `"500"`; `true` → `true`, `"true"`. The text itself is always the last.
 */
export function literalsOf(value: string): readonly string[] {
  const number = numberLiteral(value);
  if (number !== undefined) {
    return [number, textLiteral(value)];
  }
  return value === 'true' || value === 'false' ? [value, textLiteral(value)] : [textLiteral(value)];
}

/** A number as TraceQL writes it; undefined for everything else. */
export function numberLiteral(value: string): string | undefined {
  const text = value.trim();
  if (/^-?(?:0|[1-9]\d*)$/.test(text)) {
    const digits = text.replace('-', '');
    return digits.length <= INT64_DIGITS || isInt64(digits) ? text : undefined;
  }
  return /^-?(?:0|[1-9]\d*)\.\d+$/.test(text) ? text : undefined;
}

const MAX_INT64 = 2n ** 63n - 1n;

/** The smallest integer of 64 bits cannot be written: its digits alone are one too large. */
function isInt64(digits: string): boolean {
  return digits.length <= INT64_DIGITS + 1 && BigInt(digits) <= MAX_INT64;
}
