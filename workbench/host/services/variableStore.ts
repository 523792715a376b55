const STORED = 'workbench.variables';

/** The names in the variables bar and what they hold until somebody types. */
const DEFAULTS: ReadonlyArray<readonly [string, string]> = [
  ['service', ''],
  ['traceId', ''],
  ['minDuration', '100ms'],
];

/** The values of the variables bar. Kept for the browser session; `?var-NAME=` in the address wins, as in Grafana. */
export class VariableStore {
  readonly names: readonly string[] = DEFAULTS.map(([name]) => name);
  private values: ReadonlyMap<string, string>;
  private readonly listeners = new Set<() => void>();

  constructor(
    search: URLSearchParams,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  ) {
    const stored = new Map<string, string>(JSON.parse(storage.getItem(STORED) ?? '[]'));
    this.values = new Map(
      DEFAULTS.map(([name, initial]) => [name, search.get(`var-${name}`) ?? stored.get(name) ?? initial])
    );
  }

  value(name: string): string | undefined {
    return this.values.get(name);
  }

  set(name: string, value: string): void {
    this.values = new Map(this.values).set(name, value);
    this.storage.setItem(STORED, JSON.stringify([...this.values]));
    this.listeners.forEach((listener) => listener());
  }

  /** For `useSyncExternalStore`: the same map until a value changes. */
  snapshot = (): ReadonlyMap<string, string> => this.values;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
