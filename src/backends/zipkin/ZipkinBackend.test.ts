import { fromMicros } from '../../model/time';
import type { SearchRequest } from '../backend';
import { requestLine } from '../contract/requestLine';
import type { HttpClient, HttpRequest, HttpResponse } from '../http';
import { zipkin } from './definition';

const context = { signal: new AbortController().signal };
const TRACE = '7f3a91c2d4e5b6071829304a5b6c7d8e';

/** Answers by path; everything else is missing, by default in Armeria's words. */
function serve(
  routes: Readonly<Record<string, unknown>>,
  missing: HttpResponse = { status: 404, body: '404 Not Found' }
) {
  const asked: string[] = [];
  const http: HttpClient = {
    get: async (request: HttpRequest) => {
      asked.push(requestLine(request));
      const body = routes[request.path];
      return body === undefined ? missing : { status: 200, body: JSON.stringify(body) };
    },
  };
  return { backend: zipkin.create(undefined, http), asked };
}

const plain = { '/api/v2/autocompleteKeys': [], '/api/v2/services': ['web'], '/api/v2/traces': [] };
const searchOff = { ...plain, '/zipkin/config.json': { searchEnabled: false } };
const window = { fromUnixNano: 1_772_366_400_000_000_001n, toUnixNano: 1_772_366_401_000_000_001n };

describe('the configuration of the server', () => {
  it.each([
    ['says nothing', plain, { search: 'any', attributeCatalogue: false }],
    ['collects tags', { ...plain, '/api/v2/autocompleteKeys': ['env'] }, { search: 'any', attributeCatalogue: true }],
    ['has no search', searchOff, { search: 'none', attributeCatalogue: false }],
    [
      'has no search, and its URL ends in /zipkin',
      { ...plain, '/config.json': { searchEnabled: false } },
      { search: 'none' },
    ],
  ])('%s', async (_, routes, expected) => {
    const { backend, asked } = serve(routes);
    expect(await backend.capabilities?.(context)).toMatchObject(expected);
    const before = asked.length;
    await backend.capabilities?.(context);
    expect(asked).toHaveLength(before);
  });

  it('is asked for once by all who ask at the same time', async () => {
    const { backend, asked } = serve(plain);
    await Promise.all([backend.capabilities?.(context), backend.capabilities?.(context)]);
    expect(asked.filter((line) => line.includes('autocompleteKeys'))).toHaveLength(1);
  });

  it('is told by "Save & test", which looks anew', async () => {
    const { backend } = serve({ ...plain, '/info': { zipkin: { version: '3.5.1' } } });
    expect(await backend.probe(context)).toMatchObject({
      product: 'Zipkin',
      version: '3.5.1',
      cannot: ['lists of tags (AUTOCOMPLETE_KEYS is not set on the server)', 'service metrics (Zipkin keeps none)'],
    });
    const off = await serve(searchOff).backend.probe(context);
    expect(off.version).toBeUndefined();
    expect(off.cannot[0]).toBe('search and lists of names (SEARCH_ENABLED is false on the server)');
  });

  it('refuses what is switched off without asking for it', async () => {
    const { backend, asked } = serve(searchOff);
    const search = backend.searchTraces({ attributes: [], limit: 20, window }, context);
    await expect(search).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(backend.listAttributeKeys?.(context)).rejects.toMatchObject({ kind: 'unsupported' });
    expect(asked.filter((line) => line.includes('/traces'))).toEqual([]);
  });

  it('values are asked of collected tags only', async () => {
    const { backend, asked } = serve({ ...plain, '/api/v2/autocompleteKeys': ['env'] });
    expect(await backend.listAttributeValues?.({ key: 'other' }, context)).toEqual([]);
    expect(asked.filter((line) => line.includes('autocompleteValues'))).toEqual([]);
  });
});

