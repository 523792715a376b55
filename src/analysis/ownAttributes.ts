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
/** The span below which all that is folded is found, to open as a trace of its own; missing among the roots. */
export const FOLD_OPENS = 'tracebridge.fold.opens_span_id';
/** Only among the roots: the first span that is not shown. What is folded there lies in the whole trace. */
export const FOLD_AMONG_ROOTS = 'tracebridge.fold.first_span_id';
/** Instead of these two, where the trace view cannot draw all that would open: a table lists them. */
export const FOLD_LISTS = 'tracebridge.fold.lists_span_id';
export const FOLD_LISTS_ROOTS = 'tracebridge.fold.lists_first_span_id';
/** Of the siblings that are not shown, the one that took longest. */
export const FOLD_SLOWEST = 'tracebridge.fold.slowest_span_id';
/** The first failed span that is not shown; missing when none failed. */
export const FOLD_FAILED = 'tracebridge.fold.failed_span_id';

/** On spans of the critical path, and on those that stand for some: how long they were on it, in milliseconds. */
export const CRITICAL_PATH_MS = 'tracebridge.critical_path_ms';
