import { CoreApp, dateTime } from '@grafana/data';

import type { SearchRequest, TraceRequest } from '../backends/backend';
import { BackendError } from '../backends/errors';
import type { HttpClient } from '../backends/http';
import { nanoseconds, unixMillis, unixNanoFromMillis } from '../model/time';
import type { BackendCapabilities } from '../query/capabilities';
import { fakeBackend } from './testing/fakeServices';
import { column, HOUR, kinds, noticesOf, runTarget as run, sentenceOf, type Setting } from './testing/runTarget';
import { chainTrace, START_MS, TRACE_ID } from './testing/spans';

/** A store that has the one trace and keeps what it was asked. */
function storeWithTrace() {
  const asked: TraceRequest[] = [];
  const fetchTrace = async (request: TraceRequest) => {
    asked.push(request);
    return chainTrace(['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb']);
  };
  return { asked, methods: { fetchTrace } };
}

describe('a lookup', () => {
  it('gives the trace frame under its refId', async () => {
    const { asked, methods } = storeWithTrace();
    const frames = await run({ refId: 'B', queryType: 'traceql', query: TRACE_ID }, { methods });
    expect(kinds(frames)).toEqual(['trace']);
    expect(frames[0].refId).toBe('B');
    expect(column(frames[0], 'traceID')).toEqual([TRACE_ID, TRACE_ID]);
    expect(asked).toEqual([{ traceId: TRACE_ID }]);
  });

  it.each([
    ['a Loki derived field', { query: TRACE_ID }],
    [
      'an exemplar, merged with keys of another source',
      { query: TRACE_ID, queryType: 'traceql', tableType: 'traces', filters: [] },
    ],
    ['a span link out of a search', { query: TRACE_ID, queryType: 'search', service: 'checkout', limit: 20 }],
    ['a variable with the id in upper case', { query: '${trace}' }],
    ['surrounding space and 0x', { query: ` 0x${TRACE_ID} ` }],
  ])('is what comes from %s', async (_, target) => {
    const { asked, methods } = storeWithTrace();
    const frames = await run({ refId: 'A', ...target }, { methods });
    expect(asked.map(({ traceId }) => traceId)).toEqual([TRACE_ID]);
    expect(kinds(frames)).toEqual(['trace']);
  });

  it.each([
    ['Explore, switched on', CoreApp.Explore, true, ['trace', 'nodeGraph', 'nodeGraph']],
    ['Explore, switched off', CoreApp.Explore, false, ['trace']],
    ['a dashboard', CoreApp.Dashboard, true, ['trace']],
    ['the panel editor', CoreApp.PanelEditor, true, ['trace']],
    ['somewhere unknown', undefined, true, ['trace']],
  ])('brings a node graph only where it is wanted: %s', async (_, app, enabled, expected) => {
    const frames = await run(
      { refId: 'A', query: TRACE_ID },
      { ...storeWithTrace(), jsonData: { nodeGraph: { enabled } }, request: { app } }
    );
    expect(kinds(frames)).toEqual(expected);
    expect(new Set(frames.map(({ refId }) => refId))).toEqual(new Set(['A']));
  });

  it('asks for the trace as stored when told so', async () => {
    const { asked, methods } = storeWithTrace();
    await run({ refId: 'A', queryType: 'traceql', query: TRACE_ID, rawTraces: true }, { methods });
    expect(asked[0].rawTraces).toBe(true);
  });

  describe('bounds', () => {
    const bounded = { traceIdTimeParams: { enabled: true } };
    const shifted = { traceQuery: { timeShiftEnabled: true, spanStartTimeShift: '2h', spanEndTimeShift: '5m' } };
    const windowOf = ({ window }: TraceRequest) =>
      window && [unixMillis(window.fromUnixNano), unixMillis(window.toUnixNano)];

    it.each<[string, object, Setting, number[] | undefined]>([
      ['none by default', {}, {}, undefined],
      ["the panel's range when switched on", {}, { jsonData: bounded }, [START_MS - HOUR, START_MS]],
      [
        "the panel's range and the margins of Grafana's Tempo source",
        {},
        { jsonData: shifted },
        [START_MS - 3 * HOUR, START_MS + HOUR / 12],
      ],
      ["a link's own", { fromMs: START_MS, toMs: String(START_MS + 5) }, {}, [START_MS, START_MS + 5]],
      ["a link's own rather than the panel's", { fromMs: 1, toMs: 2 }, { jsonData: bounded }, [1, 2]],
      [
        'an hour around the few milliseconds of a log line',
        {},
        {
          jsonData: bounded,
          request: { range: { from: dateTime(START_MS - 1), to: dateTime(START_MS + 1), raw: { from: '', to: '' } } },
        },
        [START_MS - HOUR / 2, START_MS + HOUR / 2],
      ],
      [
        'none where the store ignores them',
        { fromMs: 1, toMs: 2 },
        { capabilities: { traceWindow: false } },
        undefined,
      ],
    ])('%s', async (_, target, setting, expected) => {
      const { asked, methods } = storeWithTrace();
      await run({ refId: 'A', queryType: 'traceql', query: TRACE_ID, ...target }, { methods, ...setting });
      expect(windowOf(asked[0])).toEqual(expected);
    });

    it("a link's own rather than any margins", async () => {
      const { asked, methods } = storeWithTrace();
      await run({ refId: 'A', query: TRACE_ID, fromMs: 1, toMs: 2 }, { methods, jsonData: shifted });
      expect(windowOf(asked[0])).toEqual([1, 2]);
    });

    it('a miss is widened, and the frame says how far', async () => {
      const fetchTrace = async ({ window }: TraceRequest) => {
        if (window) {
          throw new BackendError('trace-not-found', { backend: 'fake' });
        }
        return chainTrace(['aaaaaaaaaaaaaaaa'], { startMs: START_MS - 50 * HOUR });
      };
      const frames = await run({ refId: 'A', query: TRACE_ID }, { methods: { fetchTrace }, jsonData: bounded });
      expect(noticesOf(frames[0])).toEqual([
        'Nothing was found from 2026-03-01 11:00:00 to 2026-03-01 12:00:00, so all times were searched: ' +
          'the trace started 2026-02-27 10:00:00, 2 days before that range.',
      ]);
    });

    it('a miss everywhere ends in one sentence with the ID, the range and what to check', async () => {
      const text = await sentenceOf(run({ refId: 'A', query: TRACE_ID }, { jsonData: bounded }));
      expect(text).toBe(
        `Trace ${TRACE_ID} was not found in Fake, ` +
          'neither from 2026-03-01 11:00:00 to 2026-03-01 12:00:00 nor at any other time. ' +
          'It may be older than the retention, dropped by sampling, or not stored yet: new traces can take a minute.'
      );
    });
  });

  it('tells the remarks on a trace', async () => {
    const fetchTrace = async () => ({ ...chainTrace(['aaaaaaaaaaaaaaaa']), warnings: ['One span was broken.'] });
    const frames = await run({ refId: 'A', query: TRACE_ID }, { methods: { fetchTrace } });
    expect(noticesOf(frames[0])).toEqual(['One span was broken.']);
  });

  it('says so when the trace is empty', async () => {
    const trace = { ...chainTrace(['aaaaaaaaaaaaaaaa']), spans: [], roots: [], warnings: ['All spans were broken.'] };
    const text = await sentenceOf(run({ refId: 'A', query: TRACE_ID }, { methods: { fetchTrace: async () => trace } }));
    expect(text).toMatch(/holds no span that could be shown.*All spans were broken\./);
  });

  it.each([
    [true, '{a="b"}'],
    [false, '{${__tags}}'],
  ])('adds the link to profiles where they are configured (own query: %s)', async (customQuery, labelSelector) => {
    const tracesToProfiles = { datasourceUid: 'pyro', profileTypeId: 'cpu', query: '{a="b"}', customQuery };
    const frames = await run({ refId: 'A', query: TRACE_ID }, { ...storeWithTrace(), jsonData: { tracesToProfiles } });
    const [link] = frames[0].fields.find(({ name }) => name === 'tags')?.config.links ?? [];
    expect(link).toMatchObject({
      title: 'Related profiles',
      internal: { datasourceUid: 'pyro', query: { labelSelector, profileTypeId: 'cpu' } },
    });
  });

  it('needs no field of the request but the target', async () => {
    const request = { range: undefined, timezone: undefined, app: undefined, scopedVars: undefined };
    const frames = await run(
      { refId: 'A', query: TRACE_ID },
      { ...storeWithTrace(), jsonData: { traceIdTimeParams: { enabled: true } }, request: request as object }
    );
    expect(kinds(frames)).toEqual(['trace']);
  });
});

