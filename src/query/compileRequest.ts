import type { Notice } from '../model/notice';
import { normalizeTraceId } from '../model/ids';
import { unixNanoFromMillis, type TimeWindow } from '../model/time';
import type { SearchQuery, TraceIdQuery } from './query';

/** Assignable to a backend's `TraceRequest`; spelled out because this folder knows no backends. */
interface CompiledTrace {
  readonly traceId: string;
  readonly window?: TimeWindow;
  readonly rawTraces?: boolean;
}

/**
 * A lookup in the product's own units. The window of the query itself, which a link gave, wins over the panel's; a
 * missing end is taken from the panel's. Throws an `Error` with a sentence on what `validateQuery` would have refused.
 */
export function compileTraceRequest(query: TraceIdQuery, window?: TimeWindow): CompiledTrace {
  const traceId = normalizeTraceId(query.query);
  if (traceId === undefined) {
    throw new Error(`“${query.query}” is not a trace ID.`);
  }
  const bounds = ownWindow(query, window) ?? window;
  return {
    traceId,
    ...(bounds ? { window: bounds } : {}),
    ...(query.rawTraces === undefined ? {} : { rawTraces: query.rawTraces }),
  };
}

/** Says that a search looks at a window of its own, since the panel's time picker then has no effect on it. */
export function ownWindowNotice(query: SearchQuery): Notice | undefined {
  const window = ownWindow(query, undefined);
  if (!window) {
    return undefined;
  }
  const [from, to] = [query.fromMs, query.toMs].map((time) => new Date(Number(time)).toISOString());
  return {
    severity: 'info',
    text: `This search keeps the time range of the address it was pasted from (${from} to ${to}), not the one of the panel.`,
  };
}

/** Undefined when there is none; NaN when it is no whole number of at least 1. */
export function readLimit(limit: SearchQuery['limit']): number | undefined {
  const text = String(limit ?? '').trim();
  if (text === '') {
    return undefined;
  }
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number >= 1 && number <= MAX_LIMIT ? number : NaN;
}

/** Jaeger reads the limit as a 32-bit integer. */
export const MAX_LIMIT = 2_147_483_647;

/** The bounds of a query itself, a missing one taken from `fallback`; undefined when it has none or they make no range. */
export function ownWindow(
  { fromMs, toMs }: { readonly fromMs?: string | number; readonly toMs?: string | number },
  fallback: TimeWindow | undefined
): TimeWindow | undefined {
  const from = readMillis(fromMs);
  const to = readMillis(toMs);
  if (from === undefined && to === undefined) {
    return undefined;
  }
  const fromUnixNano = from ?? fallback?.fromUnixNano;
  const toUnixNano = to ?? fallback?.toUnixNano;
  return fromUnixNano !== undefined && toUnixNano !== undefined && fromUnixNano < toUnixNano
    ? { fromUnixNano, toUnixNano }
    : undefined;
}

/** The largest time a JavaScript date can hold; beyond it a number is no epoch milliseconds. */
const MAX_DATE_MS = 8.64e15;

function readMillis(time: string | number | undefined): bigint | undefined {
  const millis = typeof time === 'string' ? (/^\s*\d+(?:\.\d+)?\s*$/.test(time) ? Number(time) : NaN) : (time ?? NaN);
  return Number.isFinite(millis) && millis >= 0 && millis <= MAX_DATE_MS ? unixNanoFromMillis(millis) : undefined;
}
