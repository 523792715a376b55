import { NANOS_PER_MICRO, NANOS_PER_MILLI, NANOS_PER_SECOND } from '../model/time';

const UNITS: ReadonlyArray<readonly [unit: string, nanos: number]> = [
  ['s', NANOS_PER_SECOND],
  ['ms', NANOS_PER_MILLI],
  ['µs', NANOS_PER_MICRO],
];
const SECONDS_PER_MINUTE = 60;

/** For people: `1.2ms`, `35s`, `2m 5s`, at most three digits below a minute. Takes nanoseconds, not negative. */
export function formatDuration(nanos: number): string {
  for (const [unit, size] of UNITS) {
    // What rounds up to a thousand of this unit is one of the next: 999.96µs is 1ms.
    if (nanos >= size * 0.9995) {
      const value = nanos / size;
      return unit === 's' && value >= SECONDS_PER_MINUTE - 0.05 ? formatMinutes(value) : `${round(value)}${unit}`;
    }
  }
  return `${Math.round(nanos)}ns`;
}

/** `4,312`. */
export function formatCount(count: number): string {
  // Below a thousand there is nothing to part, and asking the locale takes a hundred times as long.
  return Number.isInteger(count) && Math.abs(count) < 1_000 ? `${count}` : count.toLocaleString('en-US');
}

/** `4,312 spans`, `1 span`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** 0 to 1 → `37%`; what is not everything is never called 100%. */
export function formatShare(share: number): string {
  const percent = Math.round(share * 100);
  return `${share < 1 ? Math.min(percent, 99) : percent}%`;
}

function formatMinutes(seconds: number): string {
  const whole = Math.round(seconds);
  const rest = whole % SECONDS_PER_MINUTE;
  return `${formatCount(Math.floor(whole / SECONDS_PER_MINUTE))}m${rest === 0 ? '' : ` ${rest}s`}`;
}

function round(value: number): number {
  return Number(value.toPrecision(value < 10 ? 2 : 3));
}
