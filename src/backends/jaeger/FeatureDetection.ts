import { BackendError } from '../errors';
import type { JaegerFeatures } from './features';

interface SharedProbe {
  readonly answer: Promise<JaegerFeatures>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * Knows the features of one server: detected once, by one set of requests however many ask at the same time, kept until
 * forgotten. A caller who leaves takes nobody's answer away; when the last one leaves, the requests are cancelled.
 */
export class FeatureDetection {
  private known: JaegerFeatures | undefined = undefined;
  private probe: SharedProbe | undefined = undefined;

  constructor(private readonly detect: (signal: AbortSignal) => Promise<JaegerFeatures>) {}

  /** Undefined until something was detected. */
  get current(): JaegerFeatures | undefined {
    return this.known;
  }

  /** So that the next question detects anew. Given features count only while they are still the known ones. */
  forget(features?: JaegerFeatures): void {
    if (features === undefined || features === this.known) {
      this.known = undefined;
    }
  }

  async features(signal: AbortSignal): Promise<JaegerFeatures> {
    if (this.known) {
      return this.known;
    }
    const probe = (this.probe ??= this.start());
    probe.waiting++;
    try {
      return await orCancelled(probe.answer, signal);
    } finally {
      probe.waiting--;
      if (probe.waiting === 0 && this.probe === probe) {
        this.probe = undefined;
        probe.abort.abort();
      }
    }
  }

  private start(): SharedProbe {
    const abort = new AbortController();
    const answer = this.detect(abort.signal).then((features) => {
      this.known = features;
      return features;
    });
    // Whoever waits is told; when nobody is left, the rejection of the cancelled requests concerns nobody.
    answer.catch(() => undefined);
    return { answer, abort, waiting: 0 };
  }
}

function orCancelled<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new BackendError('cancelled', { backend: 'jaeger', cause: signal.reason }));
    if (signal.aborted) {
      leave();
      return;
    }
    signal.addEventListener('abort', leave, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
