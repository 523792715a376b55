import { NANOS_PER_MICRO, NANOS_PER_MILLI, NANOS_PER_SECOND, type Nanoseconds } from '../model/time';

/**
 * Texts that must fit into a circle of the node graph. Numbers would not do: the panel prints them with two decimals
 * whatever the column asks for (Grafana 12.4, panel/nodeGraph/utils.ts, statToString).
 */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `1.5K calls`; without a plural s for one. */
export function countText(count: number, noun: string): string {
  return `${compact.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12.3ms`: the largest unit that leaves at least 1, three significant digits. */
export function durationText(duration: Nanoseconds): string {
  if (duration >= NANOS_PER_SECOND) {
    return `${threeDigits(duration / NANOS_PER_SECOND)}s`;
  }
  if (duration >= NANOS_PER_MILLI) {
    return `${threeDigits(duration / NANOS_PER_MILLI)}ms`;
  }
  return duration >= NANOS_PER_MICRO ? `${threeDigits(duration / NANOS_PER_MICRO)}µs` : `${duration}ns`;
}

/** `12.5%` of a share between 0 and 1. */
export function shareText(share: number): string {
  return `${threeDigits(share * 100)}%`;
}

function threeDigits(value: number): number {
  if (value >= 100) {
    return Math.round(value);
  }
  return value >= 10 ? Math.round(value * 10) / 10 : Math.round(value * 100) / 100;
}
