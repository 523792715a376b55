import {
  DataTopic,
  guessFieldTypes,
  LoadingState,
  toDataFrame,
  type DataFrame,
  type DataQueryError,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type PanelData,
} from '@grafana/data';
import { catchError, defer, finalize, from, map, merge, of, share, takeUntil, timer, type Observable } from 'rxjs';

/** Grafana shows the spinner only after this much silence. */
const LOADING_AFTER_MS = 200;

/** What the runner needs of the page around it. */
export interface RunnerServices {
  /** Cancels whatever still runs under a request's id. */
  cancel(requestId: string): void;
  /** Grafana's reading of whatever was thrown (`toDataQueryError` of @grafana/runtime). */
  readError(thrown: unknown): DataQueryError;
}

/**
 * Runs a request as Grafana's query runner does (Grafana 12.4, features/query/state/runRequest.ts): packets are kept
 * under `key ?? data[0].refId ?? 'A'`, a packet with an error puts the whole panel in error and keeps the data, and
 * leaving cancels the requests that carry the request's id. Never errors; failures arrive as `state: Error`.
 */
export function runRequest(
  dataSource: DataSourceApi,
  request: DataQueryRequest,
  services: RunnerServices
): Observable<PanelData> {
  const loading: PanelData = { state: LoadingState.Loading, series: [], request, timeRange: request.range };
  const targets = request.targets.filter((target) => dataSource.filterQuery?.(target) ?? true);
  if (targets.length === 0) {
    return of({ ...loading, state: LoadingState.Done });
  }
  let last = loading;
  const packets = new Map<string, DataQueryResponse>();
  const answers = defer(() => from(dataSource.query({ ...request, targets }))).pipe(
    map((packet) => {
      if (!Array.isArray(packet.data)) {
        throw new Error(`Expected response data to be an array, got ${typeof packet.data}.`);
      }
      packets.set(packet.key ?? packet.data[0]?.refId ?? 'A', packet);
      last = combine(packets, packet, loading);
      return last;
    }),
    catchError((error) => of({ ...last, state: LoadingState.Error, error: services.readError(error) })),
    finalize(() => services.cancel(request.requestId)),
    share()
  );
  return merge(
    timer(LOADING_AFTER_MS).pipe(
      map(() => loading),
      takeUntil(answers)
    ),
    answers
  );
}

function combine(
  packets: ReadonlyMap<string, DataQueryResponse>,
  newest: DataQueryResponse,
  base: PanelData
): PanelData {
  const all = [...packets.values()];
  // A packet that has both says the same twice: `error` is the first of `errors`, for readers who know only one.
  const errors = all.flatMap((packet) => packet.errors ?? (packet.error ? [packet.error] : []));
  const frames = all.flatMap((packet) => packet.data.map(readFrame));
  const isAnnotation = (frame: DataFrame) => frame.meta?.dataTopic === DataTopic.Annotations;
  return {
    ...base,
    state: errors.length > 0 ? LoadingState.Error : (newest.state ?? LoadingState.Done),
    series: frames.filter((frame) => !isAnnotation(frame)),
    annotations: frames.filter(isAnnotation),
    error: errors[0],
    errors: errors.length > 0 ? errors : undefined,
  };
}

const readFrame = (data: DataQueryResponse['data'][number]): DataFrame => guessFieldTypes(toDataFrame(data));
