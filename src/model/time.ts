/**
 * Units of time, and the only place in the product with factors of 1000.
 *
 * A bare time inside the product is `Nanoseconds`, counted from a trace's epoch; it is exact in a double for 104 days.
 * Absolute times are `bigint` nanoseconds since the Unix epoch: they do not fit a double (its step there is 256 ns).
 */
export type Nanoseconds = number & { readonly __unit: 'ns' };

export const NANOS_PER_MICRO = 1_000;
export const NANOS_PER_MILLI = 1_000_000;
export const NANOS_PER_SECOND = 1_000_000_000;

/** Says that a number already is in nanoseconds. */
export function nanoseconds(value: number): Nanoseconds {
  return value as Nanoseconds;
}

export function fromMicros(micros: number): Nanoseconds {
  return (micros * NANOS_PER_MICRO) as Nanoseconds;
}

export function fromMillis(millis: number): Nanoseconds {
  return (millis * NANOS_PER_MILLI) as Nanoseconds;
}

export function toMicros(time: Nanoseconds): number {
  return time / NANOS_PER_MICRO;
}

export function toMillis(time: Nanoseconds): number {
  return time / NANOS_PER_MILLI;
}

export function toSeconds(time: Nanoseconds): number {
  return time / NANOS_PER_SECOND;
}

/** A half-open stretch of absolute time. */
export interface TimeWindow {
  readonly fromUnixNano: bigint;
  readonly toUnixNano: bigint;
}

/** A fraction is rounded to the nanosecond. Throws a RangeError on NaN and infinities: check what a user typed first. */
export function unixNanoFromMillis(millis: number): bigint {
  // Whole milliseconds go through BigInt exactly; a fraction is rounded to the nanosecond on its own.
  const whole = Math.floor(millis);
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((millis - whole) * NANOS_PER_MILLI));
}

/** As `unixNanoFromMillis`. */
export function unixNanoFromMicros(micros: number): bigint {
  if (Number.isInteger(micros)) {
    return BigInt(micros) * 1_000n;
  }
  const whole = Math.floor(micros);
  return BigInt(whole) * 1_000n + BigInt(Math.round((micros - whole) * NANOS_PER_MICRO));
}

/** Rounded down: for the start of a window. */
export function floorToMicros(unixNano: bigint): bigint {
  return floorDivide(unixNano, 1_000n);
}

/** Rounded up: for the end of a window. */
export function ceilToMicros(unixNano: bigint): bigint {
  return -floorDivide(-unixNano, 1_000n);
}

export function floorToMillis(unixNano: bigint): bigint {
  return floorDivide(unixNano, 1_000_000n);
}

export function ceilToMillis(unixNano: bigint): bigint {
  return -floorDivide(-unixNano, 1_000_000n);
}

/** `bigint` division cuts towards zero; times before 1970 must go down as all others do. */
function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient;
}

/**
 * Epoch milliseconds with a fraction, which is what Grafana's frames hold. The whole milliseconds are exact; the
 * fraction keeps about a quarter of a microsecond, as a double can no more at today's epoch.
 */
export function unixMillis(unixNano: bigint): number {
  const whole = unixNano / 1_000_000n;
  return Number(whole) + Number(unixNano - whole * 1_000_000n) / NANOS_PER_MILLI;
}

/** The last and the first second that a JavaScript date can name, in the years ±270,000. */
const DATE_LIMIT_SECONDS = 8_640_000_000_000n;

/** RFC 3339 in UTC with nine digits of fraction, as Jaeger's v3 API reads it. */
export function toRfc3339(unixNano: bigint): string {
  const seconds = floorDivide(unixNano, 1_000_000_000n);
  const fraction = (unixNano - seconds * 1_000_000_000n).toString().padStart(9, '0');
  const nameable =
    seconds > DATE_LIMIT_SECONDS ? DATE_LIMIT_SECONDS : seconds < -DATE_LIMIT_SECONDS ? -DATE_LIMIT_SECONDS : seconds;
  return new Date(Number(nameable) * 1000).toISOString().replace(/\.\d{3}Z$/, `.${fraction}Z`);
}

const GO_UNITS: ReadonlyArray<readonly [unit: string, nanos: number]> = [
  ['s', NANOS_PER_SECOND],
  ['ms', NANOS_PER_MILLI],
  ['us', NANOS_PER_MICRO],
];

/**
 * A duration as Go's `time.ParseDuration` reads it: a whole number and the largest unit that keeps it exact (`90s`,
 * `1500us`), so that no server meets a fraction or an exponent.
 */
export function formatGoDuration(duration: Nanoseconds): string {
  const nanos = Math.round(duration);
  for (const [unit, size] of GO_UNITS) {
    if (nanos !== 0 && nanos % size === 0) {
      return `${nanos / size}${unit}`;
    }
  }
  return `${nanos}ns`;
}