describe('a search', () => {
  const summary = {
    traceId: TRACE_ID,
    startUnixNano: unixNanoFromMillis(START_MS),
    duration: nanoseconds(5_000_000),
    spanCount: 3,
    errorCount: 0,
    services: [],
  };

  it("asks for the panel's range and links back to this data source", async () => {
    const asked: SearchRequest[] = [];
    const searchTraces = async (request: SearchRequest) => {
      asked.push(request);
      return { summaries: [summary], isLimited: true, notices: [{ severity: 'info' as const, text: 'Slow store.' }] };
    };
    const target = { refId: 'C', queryType: 'search', service: '../../admin', tags: 'error=true', limit: 1 };
    const [frame, ...rest] = await run(target, { methods: { searchTraces } });
    expect(rest).toEqual([]);
    expect(asked).toEqual([
      {
        service: '../../admin',
        attributes: [{ key: 'error', operator: '=', value: 'true' }],
        limit: 1,
        window: {
          fromUnixNano: unixNanoFromMillis(START_MS - HOUR),
          toUnixNano: unixNanoFromMillis(START_MS),
        },
      },
    ]);
    expect([frame.refId, frame.meta?.preferredVisualisationType]).toEqual(['C', 'table']);
    expect(noticesOf(frame)).toEqual([expect.stringContaining('limit of 1'), 'Slow store.']);
    expect(frame.fields[0].config.links?.[0].internal?.datasourceUid).toBe('traces');
  });

  it("knows the panel's own variables, as its interval and the fields of a link", async () => {
    const asked: SearchRequest[] = [];
    const searchTraces = async (request: SearchRequest) => {
      asked.push(request);
      return { summaries: [], isLimited: false, notices: [] };
    };
    const scopedVars = { __interval: { text: '15s', value: '15s' }, __from: { text: '', value: String(START_MS) } };
    await run(
      {
        refId: 'A',
        queryType: 'search',
        service: 'a',
        tags: 'since=${__from}',
        filters: [{ key: 'b', operator: '=', value: '$__interval' }],
        minDuration: '$__interval',
        fromMs: '${__from}',
        toMs: START_MS + 1,
      },
      { methods: { searchTraces }, request: { scopedVars } }
    );
    expect(asked).toEqual([
      expect.objectContaining({
        attributes: [
          { key: 'since', operator: '=', value: String(START_MS) },
          { key: 'b', operator: '=', value: '15s' },
        ],
        minDuration: 15_000_000_000,
        window: { fromUnixNano: unixNanoFromMillis(START_MS), toUnixNano: unixNanoFromMillis(START_MS + 1) },
      }),
    ]);
  });

  it('tells when it looks at a range of its own', async () => {
    const target = { refId: 'A', queryType: 'search', service: 'a', fromMs: START_MS, toMs: START_MS + 1 };
    const [frame] = await run(target);
    expect(noticesOf(frame)).toEqual([expect.stringContaining('not the one of the panel')]);
  });

  it('without hits is an empty table, no error', async () => {
    const [frame] = await run({ refId: 'A', queryType: 'search', service: 'a' });
    expect([frame.length, noticesOf(frame)]).toEqual([0, []]);
  });

  it('is judged by what the server can do, not by what the product can', async () => {
    const searchTraces = jest.fn();
    const capabilities = async (): Promise<BackendCapabilities> => ({
      ...(await fakeBackend().probe({ signal: new AbortController().signal })).capabilities,
      durationRange: false,
    });
    const text = await sentenceOf(
      run({ refId: 'A', queryType: 'search', minDuration: '1s' }, { methods: { searchTraces, capabilities } })
    );
    expect(text).toMatch(/cannot search by duration/);
    expect(searchTraces).not.toHaveBeenCalled();
  });
});

