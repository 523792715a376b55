import { normalizeSpanId } from '../../model/ids';
import { NANOS_PER_MICRO, unixNanoFromMicros } from '../../model/time';

/** Undefined for what can be no span id: empty, all zeros, not hex, no text. */
export function readSpanId(raw: unknown): string | undefined {
  return typeof raw === 'string' ? normalizeSpanId(raw) : undefined;
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
