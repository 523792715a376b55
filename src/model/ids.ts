/**
 * Trace and span ids. Inside the product a trace id is always 32 lower-case hex digits and a span id 16, so that
 * equality is string equality; what people, logs and servers write is brought into that form here.
 */

const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;

const HEX = /^[0-9a-f]+$/;
const ZEROS = /^0+$/;

const QUOTED = /^(["'`])(.*)\1$/;
const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/;
/** AWS X-Ray's form, which OpenTelemetry maps by leaving out version and dashes. */
const XRAY = /^(?:1-)?([0-9a-f]{8})-([0-9a-f]{24})$/;

/**
 * Any form in which a trace id is written → 32 lower-case hex digits, or undefined when the text is no trace id.
 * Accepts upper case, surrounding space or quotes, `0x`, missing leading zeros, 64-bit forms, and as whole patterns a
 * UUID and an X-Ray id. Any other dash makes it something else, such as a date.
 */
export function normalizeTraceId(text: string): string | undefined {
  if (isSound(text, TRACE_ID_DIGITS)) {
    return text;
  }
  const hex = text
    .trim()
    .replace(QUOTED, '$2')
    .trim()
    .toLowerCase()
    .replace(/^0x/, '')
    .replace(UUID, '$1$2$3$4$5')
    .replace(XRAY, '$1$2');
  if (hex.length > TRACE_ID_DIGITS || !HEX.test(hex) || ZEROS.test(hex)) {
    return undefined;
  }
  return hex.padStart(TRACE_ID_DIGITS, '0');
}

/** Whether two spellings name the same trace: case, leading zeros and 64- against 128-bit forms do not count. */
export function isSameTraceId(a: string, b: string): boolean {
  const normalized = normalizeTraceId(a);
  return normalized !== undefined && normalized === normalizeTraceId(b);
}

/**
 * The form shown to people and handed to servers: 16 digits when the upper half is zero (a 64-bit id), else 32.
 * Takes a normalised id.
 */
export function displayTraceId(traceId: string): string {
  return traceId.startsWith('0000000000000000') ? traceId.slice(SPAN_ID_DIGITS) : traceId;
}

/** A span id → at least 16 lower-case hex digits; undefined when empty, all zeros or not hex. */
export function normalizeSpanId(text: string): string | undefined {
  if (isSound(text, SPAN_ID_DIGITS)) {
    return text;
  }
  const hex = text.trim().toLowerCase().replace(/^0x/, '');
  if (!HEX.test(hex) || ZEROS.test(hex)) {
    return undefined;
  }
  return hex.padStart(SPAN_ID_DIGITS, '0');
}

/** Lower-case hex of full length that is not all zeros: what nearly every id is, told without a regular expression. */
function isSound(text: string, digits: number): boolean {
  if (text.length !== digits) {
    return false;
  }
  let isZero = true;
  for (let i = 0; i < digits; i++) {
    const code = text.charCodeAt(i);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) {
      return false;
    }
    isZero &&= code === 0x30;
  }
  return !isZero;
}
