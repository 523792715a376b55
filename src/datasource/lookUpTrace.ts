/** Finds one trace: within the given bounds first, then everywhere. */
import { BackendError } from '../backends/errors';
import type { RequestContext, TraceBackend, TraceRequest } from '../backends/backend';
import type { Notice } from '../model/notice';
import { unixMillis, type TimeWindow } from '../model/time';
import type { Trace } from '../model/trace';
import { cutByRangeSentence, widenedSentence } from './messages';

export interface Lookup {
  readonly trace: Trace;
  readonly notices: readonly Notice[];
}

/**
 * Bounds are a hint that spares the store work; a trace outside them is still the trace that was asked for. So a miss
 * is asked again without bounds, and so is a trace with missing parents, which the bounds may have cut. Rejects with the
 * backend's `trace-not-found` only after the whole store was asked.
 */
export async function lookUpTrace(
  backend: TraceBackend,
  request: TraceRequest,
  context: RequestContext,
  renderTime: (unixMs: number) => string
): Promise<Lookup> {
  const { window, ...unbounded } = request;
  if (!window) {
    return { trace: await backend.fetchTrace(unbounded, context), notices: [] };
  }
  const bounded = await undefinedOnMiss(backend.fetchTrace(request, context));
  if (bounded && isWhole(bounded)) {
    return { trace: bounded, notices: [] };
  }
  if (bounded) {
    const whole = await undefinedOnMiss(backend.fetchTrace(unbounded, context));
    return whole && whole.spans.length > bounded.spans.length
      ? { trace: whole, notices: [{ severity: 'info', text: cutByRangeSentence(renderRange(window, renderTime)) }] }
      : { trace: bounded, notices: [] };
  }
  const trace = await backend.fetchTrace(unbounded, context);
  const started = renderTime(unixMillis(trace.epochUnixNano));
  const text = widenedSentence(renderRange(window, renderTime), started, renderDistance(trace, window));
  return { trace, notices: [{ severity: 'info', text }] };
}

async function undefinedOnMiss(answer: Promise<Trace>): Promise<Trace | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'trace-not-found') {
      return undefined;
    }
    throw error;
  }
}

function isWhole(trace: Trace): boolean {
  return trace.roots.length > 0 && trace.roots.every((root) => root.parentSpanId === undefined);
}

/** "<from> to <to>" */
export function renderRange(window: TimeWindow, renderTime: (unixMs: number) => string): string {
  return `${renderTime(unixMillis(window.fromUnixNano))} to ${renderTime(unixMillis(window.toUnixNano))}`;
}

/** How far outside the window the trace starts. */
function renderDistance({ epochUnixNano }: Trace, { fromUnixNano, toUnixNano }: TimeWindow): string {
  if (epochUnixNano < fromUnixNano) {
    return `${renderSpan(fromUnixNano - epochUnixNano)} before that range`;
  }
  if (epochUnixNano >= toUnixNano) {
    return `${renderSpan(epochUnixNano - toUnixNano)} after it`;
  }
  return 'within it, yet the server did not look there';
}

const UNITS: ReadonlyArray<readonly [name: string, seconds: number]> = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

function renderSpan(nanos: bigint): string {
  const seconds = Number(nanos / 1_000_000_000n);
  for (const [name, size] of UNITS) {
    if (seconds >= size) {
      const count = Math.round(seconds / size);
      return `${count} ${name}${count === 1 ? '' : 's'}`;
    }
  }
  return 'less than a second';
}
