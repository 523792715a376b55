/** How a sample of traces is spread over time. */
import { rangeUtil } from '@grafana/data';

import type { SearchResult } from '../backends/backend';
import { fromMillis, NANOS_PER_MILLI, type Nanoseconds, type TimeWindow } from '../model/time';

/** Even a large sample is spread over so many points at most. */
const MAX_POINTS = 60;
/** And a small one over so many, as a single point shows no course. */
const MIN_POINTS = 4;
/** So many a point on average: the share of errors of one trace is nothing or all of it. */
const OBSERVATIONS_A_POINT = 10;

/**
 * Between two points of series with so many `observations` each; what a panel wants, or wider. One of Grafana's own
 * round steps then, so that panels side by side, of whatever width, keep their points under one another.
 */
export function sampleStep(
  { fromUnixNano, toUnixNano }: TimeWindow,
  wanted: Nanoseconds,
  observations = Infinity
): Nanoseconds {
  const points = Math.min(MAX_POINTS, Math.max(MIN_POINTS, Math.floor(observations / OBSERVATIONS_A_POINT)));
  const width = Number(toUnixNano - fromUnixNano) / points;
  return width <= wanted ? wanted : fromMillis(roundUp(width / NANOS_PER_MILLI));
}

/** Grafana rounds to the nearest of its steps. */
function roundUp(millis: number): number {
  let round = 0;
  for (let asked = millis; round < millis; asked *= 1.2) {
    round = rangeUtil.roundInterval(asked);
  }
  return round;
}

/** A search that its limit cut found the newest: before the oldest of these nothing is known, which is not zero. */
export function coveredWindow(
  window: TimeWindow,
  { isLimited, summaries }: Pick<SearchResult, 'isLimited' | 'summaries'>
): TimeWindow {
  const oldest = summaries.reduce<bigint | undefined>(
    (least, { startUnixNano }) => (least === undefined || startUnixNano < least ? startUnixNano : least),
    undefined
  );
  return isLimited && oldest !== undefined && oldest > window.fromUnixNano
    ? { ...window, fromUnixNano: oldest }
    : window;
}