describe('a server without the routes that came later', () => {
  const old = { '/api/v2/services': ['web'], '/api/v2/traces': [] };
  const request: SearchRequest = { attributes: [], limit: 20, window };
  const PAGE = '<!doctype html><html></html>';

  it.each([
    ['says so', serve(old).backend],
    ['answers them with its UI', serve(old, { status: 200, body: PAGE }).backend],
  ])('that %s lists no tags and no remote services, and answers the rest', async (_, backend) => {
    await expect(backend.searchTraces(request, context)).resolves.toMatchObject({ summaries: [] });
    await expect(backend.listAttributeKeys?.(context)).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(backend.listRemoteServices?.('web', context)).resolves.toEqual([]);
    expect(await backend.probe(context)).toMatchObject({
      cannot: ['lists of tags (the server has no route for them)', 'service metrics (Zipkin keeps none)'],
    });
  });

  it.each([
    ['html', { status: 200, body: PAGE }],
    ['route-missing', { status: 404, body: '404 Not Found' }],
  ])('is none that answers everything with %s', async (kind, answer) => {
    await expect(serve({}, answer).backend.capabilities?.(context)).rejects.toMatchObject({ kind });
  });
});

describe('a search', () => {
  const searched = async (part: Partial<SearchRequest>) => {
    const { backend, asked } = serve(plain);
    const { notices } = await backend.searchTraces({ attributes: [], limit: 20, window, ...part }, context);
    return { line: asked.find((line) => line.includes('/api/v2/traces')), notices };
  };

  it.each<[string, Partial<SearchRequest>, string]>([
    ['the window outwards', {}, 'endTs=1772366401001 & lookback=1001 & limit=21'],
    ['no window at all', { window: { ...window, fromUnixNano: window.toUnixNano } }, 'lookback=1 &'],
    ['the shortest outwards', { minDuration: fromMicros(1.9) }, 'minDuration=1 &'],
    ['the shortest above 0', { minDuration: fromMicros(0.2) }, 'minDuration=1 &'],
    ['the longest outwards, with a shortest', { maxDuration: fromMicros(1.1) }, 'minDuration=1 & maxDuration=2 &'],
    ['the largest limit there is', { limit: 2_147_483_647 }, 'limit=2147483647'],
  ])('asks for %s', async (_, part, expected) => {
    expect((await searched(part)).line).toContain(expected);
  });

  it('tells that conditions are looked at one by one, when there are several', async () => {
    expect((await searched({ service: 'web', spanName: 'get' })).notices).toEqual([]);
    const several = await searched({ spanName: 'get', attributes: [{ key: 'a', operator: '=', value: '1' }] });
    expect(several.notices.map(({ text }) => text)).toEqual([
      'Zipkin looks at each condition by itself: different spans of a trace may meet them.',
    ]);
  });

  it('for the operation “all”, which to Zipkin is any, is refused', async () => {
    await expect(searched({ spanName: 'All' })).rejects.toMatchObject({ kind: 'bad-request' });
  });
});

describe('a trace', () => {
  const span = { id: '00000000000000a1', timestamp: 1_772_366_400_000_000, duration: 5 };

  it('of a server that takes ids for their lower halves comes under its whole id', async () => {
    const { backend } = serve({ [`/api/v2/trace/${TRACE.slice(16)}`]: [{ ...span, traceId: TRACE }] });
    expect(await backend.fetchTrace({ traceId: TRACE.slice(16).padStart(32, '0') }, context)).toMatchObject({
      traceId: TRACE,
      spans: [{ spanId: span.id }],
    });
  });

  it('that was not asked for is no answer', async () => {
    const { backend } = serve({ [`/api/v2/trace/${TRACE}`]: [{ ...span, traceId: 'abc' }] });
    const answer = backend.fetchTrace({ traceId: TRACE }, context);
    await expect(answer).rejects.toMatchObject({ kind: 'unexpected-shape', detail: expect.stringContaining('0abc') });
  });

  it('without a readable span says so', async () => {
    const { backend } = serve({ [`/api/v2/trace/${TRACE}`]: [{ ...span, id: '', traceId: TRACE }] });
    expect((await backend.fetchTrace({ traceId: TRACE }, context)).warnings).toHaveLength(1);
  });
});
