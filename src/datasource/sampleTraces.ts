/** A few whole traces, to learn from them which attributes spans have. */
import type { RequestContext } from '../backends/backend';
import type { TimeWindow } from '../model/time';
import type { Trace } from '../model/trace';
import type { ConnectedBackend } from './createBackend';
import { fanOut } from './fanOut';

/** Of all services together; more teach hardly more. */
const MAX_TRACES = 20;
/** Of a store that searches one service at a time. */
const MAX_SERVICES = 10;

export interface Sampled {
  /** Empty means all. */
  readonly services: readonly string[];
  readonly window: TimeWindow;
}

/** Rejects when the store can be asked for none at all. */
export async function sampleTraces(
  { backend, definition }: ConnectedBackend,
  { services, window }: Sampled,
  context: RequestContext
): Promise<readonly Trace[]> {
  const { search } = (await backend.capabilities?.(context)) ?? definition.capabilities;
  if (search === 'none') {
    return [];
  }
  const asked =
    services.length > 0
      ? services
      : search === 'any'
        ? [undefined]
        : await backend.listServices({ ...context, window });
  const requests = asked.slice(0, MAX_SERVICES);
  const limit = Math.max(1, Math.floor(MAX_TRACES / Math.max(1, requests.length)));
  const traces = new Map<string, Trace>();
  const wanted = new Set<string>();
  await fanOut({
    requests,
    ask: (service) =>
      backend.searchTraces({ ...(service !== undefined && { service }), attributes: [], limit, window }, context),
    onAnswer: (found) => {
      found.summaries.forEach(({ traceId }) => wanted.add(traceId));
      found.traces?.forEach((trace) => traces.set(trace.traceId, trace));
    },
  });
  await fanOut({
    requests: [...wanted].filter((traceId) => !traces.has(traceId)),
    ask: (traceId) => backend.fetchTrace({ traceId }, context),
    onAnswer: (trace) => traces.set(trace.traceId, trace),
  });
  return [...traces.values()];
}
