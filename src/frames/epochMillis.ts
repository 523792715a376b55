import { NANOS_PER_MILLI, type Nanoseconds } from '../model/time';

/**
 * Offsets from a trace's epoch → epoch milliseconds with a fraction, equal to `unixMillis` of the sum but without
 * touching a bigint per span.
 */
export function epochMillis(epochUnixNano: bigint): (offset: Nanoseconds) => number {
  const epochMs = Number(epochUnixNano / BigInt(NANOS_PER_MILLI));
  const epochRest = Number(epochUnixNano % BigInt(NANOS_PER_MILLI));
  return (offset) => {
    const nanos = epochRest + offset;
    const wholeMs = Math.floor(nanos / NANOS_PER_MILLI);
    // Whole and fraction are rounded apart: dividing the sum would cost the fraction most of its digits.
    return epochMs + wholeMs + (nanos - wholeMs * NANOS_PER_MILLI) / NANOS_PER_MILLI;
  };
}
