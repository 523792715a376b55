import type { DataFrame } from '@grafana/data';

import type { SearchRequest, SearchResult } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { Attributes } from '../model/attributes';
import { summarizeTrace } from '../model/summary';
import type { Trace } from '../model/trace';
import { PROGRESS_EVERY_MS } from './progress';
import { column, noticesOf, runTarget, sentenceOf, type Setting } from './testing/runTarget';
import { chainTrace, START_MS } from './testing/spans';

/** One trace per digit, the higher the later; its only span has the digit as attribute `n`, odd ones failed. */
function traceOf(digit: number): Trace {
  const trace = chainTrace(['aaaaaaaaaaaaaaaa'], { startMs: START_MS - 1000 + digit });
  const spans = trace.spans.map((span) => ({
    ...span,
    attributes: Attributes.of({ n: digit }),
    status: { code: digit % 2 === 1 ? ('error' as const) : ('ok' as const) },
  }));
  return { ...trace, traceId: String(digit).repeat(32), spans, roots: spans };
}

const answerOf = (digits: readonly number[]): SearchResult => ({
  summaries: digits.map(traceOf).map(summarizeTrace),
  isLimited: false,
  notices: [],
});

/** A store whose services hold the traces of these digits. */
function store(digitsByService: Readonly<Record<string, readonly number[]>>) {
  const asked: SearchRequest[] = [];
  return {
    asked,
    methods: {
      listServices: async () => Object.keys(digitsByService),
      searchTraces: async (request: SearchRequest) => {
        asked.push(request);
        return answerOf(digitsByService[request.service ?? ''] ?? []);
      },
      fetchTrace: async ({ traceId }: { readonly traceId: string }) => traceOf(Number(traceId[0])),
    },
  };
}

const target = (fields: object) => ({ refId: 'A', queryType: 'search', ...fields });
const foundIn = (frame: DataFrame) => column(frame, 'traceID')?.map((id) => Number(String(id)[0]));
const needsService: Setting['capabilities'] = { search: 'needs-service' };

describe('several services', () => {
  it('are one request each, merged, each trace once, newest first, within the limit', async () => {
    const { asked, methods } = store({ a: [1, 5, 3], b: [3, 4], c: [9] });
    const [frame] = await runTarget(target({ service: '{a,b}', limit: 3 }), { methods });
    expect(asked.map(({ service, limit }) => [service, limit])).toEqual([
      ['a', 3],
      ['b', 3],
    ]);
    expect(foundIn(frame)).toEqual([5, 4, 3]);
    expect(noticesOf(frame)).toEqual([expect.stringContaining('the limit of 3 cut the list')]);
  });

  it('are searched with each of several operations', async () => {
    const { asked, methods } = store({ a: [1], b: [2], c: [3] });
    await runTarget(target({ service: '{a,b}', operation: '{x,y}' }), { methods });
    expect(asked.map(({ service, spanName }) => [service, spanName])).toEqual([
      ['a', 'x'],
      ['a', 'y'],
      ['b', 'x'],
      ['b', 'y'],
    ]);
  });

  it('are asked five at a time', async () => {
    let running = 0;
    let most = 0;
    const searchTraces = async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return answerOf([]);
    };
    await runTarget(target({ service: `{${'abcdefghijkl'.split('').join(',')}}` }), { methods: { searchTraces } });
    expect(most).toBe(5);
  });

  it('show what was found so far, also when the next answer takes long', async () => {
    jest.useFakeTimers();
    const partials: DataFrame[] = [];
    const { methods } = store({ a: [1], b: [2], c: [3], d: [4] });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const searchTraces = async (request: SearchRequest) => {
      await (request.service === 'c' ? held : undefined);
      return methods.searchTraces(request);
    };
    const answer = runTarget(target({ service: '{a,b,c}' }), {
      methods: { ...methods, searchTraces },
      onPartial: ([frame]) => partials.push(frame),
    });
    await jest.advanceTimersByTimeAsync(PROGRESS_EVERY_MS);
    jest.useRealTimers();
    expect(partials.map((frame) => [foundIn(frame), noticesOf(frame)])).toEqual([
      [[2, 1], ['2 of 3 services searched: what is shown is not complete yet.']],
    ]);
    release();
    const [whole] = await answer;
    expect([foundIn(whole), noticesOf(whole)]).toEqual([[3, 2, 1], []]);
  });

  it('that cannot be searched are told beside what the others gave', async () => {
    const { methods } = store({ a: [1], b: [2], c: [3] });
    const searchTraces = async (request: SearchRequest) => {
      if (request.service === 'b') {
        throw new BackendError('server', { backend: 'fake', status: 500 });
      }
      return methods.searchTraces(request);
    };
    const [frame] = await runTarget(target({ service: '{a,b}' }), { methods: { ...methods, searchTraces } });
    expect(foundIn(frame)).toEqual([1]);
    expect(noticesOf(frame)).toEqual([expect.stringMatching(/^1 of 2 services could not be searched.*HTTP 500/)]);
  });

  it('fail as one when none can be searched, after a few tries', async () => {
    const searchTraces = jest.fn(async () => {
      throw new BackendError('unreachable', { backend: 'fake' });
    });
    const service = `{${'abcdefghijkl'.split('').join(',')}}`;
    await expect(sentenceOf(runTarget(target({ service }), { methods: { searchTraces } }))).resolves.toMatch(/network/);
    expect(searchTraces.mock.calls.length).toBeLessThan(12);
  });

  it('stop when nobody waits any more', async () => {
    const searchTraces = jest.fn(async () => {
      throw new BackendError('cancelled', { backend: 'fake' });
    });
    await expect(runTarget(target({ service: '{a,b}' }), { methods: { searchTraces } })).rejects.toMatchObject({
      kind: 'cancelled',
    });
  });

  it('that are all there are become one request, where the store takes that', async () => {
    const { asked, methods } = store({ a: [1], b: [2] });
    await runTarget(target({ service: '{b,a}' }), { methods });
    expect(asked.map(({ service }) => service)).toEqual([undefined]);
    const strict = store({ a: [1], b: [2] });
    await runTarget(target({ service: '{b,a}' }), { ...strict, capabilities: needsService });
    expect(strict.asked.map(({ service }) => service)).toEqual(['b', 'a']);
  });
});

