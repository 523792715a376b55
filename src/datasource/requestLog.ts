import { encodeQuery, type HttpClient } from '../backends/http';

/**
 * Remembers which requests were sent for one question, so that the query inspector can show them. A question is
 * known by its `AbortSignal`: the one thing that every request of a question carries.
 */
export class RequestLog {
  private readonly linesBySignal = new WeakMap<AbortSignal, string[]>();
  private readonly sharedBySignal = new WeakMap<AbortSignal, Set<AbortSignal>>();

  watch(http: HttpClient): HttpClient {
    return {
      get: (request) => {
        if (request.signal) {
          const search = encodeQuery(request.query);
          this.linesOf(request.signal).push(`GET ${request.path}${search && `?${search}`}`);
        }
        return http.get(request);
      },
    };
  }

  /** A question that is answered with what was, or is, asked under a signal that it shares with others. */
  join(signal: AbortSignal, shared: AbortSignal): void {
    const signals = this.sharedBySignal.get(signal) ?? new Set();
    this.sharedBySignal.set(signal, signals.add(shared));
  }

  /** In the order they were sent, shared ones last. */
  requestsOf(signal: AbortSignal): readonly string[] {
    const shared = [...(this.sharedBySignal.get(signal) ?? [])];
    return [signal, ...shared].flatMap((each) => this.linesOf(each));
  }

  private linesOf(signal: AbortSignal): string[] {
    let lines = this.linesBySignal.get(signal);
    if (!lines) {
      lines = [];
      this.linesBySignal.set(signal, lines);
    }
    return lines;
  }
}
