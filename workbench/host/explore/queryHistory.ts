import type { DataQuery } from '@grafana/schema';

const STORED = 'workbench.queryHistory';
const LIMIT = 20;

export interface HistoryEntry {
  readonly datasourceUid: string;
  readonly queries: readonly DataQuery[];
  /** Epoch milliseconds. */
  readonly ranAt: number;
}

const asked = ({ datasourceUid, queries }: Pick<HistoryEntry, 'datasourceUid' | 'queries'>) =>
  JSON.stringify([datasourceUid, queries]);

function read(storage: Pick<Storage, 'getItem'>): readonly HistoryEntry[] {
  try {
    const entries: unknown = JSON.parse(storage.getItem(STORED) ?? '[]');
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}

/** The queries run before, newest first, kept in the browser. A history that cannot be read is an empty one. */
export class QueryHistoryStore {
  private entries: readonly HistoryEntry[];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.entries = read(storage);
  }

  /** Puts an entry on top; the same queries further down go away. */
  add(entry: HistoryEntry): void {
    const others = this.entries.filter((other) => asked(other) !== asked(entry));
    this.entries = [entry, ...others].slice(0, LIMIT);
    this.storage.setItem(STORED, JSON.stringify(this.entries));
    this.listeners.forEach((listener) => listener());
  }

  /** For `useSyncExternalStore`: the same list until an entry is added. */
  snapshot = (): readonly HistoryEntry[] => this.entries;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