describe('several operations', () => {
  const listSpanNames = async (service: string) =>
    ['x', 'y', ...(service === 'b' ? ['z'] : [])].map((name) => ({ name, kinds: [] }));
  const askedFor = async (fields: object, setting: Partial<Setting> = {}) => {
    const { asked, methods } = store({ a: [1], b: [2] });
    await runTarget(target(fields), { methods: { ...methods, listSpanNames }, ...setting });
    return asked.map(({ service = '*', spanName = '*' }) => `${service} ${spanName}`);
  };

  test.each<[object, readonly string[]]>([
    [{ service: 'a', operation: '{y,x}' }, ['a *']],
    [{ service: 'a', operation: '{x,y,gone}' }, ['a *']],
    [{ service: 'b', operation: '{x,y}' }, ['b x', 'b y']],
    [{ service: '{a,c}', operation: '{x,y}' }, ['a *', 'c *']],
    [{ operation: '{x,y,z}' }, ['* *']],
    [{ operation: '{x,y}' }, ['* x', '* y']],
  ])('that are all there are of %j narrow nothing', async (fields, requests) => {
    expect(await askedFor(fields)).toEqual(requests);
  });

  it('are asked for as they are where nobody knows them', async () => {
    const { asked, methods } = store({ a: [1] });
    const unknown = async () => {
      throw new BackendError('server', { backend: 'fake', status: 500 });
    };
    await runTarget(target({ service: 'a', operation: '{x,y}' }), { methods: { ...methods, listSpanNames: unknown } });
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['a', '1 of 2 operations could not be searched, so'],
    ['{a,c}', '2 of 4 searches, one for each operation of each service, failed, so'],
  ])('of %s are counted as what they are', async (service, words) => {
    const { methods } = store({ a: [1], b: [2] });
    const searchTraces = async (request: SearchRequest) => {
      if (request.spanName === 'q') {
        throw new BackendError('server', { backend: 'fake', status: 500 });
      }
      return methods.searchTraces(request);
    };
    const [frame] = await runTarget(target({ service, operation: '{p,q}' }), { methods: { ...methods, searchTraces } });
    expect(noticesOf(frame)).toEqual([expect.stringContaining(words)]);
  });
});

