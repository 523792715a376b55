/** Reads the whole traces behind a list of search results, several at a time, as many as bounds allow. */
import type { SearchResult } from '../backends/backend';
import type { Notice } from '../model/notice';
import type { TraceSummary } from '../model/summary';
import type { Trace } from '../model/trace';
import { failedTracesSentence, isCancelled, progressSentence, unreadTracesSentence } from './messages';

/** More would take minutes with most stores, and no longer change what a sum over traces tells. */
export const MAX_TRACES_READ = 100;
/** Of all traces together; they are held in memory at once. */
export const MAX_SPANS_READ = 200_000;
const MAX_PARALLEL_READS = 5;
/** A store that fails so often is not asked for the rest. */
const MAX_FAILURES = 5;

export interface TraceReading {
  readonly found: SearchResult;
  /** Rejects with what `describe` can word. */
  fetchTrace(summary: TraceSummary): Promise<Trace>;
  /** What is done to each trace before it counts; nothing when missing. */
  prepareTrace?(trace: Trace): Promise<Trace>;
  describe(error: unknown): string;
  /** After each trace but the last, with those read so far. */
  onProgress(soFar: ReadTraces): void;
}

export interface ReadTraces {
  /** In the order of the summaries. */
  readonly traces: readonly Trace[];
  readonly notices: readonly Notice[];
}

/**
 * Traces that cannot be read are left out, with a notice; rejects when none can be, and as soon as the reading is
 * cancelled.
 */
export async function readTraces(reading: TraceReading): Promise<ReadTraces> {
  return new TraceReader(reading).read();
}

class TraceReader {
  private readonly wanted: readonly TraceSummary[];
  private readonly traceByIndex = new Map<number, Trace>();
  private readonly failures: unknown[] = [];
  private spanCount = 0;
  private next = 0;

  constructor(private readonly reading: TraceReading) {
    this.wanted = reading.found.summaries.slice(0, MAX_TRACES_READ);
  }

  async read(): Promise<ReadTraces> {
    const known = new Map((this.reading.found.traces ?? []).map((trace) => [trace.traceId, trace]));
    await Promise.all(Array.from({ length: MAX_PARALLEL_READS }, () => this.work(known)));
    if (this.failures.length > 0 && this.traceByIndex.size === 0) {
      throw this.failures[0];
    }
    return { traces: this.tracesInOrder(), notices: [...this.boundNotices(), ...this.failureNotices()] };
  }

  private async work(known: ReadonlyMap<string, Trace>): Promise<void> {
    while (this.next < this.wanted.length && !this.isFull() && this.failures.length < MAX_FAILURES) {
      const index = this.next++;
      const summary = this.wanted[index];
      const held = known.get(summary.traceId);
      try {
        const trace = held ?? (await this.reading.fetchTrace(summary));
        this.keep(index, (await this.reading.prepareTrace?.(trace)) ?? trace);
      } catch (error) {
        if (isCancelled(error)) {
          throw error;
        }
        this.failures.push(error);
        continue;
      }
      if (!held && this.traceByIndex.size < this.wanted.length) {
        this.reading.onProgress({ traces: this.tracesInOrder(), notices: [this.progressNotice()] });
      }
    }
  }

  private keep(index: number, trace: Trace): void {
    this.traceByIndex.set(index, trace);
    this.spanCount += trace.spans.length;
  }

  private isFull(): boolean {
    return this.spanCount >= MAX_SPANS_READ;
  }

  private tracesInOrder(): Trace[] {
    return [...this.traceByIndex].sort(([a], [b]) => a - b).map(([, trace]) => trace);
  }

  private progressNotice(): Notice {
    return { severity: 'info', text: progressSentence(this.traceByIndex.size, this.wanted.length) };
  }

  private boundNotices(): Notice[] {
    const found = this.reading.found.summaries.length;
    const read = this.next;
    if (read >= found || this.failures.length >= MAX_FAILURES) {
      return [];
    }
    const bound = this.isFull()
      ? `together they have ${this.spanCount.toLocaleString('en')} spans, and no more than about ${MAX_SPANS_READ.toLocaleString('en')} are held at once`
      : `no more than ${MAX_TRACES_READ} are read for one answer`;
    return [{ severity: 'warning', text: unreadTracesSentence(read, found, bound) }];
  }

  private failureNotices(): Notice[] {
    const [first] = this.failures;
    if (first === undefined) {
      return [];
    }
    // Those that were not even asked for after many failures are missing too.
    const wanted = this.isFull() ? this.next : this.wanted.length;
    const text = failedTracesSentence(wanted - this.traceByIndex.size, wanted, this.reading.describe(first));
    return [{ severity: 'warning', text }];
  }
}
