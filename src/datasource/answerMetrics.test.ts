import { getFieldDisplayName, type DataFrame } from '@grafana/data';

import { checkFrames } from '../../testkit/frameLaws';
import { traceFromText } from '../../testkit/traceFromText';
import type { MetricsRequest, SearchRequest } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { summarizeTrace } from '../model/summary';
import { fromMillis, unixNanoFromMillis } from '../model/time';
import { PROGRESS_EVERY_MS } from './progress';
import { noticesOf, runTarget, sentenceOf } from './testing/runTarget';
import { START_MS } from './testing/spans';

const target = (fields: object = {}) => ({ refId: 'A', queryType: 'metrics', services: ['checkout'], ...fields });
const capabilities = { timeSeries: true };
const names = (frames: DataFrame[]) =>
  frames.filter(({ name }) => name !== 'exemplar').map((frame) => getFieldDisplayName(frame.fields[1], frame));

function storeOf(answer: (request: MetricsRequest) => number = () => 1) {
  const asked: MetricsRequest[] = [];
  const fetchMetrics = async (request: MetricsRequest) => {
    asked.push(request);
    const operations = request.byOperation ? ['GET', 'POST'] : [undefined];
    return {
      notices: [{ severity: 'info' as const, text: 'Once.' }],
      series: request.services.flatMap((service) =>
        operations.map((operation) => ({
          labels: [
            { key: 'service.name', value: service },
            ...(operation ? [{ key: 'operation', value: operation }] : []),
            ...(request.quantile === undefined ? [] : [{ key: 'quantile', value: request.quantile }]),
          ],
          unit: request.metric === 'latencies' ? ('nanoseconds' as const) : ('per-second' as const),
          points: [{ timeUnixNano: unixNanoFromMillis(START_MS), value: answer(request) }],
          exemplars: [],
        }))
      ),
    };
  };
  return { asked, methods: { fetchMetrics } };
}

describe('metrics of the store', () => {
  it('are a series for each service, over the range and interval of the panel', async () => {
    const { asked, methods } = storeOf();
    const request = { intervalMs: 30_000 };
    const frames = await runTarget(target({ services: ['a', 'b'] }), { methods, capabilities, request });
    expect(names(frames)).toEqual(['a', 'b']);
    expect(asked).toEqual([
      {
        metric: 'calls',
        services: ['a', 'b'],
        byOperation: false,
        window: { fromUnixNano: unixNanoFromMillis(START_MS - 3_600_000), toUnixNano: unixNanoFromMillis(START_MS) },
        step: fromMillis(30_000),
        rateWindow: fromMillis(300_000),
      },
    ]);
    expect(noticesOf(frames[0])).toEqual(['Once.']);
    expect(checkFrames(frames)).toEqual([]);
  });

  it('are a question for each quantile, told apart in the legend', async () => {
    const { asked, methods } = storeOf(({ quantile = 0 }) => quantile * 1e9);
    const query = target({ metric: 'latencies', quantiles: ['p50', '0.95'], spanKinds: ['client'], step: '10m' });
    const frames = await runTarget(query, { methods, capabilities });
    expect(names(frames)).toEqual(['checkout p50', 'checkout p95']);
    expect(frames.map(({ fields }) => [fields[1].values[0], fields[1].config.unit])).toEqual([
      [0.5, 's'],
      [0.95, 's'],
    ]);
    expect(asked.map(({ quantile, spanKinds, rateWindow }) => [quantile, spanKinds, rateWindow])).toEqual([
      [0.5, ['client'], fromMillis(600_000)],
      [0.95, ['client'], fromMillis(600_000)],
    ]);
    expect(noticesOf(frames[0])).toEqual(['Once.']);
  });

  it('are those of one operation, which the store cannot choose', async () => {
    const { asked, methods } = storeOf();
    expect(names(await runTarget(target({ operation: 'POST' }), { methods, capabilities }))).toEqual(['checkout POST']);
    expect(asked[0].byOperation).toBe(true);
    expect(names(await runTarget(target({ groupBy: 'operation' }), { methods, capabilities }))).toEqual([
      'checkout GET',
      'checkout POST',
    ]);
  });

  it('are those of several operations, or of the service where these are all it has', async () => {
    const { asked, methods } = storeOf();
    const listSpanNames = async () => ['GET', 'POST', 'PUT'].map((name) => ({ name, kinds: [] }));
    const chosen = async (operation: string) =>
      names(await runTarget(target({ operation }), { methods: { ...methods, listSpanNames }, capabilities }));
    expect(await chosen('{GET,POST}')).toEqual(['checkout GET', 'checkout POST']);
    expect(await chosen('{PUT,POST}')).toEqual(['checkout POST']);
    expect(await chosen('{GET,POST,PUT}')).toEqual(['checkout']);
    expect(await chosen('.*')).toEqual(['checkout']);
    expect(asked.map(({ byOperation }) => byOperation)).toEqual([true, true, false, false]);
  });

  it('cannot be narrowed by anything but service and operation, which is said', async () => {
    const { methods } = storeOf();
    const filters = [
      { key: 'http.method', operator: '!=', value: 'GET' },
      { key: 'status', operator: '=', value: 'error' },
    ];
    const [frame] = await runTarget(target(), { methods, capabilities, request: { filters } });
    expect(noticesOf(frame).at(-1)).toMatch(/cannot be narrowed by http.method != GET, status error\. Choose “Traces”/);
  });

  it('fail as any question does', async () => {
    const fetchMetrics = async () => {
      throw new BackendError('server', { backend: 'fake', status: 500, serverMessage: 'prometheus is away' });
    };
    expect(await sentenceOf(runTarget(target(), { methods: { fetchMetrics }, capabilities }))).toMatch(
      /prometheus is away/
    );
  });
});

