import { assembleTraceSteps } from '../model/assembleTrace';
import type { DecodedSpans } from '../model/flatSpan';
import { displayTraceId } from '../model/ids';
import { runForPage } from '../model/runForPage';
import { nanoseconds } from '../model/time';
import type { Trace } from '../model/trace';
import { BackendError } from './errors';

/**
 * The trace that was asked for; without spans when none of its spans could be read, which its warnings then tell.
 * `isAsked` is for servers that know a trace by another form of its id.
 */
export async function assembleOne(
  backend: string,
  { spans, warnings }: DecodedSpans,
  traceId: string,
  signal: AbortSignal,
  isAsked: (id: string) => boolean = (id) => id === traceId
): Promise<Trace> {
  const own = spans.filter((span) => isAsked(span.traceId));
  const trace = await runForPage(assembleTraceSteps(own.length === spans.length ? spans : own, warnings), signal);
  if (trace) {
    return trace;
  }
  if (spans.length > 0) {
    throw new BackendError('unexpected-shape', {
      backend,
      detail: `The answer holds trace ${displayTraceId(spans[0].traceId)} instead of the one that was asked for.`,
    });
  }
  return { traceId, epochUnixNano: 0n, duration: nanoseconds(0), spans: [], roots: [], warnings };
}
