import { percentile } from '../analysis/percentile';
import type { CompleteServiceGraph, RequestNumbers } from '../model/serviceGraph';
import { NANOS_PER_SECOND, type TimeWindow } from '../model/time';
import { countText, durationText, rateText, rateUnit } from './statText';

export type RateText = (numbers: RequestNumbers) => string;

/**
 * How often, as nodes and edges of a graph say it: per second, minute or hour where the source counted all of a window,
 * else in all. One unit for the whole graph, the one that suits half of its services, so that they can be compared.
 */
export function rateTexts({ services, window }: CompleteServiceGraph): RateText {
  if (!window) {
    return ({ calls }) => (calls === 0 ? '' : countText(calls, 'call'));
  }
  const rates = services.flatMap(({ calls }) => (calls === 0 ? [] : [callsPerSecond(calls, window)]));
  const unit = rateUnit(
    rates.length > 0
      ? percentile(
          rates.sort((a, b) => a - b),
          50
        )
      : 0
  );
  return ({ calls }) => (calls === 0 ? '' : rateText(callsPerSecond(calls, window), unit));
}

export function callsPerSecond(calls: number, { fromUnixNano, toUnixNano }: TimeWindow): number {
  const seconds = Number(toUnixNano - fromUnixNano) / NANOS_PER_SECOND;
  return seconds > 0 ? calls / seconds : 0;
}

/** 0 to 1; 0 where errors are not counted. */
export function errorShare({ calls, errors = 0 }: RequestNumbers): number {
  return calls > 0 ? Math.min(1, errors / calls) : 0;
}

/** What fits into a circle: how long requests took, else what share failed, which the ring shows too. */
export function circleText(numbers: RequestNumbers): string {
  return numbers.p95 === undefined || numbers.calls === 0 ? errorText(numbers) : `p95 ${durationText(numbers.p95)}`;
}

/** `2.5% errors`; empty for none. */
function errorText(numbers: RequestNumbers): string {
  const share = errorShare(numbers);
  return share > 0 ? `${percent(share)} errors` : '';
}

/** `2.5% errors · p95 120ms`; empty where neither is known. */
export function healthText(numbers: RequestNumbers): string {
  const errors = errorText(numbers);
  const p95 = numbers.p95 === undefined || numbers.calls === 0 ? '' : `p95 ${durationText(numbers.p95)}`;
  return [errors, p95].filter((text) => text !== '').join(' · ');
}

function percent(share: number): string {
  const value = share * 100;
  return `${value >= 10 ? Math.round(value) : Number(value.toPrecision(2))}%`;
}
