import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import type { Span, SpanKind, Trace } from '../model/trace';
import type { Observation } from './sampleSeries';

export interface EntryConditions {
  readonly service: string;
  /** Spans of these names, whatever asked for them; empty for the entries of the service. */
  readonly operations: readonly string[];
  /** Spans of these kinds, entries or not; empty for what the names say. */
  readonly kinds: readonly SpanKind[];
}

export interface EntryObservation extends Observation {
  readonly operation: string;
}

/**
 * What a service was asked for in these traces, as it tells itself: the spans that serve a request or a message, and
 * those whose parent is of another service or of none.
 *
 *     web  GET /cart  ▇▇▇▇▇▇▇▇▇▇▇▇            an entry of web
 *       web    render   ▇▇▇
 *       cart   load         ▇▇▇▇▇▇  server    an entry of cart
 *         cart   SELECT       ▇▇▇
 */
export function observeEntries(traces: readonly Trace[], conditions: EntryConditions): readonly EntryObservation[] {
  return runAtOnce(entrySteps(traces, conditions));
}

/** `observeEntries` in steps. */
export function* entrySteps(
  traces: readonly Trace[],
  { service, operations, kinds }: EntryConditions
): Steps<readonly EntryObservation[]> {
  const counts = (span: Span) =>
    (operations.length === 0 || operations.includes(span.name)) &&
    (kinds.length > 0 ? kinds.includes(span.kind) : operations.length > 0 || isEntry(span));
  const found: EntryObservation[] = [];
  let seen = 0;
  for (const { traceId, epochUnixNano, spans } of traces) {
    for (const span of spans) {
      if (span.resource.serviceName === service && counts(span)) {
        found.push({
          traceId,
          spanId: span.spanId,
          operation: span.name,
          startUnixNano: epochUnixNano + BigInt(Math.round(span.start)),
          duration: span.duration,
          isError: span.status.code === 'error',
        });
      }
      if (++seen % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }
  return found;
}

function isEntry({ kind, parent, resource }: Span): boolean {
  return kind === 'server' || kind === 'consumer' || parent?.resource.serviceName !== resource.serviceName;
}
