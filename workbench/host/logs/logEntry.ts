/** One line of a Loki answer. */
export interface LogEntry {
  /** Epoch nanoseconds as Loki writes them: digits, because they do not fit a number. */
  readonly timeNs: string;
  readonly timeMs: number;
  readonly line: string;
  /** Stream labels and structured metadata, as Grafana shows them together. */
  readonly labels: ReadonlyMap<string, string>;
}
