/** A line as Loki keeps it after OTLP ingestion. */
export interface LogEntry {
  readonly timeUnixNano: bigint;
  readonly line: string;
  /** What streams are selected by. */
  readonly labels: ReadonlyMap<string, string>;
  /** Structured metadata: belongs to the single line. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** The most recent lines; the oldest received are dropped first. */
export class LogStore {
  private entries: LogEntry[] = [];

  constructor(private readonly maxEntries: number) {}

  add(entries: readonly LogEntry[]): void {
    this.entries.push(...entries);
    // Now and then instead of on every push, which would copy the whole list each time.
    if (this.entries.length > this.maxEntries * 1.1) {
      this.entries = this.entries.slice(-this.maxEntries);
    }
  }

  all(): readonly LogEntry[] {
    return this.entries;
  }
}
