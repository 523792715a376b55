import { once } from 'lodash';

/** How a list is loaded; the signal fires when nobody waits for it any more. */
export type Load<T> = (signal: AbortSignal) => Promise<T>;

interface Entry<T> {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  waiters: number;
  /** Milliseconds by the given clock; undefined while loading. */
  expiresAt?: number;
}

const DEFAULT_MAX_ENTRIES = 200;

/**
 * Answers kept for a while by key. Callers who ask while an answer is on its way share it; one who cancels stops
 * waiting, and the request itself is cancelled with its last waiter. Failures are not kept.
 */
export class SharedRequests<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(
    private readonly keepMs: number,
    private readonly now: () => number,
    private readonly maxEntries = DEFAULT_MAX_ENTRIES
  ) {}

  /** `onShared` gets the signal of the request whose answer this is. */
  get(key: string, load: Load<T>, signal?: AbortSignal, onShared?: (shared: AbortSignal) => void): Promise<T> {
    const entry = this.usableEntry(key) ?? this.start(key, load);
    onShared?.(entry.controller.signal);
    return this.wait(key, entry, signal);
  }

  /** Lets go of answers that nobody gets any more. */
  dropOverdue(): void {
    for (const key of [...this.entries.keys()]) {
      if (!this.usableEntry(key)) {
        this.entries.delete(key);
      }
    }
  }

  private usableEntry(key: string): Entry<T> | undefined {
    const entry = this.entries.get(key);
    return entry && (entry.expiresAt === undefined || this.now() < entry.expiresAt) ? entry : undefined;
  }

  private start(key: string, load: Load<T>): Entry<T> {
    const controller = new AbortController();
    const entry: Entry<T> = { promise: load(controller.signal), controller, waiters: 0 };
    this.entries.delete(key);
    this.entries.set(key, entry);
    entry.promise.then(
      () => (entry.expiresAt = this.now() + this.keepMs),
      () => this.forget(key, entry)
    );
    if (this.entries.size > this.maxEntries) {
      // A Map keeps the order of insertion: the first is the oldest.
      this.entries.delete(this.entries.keys().next().value ?? key);
    }
    return entry;
  }

  private wait(key: string, entry: Entry<T>, signal: AbortSignal | undefined): Promise<T> {
    entry.waiters++;
    return new Promise<T>((resolve, reject) => {
      const leave = once(() => {
        signal?.removeEventListener('abort', cancel);
        entry.waiters--;
      });
      const cancel = () => {
        leave();
        if (entry.waiters === 0 && entry.expiresAt === undefined) {
          this.forget(key, entry);
          entry.controller.abort();
        }
        reject(signal?.reason);
      };
      if (signal?.aborted) {
        cancel();
        return;
      }
      signal?.addEventListener('abort', cancel);
      entry.promise.then(
        (value) => {
          leave();
          resolve(value);
        },
        (error) => {
          leave();
          reject(error);
        }
      );
    });
  }

  private forget(key: string, entry: Entry<T>) {
    if (this.entries.get(key) === entry) {
      this.entries.delete(key);
    }
  }
}
