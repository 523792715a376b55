/**
 * What this product itself writes on spans that it changed or made, each key once. They are attributes, so that Grafana
 * shows and filters them as any other.
 */

/** The start as the server gave it, in nanoseconds since the Unix epoch, on spans that the skew correction moved. */
export const ORIGINAL_START = 'tracebridge.original_start_unix_nano';
/** By how much such a span was moved, in nanoseconds; positive is later. */
export const CLOCK_SHIFT = 'tracebridge.clock_shift_ns';

/** On a span that stands for others: the siblings it speaks of, those among them that are shown beside it included. */
export const FOLD_COUNT = 'tracebridge.fold.count';
/** Of the siblings, the ones that are shown beside it. */
export const FOLD_SHOWN_BESIDE = 'tracebridge.fold.shown_beside';
/** All spans that are not shown because of it, descendants included. */
export const FOLD_HIDDEN_SPANS = 'tracebridge.fold.hidden_spans';
/** Of the siblings, those that failed. */
export const FOLD_ERRORS = 'tracebridge.fold.errors';
/** Durations of the siblings, in nanoseconds. */
export const FOLD_MIN = 'tracebridge.fold.min_ns';
export const FOLD_P50 = 'tracebridge.fold.p50_ns';
export const FOLD_P95 = 'tracebridge.fold.p95_ns';
export const FOLD_MAX = 'tracebridge.fold.max_ns';
export const FOLD_TOTAL = 'tracebridge.fold.total_ns';
/** Time on the critical path of the spans that are not shown, in nanoseconds. */
export const FOLD_CRITICAL_PATH = 'tracebridge.fold.critical_path_ns';