describe('no service', () => {
  const demanding = async ({ service }: SearchRequest) => {
    if (service === undefined) {
      throw new BackendError('bad-request', { backend: 'fake', serverMessage: "parameter 'service' is required" });
    }
    return answerOf([1]);
  };

  it.each<[string, Setting]>([
    ['lists none without', { capabilities: needsService }],
    ['asks for one in its refusal', { methods: { searchTraces: demanding } }],
  ])('is asked for before a new panel searches each of them: the store %s', async (_, setting) => {
    const listServices = jest.fn(async () => ['a', 'b']);
    const methods = { ...setting.methods, listServices };
    await expect(sentenceOf(runTarget(target({}), { ...setting, methods }))).resolves.toMatch(/: choose a service\. /);
    expect(listServices).not.toHaveBeenCalled();
  });

  it.each([{ tags: 'n=1' }, { status: 'error' }, { minDuration: '1s' }, { view: 'scatter' }, { service: '$all' }])(
    'means each of them once anything is chosen: %j',
    async (fields) => {
      const { asked, methods } = store({ a: [1], b: [2] });
      const scopedVars = { all: { text: 'All', value: '' } };
      await runTarget(target(fields), { methods, capabilities: needsService, request: { scopedVars } });
      expect(asked.map(({ service }) => service)).toEqual(['a', 'b']);
    }
  );

  it('is no matter to a store that takes such a search', async () => {
    const { asked, methods } = store({ a: [1] });
    await runTarget(target({}), { methods });
    expect(asked.map(({ service }) => service)).toEqual([undefined]);
  });

  it('means each of them where the store needs one', async () => {
    const { asked, methods } = store({ a: [1], b: [2] });
    const [frame] = await runTarget(target({ limit: 20 }), { methods, capabilities: needsService });
    expect(asked.map(({ service }) => service)).toEqual(['a', 'b']);
    expect(foundIn(frame)).toEqual([2, 1]);
    expect(noticesOf(frame)).toEqual(['Fake searches one service at a time, so each of its 2 services was searched.']);
  });

  it('means each of them when the server asks for one in its refusal', async () => {
    const { methods } = store({ a: [1], b: [2] });
    const searchTraces = async (request: SearchRequest) => {
      if (request.service === undefined) {
        throw new BackendError('bad-request', { backend: 'fake', serverMessage: "parameter 'service' is required" });
      }
      return methods.searchTraces(request);
    };
    const [frame] = await runTarget(target({ limit: 20 }), { methods: { ...methods, searchTraces } });
    expect(foundIn(frame)).toEqual([2, 1]);
  });

  it('means as many as a search may ask for', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `s${String(index).padStart(3, '0')}`);
    const { asked, methods } = store(Object.fromEntries(names.map((name) => [name, []])));
    const [frame] = await runTarget(target({ limit: 20 }), { methods, capabilities: needsService });
    expect(asked).toHaveLength(100);
    expect(noticesOf(frame)[0]).toMatch(/130 services .* only the first 100/);
  });

  it('is told where there is nothing to search', async () => {
    const { methods } = store({});
    await expect(
      sentenceOf(runTarget(target({ limit: 20 }), { methods, capabilities: needsService }))
    ).resolves.toMatch(/lists none yet/);
  });
});

