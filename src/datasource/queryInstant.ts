import { CoreApp, dateTime, type DataFrame, type DataQueryRequest } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { get } from 'lodash';
import { from, isObservable, lastValueFrom } from 'rxjs';

import { BackendError } from '../backends/errors';
import { unixMillis, type TimeWindow } from '../model/time';

export interface InstantQuery {
  readonly dataSourceUid: string;
  /** PromQL by refId. */
  readonly expressions: ReadonlyMap<string, string>;
  readonly window: TimeWindow;
  readonly signal: AbortSignal;
}

export interface InstantAnswer {
  /** Of the data source, for links. */
  readonly name: string;
  /** Each with the refId of its expression, its labels on the value field. */
  readonly frames: readonly DataFrame[];
}

const BACKEND = 'prometheus';

/** Rejects with an `Error` in the words of the data source that was asked, or with a cancelled `BackendError`. */
export async function queryInstant({
  dataSourceUid,
  expressions,
  window,
  signal,
}: InstantQuery): Promise<InstantAnswer> {
  try {
    const dataSource = await getDataSourceSrv().get(dataSourceUid);
    const answer = dataSource.query(instantRequest(dataSource, expressions, window));
    const response = await untilAborted(lastValueFrom(isObservable(answer) ? answer : from(answer)), signal);
    const [failure] = response.errors ?? [];
    if (failure) {
      throw new Error(failure.message ?? 'It gave no reason.');
    }
    return { name: dataSource.name, frames: response.data };
  } catch (cause) {
    if (cause instanceof BackendError) {
      throw cause;
    }
    const message: unknown = get(cause, 'data.message') ?? get(cause, 'message');
    throw new Error(typeof message === 'string' ? message.slice(0, 200) : 'It gave no reason.', { cause });
  }
}

/** `app` is none of Grafana's pages: for Explore, Prometheus would answer with one table instead of labelled values. */
function instantRequest(
  dataSource: { readonly uid: string; readonly type: string },
  expressions: ReadonlyMap<string, string>,
  { fromUnixNano, toUnixNano }: TimeWindow
): DataQueryRequest {
  const [fromTime, toTime] = [fromUnixNano, toUnixNano].map((time) => dateTime(Math.round(unixMillis(time))));
  const intervalMs = 60_000;
  return {
    requestId: `tracebridge-service-graph-${nextRequest++}`,
    app: CoreApp.Unknown,
    range: { from: fromTime, to: toTime, raw: { from: fromTime, to: toTime } },
    interval: '60s',
    intervalMs,
    scopedVars: {},
    timezone: 'utc',
    startTime: Date.now(),
    targets: [...expressions].map(([refId, expr]) => ({
      refId,
      expr,
      instant: true,
      range: false,
      exemplar: false,
      datasource: { uid: dataSource.uid, type: dataSource.type },
    })),
  };
}

/** Grafana cancels a request that has the id of a newer one. */
let nextRequest = 0;

function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new BackendError('cancelled', { backend: BACKEND, cause: signal.reason }));
    if (signal.aborted) {
      leave();
      return;
    }
    signal.addEventListener('abort', leave, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
