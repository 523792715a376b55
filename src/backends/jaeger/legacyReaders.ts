import { normalizeSpanId } from '../../model/ids';
import { NANOS_PER_MICRO, unixNanoFromMicros } from '../../model/time';

const SPAN_ID_DIGITS = 16;

/** Undefined for what can be no span id: empty, all zeros, not hex, no text. */
export function readSpanId(raw: unknown): string | undefined {
  if (typeof raw !== 'string') {
    return undefined;
  }
  return isSoundSpanId(raw) ? raw : normalizeSpanId(raw);
}

/** Epoch microseconds → nanoseconds; 0n, which means unknown, for what is no number. */
export function readMicros(raw: unknown): bigint {
  const micros = typeof raw === 'string' ? Number(raw) : raw;
  return typeof micros === 'number' && Number.isFinite(micros) ? unixNanoFromMicros(micros) : 0n;
}

/** Microseconds → nanoseconds, negative ones as they are. */
export function readDuration(raw: unknown): number {
  const micros = typeof raw === 'string' ? Number(raw) : raw;
  return typeof micros === 'number' && Number.isFinite(micros) ? Math.round(micros * NANOS_PER_MICRO) : 0;
}

/** Sixteen lower-case hex digits that are not all zeros: what nearly every id is, told without a regular expression. */
function isSoundSpanId(text: string): boolean {
  if (text.length !== SPAN_ID_DIGITS) {
    return false;
  }
  let isZero = true;
  for (let i = 0; i < SPAN_ID_DIGITS; i++) {
    const code = text.charCodeAt(i);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) {
      return false;
    }
    isZero &&= code === 0x30;
  }
  return !isZero;
}
