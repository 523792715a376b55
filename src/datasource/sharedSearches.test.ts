import { dateTime, LoadingState, type DataQueryRequest, type DataQueryResponse } from '@grafana/data';
import { lastValueFrom, toArray, type Observable } from 'rxjs';

import type { RequestContext, SearchRequest, SearchResult } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { summarizeTrace } from '../model/summary';
import type { TraceQuery } from '../query/query';
import { RequestLog } from './requestLog';
import { SharedRequests } from './sharedRequests';
import { SharedSearches } from './sharedSearches';
import { fakeBackend, fakeDefinition, fakeServices, instanceSettings } from './testing/fakeServices';
import { chainTrace, START_MS } from './testing/spans';
import { TraceDataSource } from './TraceDataSource';

const found: SearchResult = {
  summaries: [summarizeTrace(chainTrace(['aaaaaaaaaaaaaaaa'], { startMs: START_MS - 1000 }))],
  isLimited: false,
  notices: [],
};

/** A dashboard over a store whose searches are answered by hand. */
function dashboard() {
  const asked: Array<SearchRequest & RequestContext & { answer(): void; fail(): void }> = [];
  const clock = { nowMs: 0 };
  const searchTraces = (request: SearchRequest, context: RequestContext) =>
    new Promise<SearchResult>((resolve, reject) => {
      const fail = () => reject(new BackendError('server', { backend: 'fake', status: 500 }));
      asked.push({ ...request, ...context, answer: () => resolve(found), fail });
    });
  const definition = fakeDefinition(() => fakeBackend({ searchTraces }));
  const source = new TraceDataSource(instanceSettings(), fakeServices(definition, { now: () => clock.nowMs }));
  const panel = (fields: object, toMs = START_MS): Observable<DataQueryResponse> => {
    const [from, to] = [dateTime(toMs - 3_600_000), dateTime(toMs)];
    const range = { from, to, raw: { from, to } };
    const targets = [{ refId: 'A', queryType: 'metrics', services: ['checkout'], ...fields }];
    return source.query({
      targets,
      range,
      intervalMs: 60_000,
      scopedVars: {},
    } as unknown as DataQueryRequest<TraceQuery>);
  };
  return { asked, clock, panel };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const statesOf = async (answer: Observable<DataQueryResponse>) =>
  (await lastValueFrom(answer.pipe(toArray()))).map(({ state }) => state);

it('lets panels that ask the same share a search, and its answer for a moment', async () => {
  const { asked, clock, panel } = dashboard();
  const panels = ['calls', 'errors', 'latencies'].map((metric) => statesOf(panel({ metric })));
  await settled();
  expect(asked).toHaveLength(1);
  asked[0].answer();
  expect(await Promise.all(panels)).toEqual([[LoadingState.Done], [LoadingState.Done], [LoadingState.Done]]);

  clock.nowMs = 4_999;
  expect(await statesOf(panel({ metric: 'calls' }))).toEqual([LoadingState.Done]);
  expect(asked).toHaveLength(1);
  clock.nowMs = 5_000;
  panel({ metric: 'calls' }).subscribe();
  await settled();
  expect(asked).toHaveLength(2);
});

test.each<[string, object, number]>([
  ['another service', { services: ['cart'] }, START_MS],
  ['another operation', { operation: 'GET' }, START_MS],
  ['another time range', {}, START_MS + 1],
])('asks anew for %s', async (_name, fields, toMs) => {
  const { asked, panel } = dashboard();
  panel({}).subscribe();
  panel(fields, toMs).subscribe();
  await settled();
  expect(asked).toHaveLength(2);
});

it('goes on for the others when one panel leaves, and ends with the last', async () => {
  const { asked, panel } = dashboard();
  const answers: unknown[] = [];
  const leaving = panel({ metric: 'calls' }).subscribe((packet) => answers.push(packet));
  const staying = panel({ metric: 'errors' }).subscribe(({ data }) => answers.push(data[0].name));
  await settled();
  leaving.unsubscribe();
  await settled();
  expect(asked[0].signal.aborted).toBe(false);
  asked[0].answer();
  await settled();
  expect(answers).toEqual(['checkout']);
  staying.unsubscribe();

  const alone = panel({ services: ['cart'] }).subscribe();
  await settled();
  alone.unsubscribe();
  expect(asked[1].signal.aborted).toBe(true);
});

it('tells all of a failure, and asks again afterwards', async () => {
  const { asked, panel } = dashboard();
  const panels = ['calls', 'errors'].map((metric) => statesOf(panel({ metric })));
  await settled();
  asked[0].fail();
  expect(await Promise.all(panels)).toEqual([[LoadingState.Error], [LoadingState.Error]]);
  panel({}).subscribe();
  await settled();
  expect(asked).toHaveLength(2);
});

it('holds no answer for longer than somebody may get it', async () => {
  jest.useFakeTimers();
  const drop = jest.spyOn(SharedRequests.prototype, 'dropOverdue');
  const searches = new SharedSearches(fakeBackend({ searchTraces: async () => found }), new RequestLog(), () => 0);
  const request: SearchRequest = { attributes: [], limit: 1, window: { fromUnixNano: 0n, toUnixNano: 1n } };
  await searches.find(request, { signal: new AbortController().signal });
  jest.advanceTimersByTime(5_000);
  expect(drop).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1_000);
  expect(drop).toHaveBeenCalledTimes(1);
  jest.useRealTimers();
});

it('lets each question see the request behind its answer', async () => {
  const requests = new RequestLog();
  const http = requests.watch({ get: async () => ({ status: 200, body: '' }) });
  const backend = fakeBackend({
    searchTraces: async (_, { signal }) => {
      await http.get({ path: '/search', signal });
      return found;
    },
  });
  const searches = new SharedSearches(backend, requests, () => 0);
  const signals = [new AbortController().signal, new AbortController().signal];
  const request: SearchRequest = { attributes: [], limit: 1, window: { fromUnixNano: 0n, toUnixNano: 1n } };
  await Promise.all(signals.map((signal) => searches.find(request, { signal })));
  expect(signals.map((signal) => requests.requestsOf(signal))).toEqual([['GET /search'], ['GET /search']]);
});
