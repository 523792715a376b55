import type { TimeRange } from '@grafana/data';

import { unixNanoFromMillis, type TimeWindow } from '../model/time';
import type { LookupMargins } from './settings';

const HOUR_MS = 3_600_000;

/**
 * The time range of a request in our units. Grafana's log details ask for a range a few milliseconds wide around one
 * line (12.4, LogLineDetailsTrace.tsx); a trace is wider than that, so nothing narrower than an hour is asked for.
 * A missing or broken range means the last hour.
 */
export function panelWindow(range: TimeRange | undefined, nowMs: number): TimeWindow {
  const fromMs = range?.from?.valueOf();
  const toMs = range?.to?.valueOf();
  if (fromMs === undefined || toMs === undefined || !Number.isFinite(fromMs) || !Number.isFinite(toMs)) {
    return windowOf(nowMs - HOUR_MS, nowMs);
  }
  return windowOf(Math.min(fromMs, toMs), Math.max(fromMs, toMs));
}

/** The window with its margins. Negative ones may turn it around; `atLeastAnHour` then makes an hour of it. */
export function withMargins(
  { fromUnixNano, toUnixNano }: TimeWindow,
  { beforeMs, afterMs }: LookupMargins
): TimeWindow {
  return {
    fromUnixNano: fromUnixNano - unixNanoFromMillis(beforeMs),
    toUnixNano: toUnixNano + unixNanoFromMillis(afterMs),
  };
}

/** The same window, or an hour around its middle when it is narrower than that. */
export function atLeastAnHour({ fromUnixNano, toUnixNano }: TimeWindow): TimeWindow {
  const hour = BigInt(HOUR_MS) * 1_000_000n;
  const missing = hour - (toUnixNano - fromUnixNano);
  return missing <= 0n
    ? { fromUnixNano, toUnixNano }
    : { fromUnixNano: fromUnixNano - missing / 2n, toUnixNano: toUnixNano + missing / 2n };
}

function windowOf(fromMs: number, toMs: number): TimeWindow {
  return { fromUnixNano: unixNanoFromMillis(fromMs), toUnixNano: unixNanoFromMillis(toMs) };
}
