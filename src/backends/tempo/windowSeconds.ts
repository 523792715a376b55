import { ceilToMillis, floorToMillis, type TimeWindow } from '../../model/time';

/**
 * Epoch seconds, rounded outwards. A window within one second becomes one second long, as Tempo refuses an end that is
 * not after its start.
 */
export function windowSeconds({ fromUnixNano, toUnixNano }: TimeWindow): { start: number; end: number } {
  const start = Math.floor(Number(floorToMillis(fromUnixNano)) / 1_000);
  const end = Math.ceil(Number(ceilToMillis(toUnixNano)) / 1_000);
  return { start, end: Math.max(end, start + 1) };
}
