import type { LogEntry } from './logEntry';

interface LokiAnswer {
  readonly data?: {
    readonly resultType?: string;
    readonly result?: ReadonlyArray<{
      readonly stream?: Readonly<Record<string, string>>;
      readonly values?: ReadonlyArray<readonly [string, string, Readonly<Record<string, string>>?]>;
    }>;
  };
}

/** The lines of a `/loki/api/v1/query_range` answer, newest first. Throws a sentence when the answer holds no streams. */
export function decodeLoki(answer: unknown): LogEntry[] {
  const { data } = (answer ?? {}) as LokiAnswer;
  if (data?.resultType !== 'streams' || !Array.isArray(data.result)) {
    throw new Error('The log store answered with something other than log lines; ask for a log query, not a metric.');
  }
  const entries = data.result.flatMap(({ stream = {}, values = [] }) =>
    values.map(
      ([timeNs, line, metadata = {}]: readonly [string, string, Readonly<Record<string, string>>?]): LogEntry => ({
        timeNs,
        timeMs: Number(BigInt(timeNs) / 1_000_000n),
        line,
        labels: new Map([...Object.entries(stream), ...Object.entries(metadata)] as Array<[string, string]>),
      })
    )
  );
  return entries.sort((a, b) => b.timeNs.length - a.timeNs.length || (a.timeNs < b.timeNs ? 1 : -1));
}