describe('metrics of a store that keeps none', () => {
  const summaries = [0, 1, 2].map((index) => ({
    traceId: `${index + 1}`.repeat(32),
    startUnixNano: unixNanoFromMillis(START_MS - index * 1000),
    duration: fromMillis(10 * (index + 1)),
    spanCount: 2,
    errorCount: index === 2 ? 1 : 0,
    services: [],
  }));

  function searching(isLimited = false) {
    const asked: SearchRequest[] = [];
    const searchTraces = async (request: SearchRequest) => {
      asked.push(request);
      return { summaries, isLimited, notices: [] };
    };
    return { asked, searchTraces };
  }

  it('are computed from a sample of traces, which is said', async () => {
    const { asked, searchTraces } = searching();
    const frames = await runTarget(target({ metric: 'latencies' }), { methods: { searchTraces } });
    expect(names(frames)).toEqual(['checkout p50', 'checkout p95', 'checkout p99']);
    expect(frames.at(-1)?.name).toBe('exemplar');
    expect(asked).toEqual([expect.objectContaining({ service: 'checkout', limit: 200 })]);
    expect(noticesOf(frames[0])).toEqual([
      'Fake keeps no metrics. What is shown was computed from traces instead.',
      'Computed from a sample of 3 traces that the search found; durations are those of whole traces.',
    ]);
    expect(checkFrames(frames)).toEqual([]);
  });

  it('are computed after the store has refused, with its reason', async () => {
    const fetchMetrics = async () => {
      throw new BackendError('unsupported', { backend: 'fake', detail: 'Nothing is configured.' });
    };
    const methods = { fetchMetrics, ...searching() };
    const frames = await runTarget(target(), { methods, capabilities });
    expect(noticesOf(frames[0])[0]).toBe(
      'Fake cannot answer this kind of query. Details: Nothing is configured. What is shown was computed from traces instead.'
    );
    expect(frames[0].fields[1].config.unit).toBe('count:traces/min');
    expect(await sentenceOf(runTarget(target({ source: 'store' }), { methods, capabilities }))).toMatch(
      /Nothing is configured/
    );
  });

  it('claim nothing about the time before the oldest trace of a search that was cut', async () => {
    const from = async (isLimited: boolean) => {
      const { searchTraces } = searching(isLimited);
      const request = { intervalMs: 60_000 };
      const [frame] = await runTarget(target({ source: 'traces' }), { methods: { searchTraces }, request });
      return { frame, from: frame.fields[0].values[0] };
    };
    expect((await from(false)).from).toBe(START_MS - 3_600_000);
    const cut = await from(true);
    expect(cut.from).toBe(START_MS - 60_000);
    expect(noticesOf(cut.frame)).toEqual([expect.stringMatching(/rates are too low/)]);
  });

  it('are narrowed by whatever a search is', async () => {
    const { asked, searchTraces } = searching();
    const filters = [
      { key: 'x', operator: '=', value: '1' },
      { key: 'duration', operator: '>', value: '1s' },
    ];
    const [frame] = await runTarget(target({ source: 'traces' }), { methods: { searchTraces }, request: { filters } });
    expect(asked).toMatchObject([{ attributes: [{ key: 'x', operator: '=', value: '1' }], minDuration: 1e9 }]);
    expect(noticesOf(frame)).toHaveLength(1);
    const wrong = { filters: [{ key: 'duration', operator: '>', value: 'long' }] };
    expect(
      await sentenceOf(runTarget(target({ source: 'traces' }), { methods: { searchTraces }, request: wrong }))
    ).toMatch(/long/);
  });

  it('are a series for each operation that a trace began with, where its list is all there is', async () => {
    const [one, two, three] = summaries;
    const rooted = [
      { ...one, rootServiceName: 'web', rootSpanName: 'GET /cart' },
      { ...two, rootServiceName: 'checkout', rootSpanName: 'POST /pay' },
      { ...three, rootSpanName: 'POST /pay' },
    ];
    const searchTraces = async () => ({ summaries: rooted, isLimited: false, notices: [] });
    const frames = await runTarget(target({ groupBy: 'operation' }), { methods: { searchTraces } });
    expect(frames.map(({ fields }) => fields[1].labels)).toEqual([
      { 'service.name': 'checkout', operation: 'POST /pay' },
      { 'service.name': 'checkout', root: 'web: GET /cart' },
    ]);
    expect(noticesOf(frames[0]).at(-1)).toMatch(/names the operation with which each trace began/);
    expect(checkFrames(frames)).toEqual([]);
  });

  it('tell of a service that cannot be searched beside the others, which are shown as they come', async () => {
    jest.useFakeTimers();
    const partials: DataFrame[][] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { searchTraces: find } = searching();
    const searchTraces = async ({ service, ...request }: SearchRequest) => {
      if (service === 'down') {
        throw new BackendError('server', { backend: 'fake', status: 500 });
      }
      await (service === 'slow' ? held : undefined);
      return find(request);
    };
    const answer = runTarget(target({ services: ['slow', 'down', 'cart'] }), {
      methods: { searchTraces },
      onPartial: (frames) => partials.push(frames),
    });
    await jest.advanceTimersByTimeAsync(PROGRESS_EVERY_MS);
    jest.useRealTimers();
    expect(partials.map((frames) => [names(frames), noticesOf(frames[0]).at(-1)])).toEqual([
      [['cart'], '1 of 3 services searched: what is shown is not complete yet.'],
    ]);
    release();
    const frames = await answer;
    expect(names(frames)).toEqual(['slow', 'cart']);
    expect(noticesOf(frames[0]).at(-1)).toMatch(/^1 of 3 services could not be searched.*HTTP 500/);
  });

  it('fail as one when no service can be searched', async () => {
    const searchTraces = async () => {
      throw new BackendError('unreachable', { backend: 'fake' });
    };
    expect(await sentenceOf(runTarget(target({ services: ['a', 'b'] }), { methods: { searchTraces } }))).toMatch(
      /network/
    );
  });

  it('search ten services at most, and say so', async () => {
    const { asked, searchTraces } = searching();
    const services = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const frames = await runTarget(target({ services, metric: 'errors' }), { methods: { searchTraces } });
    expect([asked.length, frames.length]).toEqual([10, 10]);
    expect(noticesOf(frames[0]).at(-1)).toMatch(/first 10 of 12 services/);
  });

  describe('whose searches bring whole traces', () => {
    const trace = traceFromText(`
      web       GET /cart    [0--------------------1000]  server
      checkout    POST /pay    [100----200]               server !
      checkout      charge       [110-190]
      checkout    GET /rates          [300---------900]   server
    `);
    const whole = { ...trace, epochUnixNano: unixNanoFromMillis(START_MS - 2000) };
    const searchTraces = async () => ({
      summaries: [summarizeTrace(whole)],
      traces: [whole],
      isLimited: false,
      notices: [],
    });
    const drawn = async (fields: object) => {
      const frames = await runTarget(target({ ...fields, step: '1h' }), { methods: { searchTraces } });
      expect(checkFrames(frames)).toEqual([]);
      return frames;
    };
    const lastOf = ({ fields }: DataFrame) => fields[1].values.filter((value) => value !== null).at(-1);

    test.each<[object, ReadonlyArray<readonly [string, number]>]>([
      [
        { metric: 'calls', groupBy: 'operation' },
        [
          ['checkout GET /rates', 1 / 60],
          ['checkout POST /pay', 1 / 60],
        ],
      ],
      [{ metric: 'calls' }, [['checkout', 2 / 60]]],
      [{ metric: 'errors' }, [['checkout', 0.5]]],
      [{ metric: 'errors', operation: 'POST /pay' }, [['checkout POST /pay', 1]]],
      [{ metric: 'latencies', quantiles: ['p50'], operation: 'charge' }, [['checkout charge p50', 0.08]]],
      [{ metric: 'calls', spanKinds: ['client'] }, [['checkout', 0]]],
      [{ metric: 'calls', services: ['web'] }, [['web', 1 / 60]]],
    ])('count what the service was asked for: %j', async (fields, expected) => {
      const frames = (await drawn(fields)).filter(({ name }) => name !== 'exemplar');
      expect(frames.map((frame, index) => [names(frames)[index], lastOf(frame)])).toEqual(expected);
      expect(noticesOf(frames[0])[1]).toBe('Computed from the requests in a sample of 1 trace that the search found.');
    });

    it('count requests a minute, and lead to the slowest of them', async () => {
      const [rate] = await drawn({ metric: 'calls' });
      expect(rate.fields[1].config.unit).toBe('reqpm');
      const exemplars = (await drawn({ metric: 'latencies' })).at(-1);
      expect(exemplars?.fields.find(({ name }) => name === 'spanID')?.values).toEqual([whole.spans[3].spanId]);
    });
  });

  it('say when nothing was found', async () => {
    const frames = await runTarget(target({ source: 'traces' }));
    expect(noticesOf(frames[0])).toEqual(['No trace matches this search in this time range.']);
  });
});
