import type { MetricUnit } from '../model/metricSeries';
import { nanoseconds, toSeconds } from '../model/time';

export interface ShownUnit {
  /** Grafana's id of the unit. */
  readonly id: string;
  /** Values of the model in that unit. */
  convert(value: number): number;
}

const asIs = (value: number) => value;

/**
 * How metrics are counted in frames. Durations in seconds, as Prometheus has them: an axis is shared and a threshold is
 * set in the same number whichever source a panel asks.
 */
const SHOWN: { readonly [unit in MetricUnit]: ShownUnit } = {
  nanoseconds: { id: 's', convert: (value) => toSeconds(nanoseconds(value)) },
  'per-second': { id: 'reqps', convert: asIs },
  // Of samples, which are small: 0.0025 a second tells nobody anything.
  'per-minute': { id: 'reqpm', convert: asIs },
  share: { id: 'percentunit', convert: asIs },
  count: { id: 'short', convert: asIs },
  bytes: { id: 'bytes', convert: asIs },
  number: { id: 'short', convert: asIs },
};

/** `ratesOf` is what is counted where it is not requests: `spans` are shown as `spans/s`. */
export function shownUnit(unit: MetricUnit, ratesOf?: string): ShownUnit {
  const per = { 'per-second': 's', 'per-minute': 'min' }[unit as string];
  return per !== undefined && ratesOf !== undefined ? { id: `count:${ratesOf}/${per}`, convert: asIs } : SHOWN[unit];
}