describe('is refused in words, without a request', () => {
  it.each([
    ['an unresolved variable', { query: '${nothing}' }, /\$\{nothing\}/],
    ['no id', { queryType: 'traceql', query: 'hello' }, /hello.*not a trace ID/],
    ['a variable without a value', { query: '$empty' }, /Enter a trace ID/],
    ['a question of another kind', { queryType: 'profiles' }, /profiles/],
    ['metrics of nothing', { queryType: 'metrics' }, /at least one service/],
    ['filters that cannot be read', { queryType: 'search', service: 'a', tags: 'a="b' }, /a="b/],
    ['a duration without a unit', { queryType: 'search', service: 'a', minDuration: '5' }, /5/],
  ])('%s', async (_, target, said) => {
    const methods = { fetchTrace: jest.fn(), searchTraces: jest.fn() };
    await expect(sentenceOf(run({ refId: 'A', ...target }, { methods }))).resolves.toMatch(said);
    expect(methods.fetchTrace).not.toHaveBeenCalled();
    expect(methods.searchTraces).not.toHaveBeenCalled();
  });
});

it('shows the query inspector what was sent, and how long that took', async () => {
  const methods = (http: HttpClient) => ({
    fetchTrace: async (_: TraceRequest, { signal }: { signal: AbortSignal }) => {
      await http.get({ path: '/api/services', signal });
      await http.get({ path: `/api/traces/${TRACE_ID}`, query: [['start', '1']], signal });
      return chainTrace(['aaaaaaaaaaaaaaaa']);
    },
  });
  const [frame] = await run({ refId: 'A', query: TRACE_ID }, { methods });
  expect(frame.meta?.executedQueryString).toBe(
    `Trace ${TRACE_ID}\nGET /api/services\nGET /api/traces/${TRACE_ID}?start=1`
  );
  expect(frame.meta?.stats).toEqual([
    { displayName: 'Time to answer', value: 0, unit: 'ms' },
    { displayName: 'Requests to the server', value: 2 },
    { displayName: 'Rows', value: 1 },
  ]);
});
