import type { TimeRange } from '@grafana/data';
import { useEffect, useState } from 'react';
import { catchError, concat, exhaustMap, map, of, timer, type Observable } from 'rxjs';
import { readTimeRange, writeTimeRange } from '../timeRangeUrl';
import { useWorkbench } from '../workbenchContext';
import { decodeLoki } from './decodeLoki';
import type { LogEntry } from './logEntry';

const POLL_MS = 2000;
const LINE_LIMIT = 200;

export interface Logs {
  readonly entries?: readonly LogEntry[];
  readonly error?: unknown;
  readonly isLoading: boolean;
}

/**
 * The lines a LogQL query finds, asked for through the data proxy, and asked for again every two seconds while `isLive`.
 * An error keeps the lines of before; polling goes on, so a store that comes back is seen.
 */
export function useLogs(
  url: string | undefined,
  expr: string,
  timeRange: TimeRange,
  isLive: boolean,
  run: number
): Logs {
  const { backendSrv } = useWorkbench();
  const [logs, setLogs] = useState<Logs>({ isLoading: true });
  useEffect(() => {
    if (url === undefined) {
      return undefined;
    }
    const raw = writeTimeRange(timeRange);
    const ask = () => {
      const { from: start, to: end } = readTimeRange(raw.from, raw.to);
      return backendSrv.fetch<string>({
        url: `${url}/loki/api/v1/query_range`,
        // Nanoseconds by appending digits: they do not fit a number.
        params: { query: expr, start: `${start.valueOf()}000000`, end: `${end.valueOf()}000000`, limit: LINE_LIMIT },
        responseType: 'text',
        showErrorAlert: false,
      });
    };
    const answers = (): Observable<Partial<Logs>> =>
      ask().pipe(
        map(({ data }) => ({ entries: decodeLoki(JSON.parse(data)), error: undefined, isLoading: false })),
        catchError((error: unknown) => of({ error, isLoading: false }))
      );
    // The first question shows that something is under way; the later ones pass unnoticed.
    const firstAnswers = () => concat(of<Partial<Logs>>({ isLoading: true }), answers());
    const clock = isLive ? timer(0, POLL_MS) : timer(0);
    const subscription = clock
      .pipe(exhaustMap((tick) => (tick === 0 ? firstAnswers() : answers())))
      .subscribe((change) => setLogs((before) => ({ ...before, ...change })));
    return () => subscription.unsubscribe();
  }, [backendSrv, url, expr, timeRange, isLive, run]);
  return logs;
}
