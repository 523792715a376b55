import type { DataFrame, QueryResultMetaStat } from '@grafana/data';

import { displayQuery } from '../query/displayText';
import type { TraceQuery } from '../query/query';

export interface Answered {
  readonly query: TraceQuery;
  /** `GET /path?parameters`, in the order they were sent. */
  readonly requests: readonly string[];
  readonly tookMs: number;
}

/** The frames with what the query inspector shows: on each what was sent, on the first how long it took. */
export function describeAnswer(frames: readonly DataFrame[], { query, requests, tookMs }: Answered): DataFrame[] {
  const executedQueryString = [displayQuery(query), ...requests].join('\n');
  const stats: QueryResultMetaStat[] = [
    { displayName: 'Time to answer', value: tookMs, unit: 'ms' },
    { displayName: 'Requests to the server', value: requests.length },
  ];
  return frames.map((frame, index) => ({
    ...frame,
    meta: {
      ...frame.meta,
      executedQueryString,
      ...(index === 0 && {
        stats: [...(frame.meta?.stats ?? []), ...stats, { displayName: 'Rows', value: frame.length }],
      }),
    },
  }));
}