describe('what the server cannot apply', () => {
  const filters = [{ key: 'n', operator: '>', value: '2' }];

  it('is applied here, to more traces than are wanted, and told', async () => {
    const { asked, methods } = store({ a: [5, 4, 3, 2, 1] });
    const [frame] = await runTarget(target({ service: 'a', tags: 'x=1', filters, limit: 2 }), { methods });
    expect(asked).toMatchObject([{ limit: 10, attributes: [{ key: 'x', operator: '=', value: '1' }] }]);
    expect(foundIn(frame)).toEqual([5, 4]);
    expect(noticesOf(frame)).toEqual([
      expect.stringContaining('the limit of 2 cut the list'),
      'Applied here, to 5 fetched traces: n > 2. 3 match.',
    ]);
  });

  it('is not asked twice of a server that can', async () => {
    const { asked, methods } = store({ a: [1, 5] });
    const [frame] = await runTarget(target({ service: 'a', filters }), {
      methods,
      capabilities: { attributeOperators: ['>'] },
    });
    expect(asked).toMatchObject([{ limit: 20, attributes: filters }]);
    expect(noticesOf(frame)).toEqual([]);
  });

  it('needs no further request where whole traces came back, and may have missed some where the server cut', async () => {
    const { methods } = store({ a: [1, 2, 3] });
    const fetchTrace = jest.fn();
    const searchTraces = async (request: SearchRequest) => ({
      ...(await methods.searchTraces(request)),
      traces: [1, 2, 3].map(traceOf),
      isLimited: true,
    });
    const [frame] = await runTarget(target({ service: 'a', status: 'ok' }), { methods: { searchTraces, fetchTrace } });
    expect(foundIn(frame)).toEqual([2]);
    expect(fetchTrace).not.toHaveBeenCalled();
    expect(noticesOf(frame)).toEqual([
      'Applied here, to 3 fetched traces: status ok. 1 matches.',
      expect.stringMatching(/^There are more traces/),
    ]);
  });

  it.each([
    ['come whole', true, [5, 3]],
    ['are listed only', false, []],
  ])('lets the search of several services be seen, with what matches where traces %s', async (_, isWhole, soFar) => {
    jest.useFakeTimers();
    const partials: DataFrame[] = [];
    const { methods } = store({ a: [1, 5], b: [3], c: [4], d: [] });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const searchTraces = async (request: SearchRequest) => {
      await (request.service === 'c' ? held : undefined);
      const found = await methods.searchTraces(request);
      return isWhole ? { ...found, traces: found.summaries.map(({ traceId }) => traceOf(Number(traceId[0]))) } : found;
    };
    const answer = runTarget(target({ service: '{a,b,c}', filters }), {
      methods: { ...methods, searchTraces },
      onPartial: ([frame]) => partials.push(frame),
    });
    await jest.advanceTimersByTimeAsync(2 * PROGRESS_EVERY_MS);
    jest.useRealTimers();
    expect(partials.map((frame) => [foundIn(frame), noticesOf(frame).at(-1)])).toEqual([
      [soFar, '2 of 3 services searched: what is shown is not complete yet.'],
    ]);
    release();
    expect(foundIn((await answer)[0])).toEqual([5, 4, 3]);
  });

  it('is applied to what a view shows too', async () => {
    const { methods } = store({ a: [1, 2, 3, 4, 5] });
    const [frame] = await runTarget(target({ service: 'a', filters, view: 'spans' }), { methods });
    expect(frame.length).toBe(3);
    expect(noticesOf(frame)).toEqual(['Applied here, to 5 fetched traces: n > 2. 3 match.']);
  });
});

describe('a name with a dollar sign', () => {
  const asked: SearchRequest[] = [];
  const searchTraces = async (request: SearchRequest) => {
    asked.push(request);
    return answerOf(request.service === 'pay$roll' ? [1] : []);
  };
  beforeEach(() => asked.splice(0));

  it.each([
    ['found', { service: 'pay$roll' }, []],
    ['not found', { service: 'pay$rol' }, ['“$rol” was searched for as it stands: no variable has that name here.']],
    [
      'not found among the tags',
      { service: 'shop', tags: 'm="SELECT $total"' },
      ['“$total” was searched for as it stands: no variable has that name here.'],
    ],
  ])('is searched for: %s', async (_, fields, said) => {
    const [frame] = await runTarget(target(fields), { methods: { searchTraces } });
    expect(asked.map(({ service }) => service)).toEqual([fields.service]);
    expect(noticesOf(frame)).toEqual(said);
  });

  it.each(['$USD', '${USD}', 'in [[USD]]'])('may be the value of a variable: %s', async (name) => {
    const scopedVars = { currency: { text: name, value: name } };
    const fields = { service: '$currency', tags: 'a=$currency', filters: [{ key: 'b', value: '$currency' }] };
    const [frame] = await runTarget(target(fields), { methods: { searchTraces }, request: { scopedVars } });
    expect(asked).toEqual([
      expect.objectContaining({
        service: name,
        attributes: ['a', 'b'].map((key) => ({ key, operator: '=', value: name })),
      }),
    ]);
    expect(noticesOf(frame)).toEqual([]);
  });
});
