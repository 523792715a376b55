import { encodeQuery, type HttpClient } from '../backends/http';

/**
 * Remembers which requests were sent for one question, so that the query inspector can show them. A question is
 * known by its `AbortSignal`: the one thing that every request of a question carries.
 */
export class RequestLog {
  private readonly linesBySignal = new WeakMap<AbortSignal, string[]>();

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

  /** In the order they were sent. */
  requestsOf(signal: AbortSignal): readonly string[] {
    return this.linesOf(signal);
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
