import { BackendError } from './errors';

interface SharedProbe<T> {
  readonly answer: Promise<T>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * Knows one fact about a server (which store it is, which routes it has): found out once, by one set of requests however
 * many ask at the same time, kept until forgotten. Failures are not kept. A caller who leaves takes nobody's answer away;
 * when the last one leaves, the requests are cancelled.
 */
export class Detection<T extends object> {
  private known: T | undefined = undefined;
  private probe: SharedProbe<T> | undefined = undefined;

  constructor(
    /** Backend id, for the error of those who leave. */
    private readonly backend: string,
    private readonly detect: (signal: AbortSignal) => Promise<T>
  ) {}

  /** Undefined until something was detected. */
  get current(): T | undefined {
    return this.known;
  }

  /** So that the next question detects anew. What is given counts only while it is still what is known. */
  forget(found?: T): void {
    if (found === undefined || found === this.known) {
      this.known = undefined;
    }
  }

  async result(signal: AbortSignal): Promise<T> {
    if (this.known) {
      return this.known;
    }
    const probe = (this.probe ??= this.start());
    probe.waiting++;
    try {
      return await orCancelled(probe.answer, signal, this.backend);
    } finally {
      probe.waiting--;
      if (probe.waiting === 0 && this.probe === probe) {
        this.probe = undefined;
        probe.abort.abort();
      }
    }
  }

  private start(): SharedProbe<T> {
    const abort = new AbortController();
    const answer = this.detect(abort.signal).then((found) => {
      this.known = found;
      return found;
    });
    // Whoever waits is told; when nobody is left, the rejection of the cancelled requests concerns nobody.
    answer.catch(() => undefined);
    return { answer, abort, waiting: 0 };
  }
}

function orCancelled<T>(answer: Promise<T>, signal: AbortSignal, backend: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new BackendError('cancelled', { backend, cause: signal.reason }));
    if (signal.aborted) {
      leave();
      return;
    }
    signal.addEventListener('abort', leave, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
