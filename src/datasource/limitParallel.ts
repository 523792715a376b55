import { BackendError } from '../backends/errors';
import type { HttpClient, HttpRequest, HttpResponse } from '../backends/http';

/**
 * At most `limit` requests at a time; the rest wait here, in order. Grafana's own queue sends five data requests at a time
 * without HTTP/2 (12.4, FetchQueueWorker.ts:17), whoever they are from. One data source may use all five, as nothing is
 * faster with fewer; but what waits behind them waits here and not there, so that a panel of another source gets the next
 * place that becomes free, and what is cancelled was never sent.
 */
export function limitParallel(http: HttpClient, limit: number, backend: string): HttpClient {
  let running = 0;
  const waiting = new Set<() => void>();

  const release = () => {
    running--;
    const [next] = waiting;
    if (next) {
      waiting.delete(next);
      next();
    }
  };

  /** Resolves when it is this request's turn; a cancelled one leaves the line. */
  const turn = ({ signal, path }: HttpRequest) =>
    new Promise<void>((resolve, reject) => {
      const cancel = () => {
        waiting.delete(start);
        reject(new BackendError('cancelled', { backend, route: path }));
      };
      const start = () => {
        signal?.removeEventListener('abort', cancel);
        running++;
        resolve();
      };
      if (signal?.aborted) {
        cancel();
      } else if (running < limit) {
        start();
      } else {
        signal?.addEventListener('abort', cancel, { once: true });
        waiting.add(start);
      }
    });

  return {
    async get(request): Promise<HttpResponse> {
      await turn(request);
      try {
        return await http.get(request);
      } finally {
        release();
      }
    },
  };
}
