import type { RequestContext, SearchRequest, SearchResult, TraceBackend } from '../backends/backend';
import type { RequestLog } from './requestLog';
import { SharedRequests } from './sharedRequests';

/** As long as the panels of a dashboard take to ask one after another; what is new afterwards must be found. */
const KEEP_MS = 5_000;

/**
 * The searches of one data source. Panels of one refresh ask the same of the same time range, rate, errors and durations
 * computed from a sample above all: they share one request while it is on its way, and its answer for a moment.
 */
export class SharedSearches {
  private readonly answers: SharedRequests<SearchResult>;

  constructor(
    private readonly backend: TraceBackend,
    private readonly requests: RequestLog,
    now: () => number
  ) {
    this.answers = new SharedRequests(KEEP_MS, now);
  }

  /** Rejects as the backend does; a question that is cancelled leaves the request to the others that wait for it. */
  find(request: SearchRequest, { signal }: RequestContext): Promise<SearchResult> {
    const load = async (shared: AbortSignal) => {
      const found = await this.backend.searchTraces(request, { signal: shared });
      // Whole traces are not held for longer than somebody may ask for them; timers are not exact.
      setTimeout(() => this.answers.dropOverdue(), KEEP_MS + 100);
      return found;
    };
    return this.answers.get(keyOf(request), load, signal, (shared) => this.requests.join(signal, shared));
  }
}

function keyOf(request: SearchRequest): string {
  return JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
