import type { DataQuery } from '@grafana/schema';

const STORED = 'workbench.queryHistory';
const LIMIT = 20;

export interface HistoryEntry {
  readonly datasourceUid: string;
  readonly queries: readonly DataQuery[];
  /** Epoch milliseconds. */
  readonly ranAt: number;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** Newest first. A history that cannot be read is an empty one. */
export function readHistory(storage: Store): readonly HistoryEntry[] {
  try {
    const entries: unknown = JSON.parse(storage.getItem(STORED) ?? '[]');
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}

const asked = ({ datasourceUid, queries }: Pick<HistoryEntry, 'datasourceUid' | 'queries'>) =>
  JSON.stringify([datasourceUid, queries]);

/** Puts an entry on top; the same queries further down go away. */
export function remember(entry: HistoryEntry, storage: Store): readonly HistoryEntry[] {
  const others = readHistory(storage).filter((other) => asked(other) !== asked(entry));
  const history = [entry, ...others].slice(0, LIMIT);
  storage.setItem(STORED, JSON.stringify(history));
  return history;
}
