import { fromMillis, NANOS_PER_SECOND, nanoseconds, type Nanoseconds, type TimeWindow } from '../model/time';
import { readLimit } from './compileRequest';
import { DEFAULT_SEARCH_LIMIT } from './defaults';
import { parseDurationText } from './durationText';
import type { LanguageQuery } from './query';

/** Assignable to a backend's `LanguageSearchRequest`. */
interface CompiledLanguageSearch {
  readonly text: string;
  readonly limit: number;
  readonly spansPerTrace?: number;
  readonly window: TimeWindow;
}

/** Assignable to a backend's `LanguageMetricsRequest`. */
interface CompiledLanguageMetrics {
  readonly text: string;
  readonly window: TimeWindow;
  readonly step?: Nanoseconds;
  readonly exemplars?: number;
}

/** Takes a query without problems, as `validateQuery` sees them. */
export function compileLanguageSearch(query: LanguageQuery, window: TimeWindow): CompiledLanguageSearch {
  const spansPerTrace = readLimit(query.spss);
  return {
    text: query.query.trim(),
    limit: readLimit(query.limit) ?? DEFAULT_SEARCH_LIMIT,
    ...(spansPerTrace === undefined ? {} : { spansPerTrace }),
    window,
  };
}

/** As above. `intervalMs` is what the panel has room for, where the query sets no step. */
export function compileLanguageMetrics(
  query: LanguageQuery,
  window: TimeWindow,
  intervalMs: number | undefined
): CompiledLanguageMetrics {
  const exemplars = readLimit(query.exemplars);
  return {
    text: query.query.trim(),
    window,
    ...(query.metricsQueryType === 'instant' ? {} : { step: readStep(query.step) ?? fittingStep(window, intervalMs) }),
    ...(exemplars === undefined ? {} : { exemplars }),
  };
}

function readStep(step = ''): Nanoseconds | undefined {
  const parsed = parseDurationText(step);
  return 'value' in parsed && parsed.value > 0 ? parsed.value : undefined;
}

/** Where no panel says how wide it is. Tempo refuses more than 10,000 points. */
const POINTS = 200;

/** Whole seconds, and at least one. */
function fittingStep({ fromUnixNano, toUnixNano }: TimeWindow, intervalMs: number | undefined): Nanoseconds {
  const wanted = intervalMs && intervalMs > 0 ? fromMillis(intervalMs) : Number(toUnixNano - fromUnixNano) / POINTS;
  return nanoseconds(Math.max(1, Math.ceil(wanted / NANOS_PER_SECOND)) * NANOS_PER_SECOND);
}
