/** @jest-environment jsdom */
import {
  createDataFrame,
  dateTime,
  LoadingState,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type PanelData,
} from '@grafana/data';
import { lastValueFrom, NEVER, of, throwError, toArray, type Observable } from 'rxjs';
import { runRequest } from './runRequest';

const range = { from: dateTime(0), to: dateTime(1), raw: { from: 'now-1h', to: 'now' } };
const request = (...refIds: string[]) =>
  ({ requestId: 'Q1', range, targets: refIds.map((refId) => ({ refId })) }) as unknown as DataQueryRequest;
const source = (answer: Observable<DataQueryResponse>, filterQuery?: DataSourceApi['filterQuery']) =>
  ({ query: () => answer, filterQuery }) as unknown as DataSourceApi;
const packet = (refId: string, extra: Partial<DataQueryResponse> = {}): DataQueryResponse => ({
  data: [createDataFrame({ refId, fields: [{ name: 'x', values: [1] }] })],
  ...extra,
});
const readError = (thrown: unknown) => ({ message: (thrown as Error).message });
const run = (dataSource: DataSourceApi, req = request('A', 'B')): Promise<PanelData[]> =>
  lastValueFrom(runRequest(dataSource, req, { cancel: () => undefined, readError }).pipe(toArray()));
const refIds = (data: PanelData | undefined) => data?.series.map((frame) => frame.refId);

test('packets of different queries stand side by side, a repeated key replaces', async () => {
  const emitted = await run(
    source(of(packet('A', { key: 'A' }), packet('B', { key: 'B' }), packet('A2', { key: 'A' })))
  );
  expect(emitted.map(refIds)).toEqual([['A'], ['A', 'B'], ['A2', 'B']]);
});

test('an error keeps the data and marks the panel', async () => {
  const [, last] = await run(source(of(packet('A'), { data: [], key: 'B', error: { message: 'no', refId: 'B' } })));
  expect([last.state, refIds(last), last.error?.message]).toEqual([LoadingState.Error, ['A'], 'no']);
});

test('a packet that says its error in both ways is heard once', async () => {
  const error = { message: 'no', refId: 'A' };
  const [last] = await run(source(of({ data: [], error, errors: [error] })));
  expect(last.errors).toEqual([error]);
});

test('what is thrown becomes an error state', async () => {
  const [last] = await run(source(throwError(() => new Error('broken'))));
  expect([last.state, last.error?.message]).toEqual([LoadingState.Error, 'broken']);
});

test('filtered queries do not reach the data source', async () => {
  const never = source(
    throwError(() => new Error('asked')),
    () => false
  );
  expect(await run(never)).toMatchObject([{ state: LoadingState.Done, series: [] }]);
});

test('leaving cancels by request id', () => {
  const cancelled: string[] = [];
  const services = { cancel: (id: string) => cancelled.push(id), readError };
  runRequest(source(NEVER), request('A'), services).subscribe().unsubscribe();
  expect(cancelled).toEqual(['Q1']);
});
