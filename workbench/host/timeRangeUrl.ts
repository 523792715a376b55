import { dateTime, rangeUtil, toURLRange, type RawTimeRange, type TimeRange } from '@grafana/data';

const DEFAULT_RANGE: RawTimeRange = { from: 'now-1h', to: 'now' };

/** A bound as addresses carry it: `now-1h` as it is, digits as epoch milliseconds, anything else as a date. */
function readBound(bound: unknown, fallback: RawTimeRange['from']): RawTimeRange['from'] {
  if (typeof bound === 'number' || (typeof bound === 'string' && /^\d+$/.test(bound))) {
    return dateTime(Number(bound));
  }
  if (typeof bound !== 'string' || bound === '') {
    return fallback;
  }
  if (bound.startsWith('now')) {
    return bound;
  }
  const date = dateTime(bound);
  return date.isValid() ? date : fallback;
}

/** The time range of an address; the last hour where it names none. Relative bounds count from now. */
export function readTimeRange(from: unknown, to: unknown): TimeRange {
  return rangeUtil.convertRawToRange({
    from: readBound(from, DEFAULT_RANGE.from),
    to: readBound(to, DEFAULT_RANGE.to),
  });
}

/** The range as an address carries it: relative bounds as written, others as epoch milliseconds. */
export function writeTimeRange(range: TimeRange): { from: string; to: string } {
  const { from, to } = toURLRange(range.raw);
  return { from: String(from), to: String(to) };
}
