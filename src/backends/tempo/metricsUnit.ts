import type { MetricUnit } from '../../model/metricSeries';
import { withoutTexts } from '../../query/traceqlText';

/** What the numbers of a metrics query are, which the answer does not say. */
export interface MetricsMeaning {
  readonly unit: MetricUnit;
  /** Whether the values are durations, which Tempo answers in seconds. */
  readonly inSeconds: boolean;
  /** Whether the buckets of a histogram are bounded by durations, in seconds as well. */
  readonly bucketsInSeconds: boolean;
}

const FUNCTION = /\b(rate|count_over_time|(?:min|max|avg|sum|quantile|histogram)_over_time|compare)\s*\(\s*([^,()]*)/g;

const DURATIONS: ReadonlySet<string> = new Set([
  'duration',
  'traceDuration',
  'span:duration',
  'trace:duration',
  'event:timeSinceStart',
]);

/**
 * Read off the text: the function says it, and its argument where it keeps the unit of a field. Arithmetic between
 * several functions (3.1) has a unit only where it cannot change it, so it counts as a plain number.
 */
export function meaningOf(text: string): MetricsMeaning {
  const calls = [...withoutTexts(text).matchAll(FUNCTION)];
  if (calls.length !== 1) {
    return plain('number');
  }
  const [, name, argument] = calls[0];
  const isDuration = DURATIONS.has(argument.trim());
  switch (name) {
    case 'rate':
      return plain('per-second');
    case 'count_over_time':
    case 'compare':
      return plain('count');
    case 'histogram_over_time':
      return { unit: 'count', inSeconds: false, bucketsInSeconds: isDuration };
    default:
      return isDuration ? { unit: 'nanoseconds', inSeconds: true, bucketsInSeconds: false } : plain('number');
  }
}

function plain(unit: MetricUnit): MetricsMeaning {
  return { unit, inSeconds: false, bucketsInSeconds: false };
}
