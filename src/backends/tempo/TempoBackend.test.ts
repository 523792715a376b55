import { nanoseconds } from '../../model/time';
import { requestLine } from '../contract/requestLine';
import type { HttpClient, HttpRequest } from '../http';
import { tempo } from './definition';

const context = { signal: new AbortController().signal };
const window = { fromUnixNano: 1_772_366_400_000_000_000n, toUnixNano: 1_772_370_000_000_000_000n };

/** Answers every route with `{}`, but for those given: by path, a body or a refusal in words. */
function serve(version: string | undefined, answer: (request: HttpRequest) => string | undefined = () => undefined) {
  const asked: string[] = [];
  const http: HttpClient = {
    get: async (request) => {
      if (request.path === '/api/status/buildinfo') {
        return version === undefined
          ? { status: 404, body: '404 page not found' }
          : { status: 200, body: JSON.stringify({ version }) };
      }
      asked.push(requestLine(request));
      const refusal = answer(request);
      return refusal === undefined ? { status: 200, body: '{}' } : { status: 400, body: refusal };
    },
  };
  return { backend: tempo.create(undefined, http), asked };
}

const search = { attributes: [], limit: 20, window };
const range = { text: '{ } | rate()', window, step: nanoseconds(60e9) };
const instant = { text: '{ } | rate()', window };

it.each([
  ['2.1.0', 'q={ } & limit'],
  ['2.7.9', 'q={ } | select(name, resource.service.name, status) & limit'],
  ['2.8.0', 'q={ } | select(name, resource.service.name, status) with (most_recent=true) & limit'],
])('Tempo %s is searched in words that it knows', async (version, expected) => {
  const { backend, asked } = serve(version);
  await backend.searchTraces(search, context);
  expect(asked).toEqual([expect.stringContaining(expected)]);
});

describe('a server that hides its version', () => {
  const hinted = (request: HttpRequest) => requestLine(request).includes('most_recent');

  it('is asked for the newest traces', async () => {
    const { backend, asked } = serve(undefined);
    await backend.searchTraces(search, context);
    expect(asked).toEqual([expect.stringContaining('with (most_recent=true)')]);
  });

  it('is so once, if it does not know how', async () => {
    const { backend, asked } = serve(undefined, (request) => (hinted(request) ? 'parse error' : undefined));
    await backend.searchTraces(search, context);
    await backend.searchTraces(search, context);
    expect(asked.map((line) => line.includes('most_recent'))).toEqual([true, false, false]);
  });

  it('that refuses something else is asked again the next time', async () => {
    const { backend, asked } = serve(undefined, () => 'range too long');
    await expect(backend.searchTraces(search, context)).rejects.toMatchObject({ serverMessage: 'range too long' });
    await expect(backend.searchTraces(search, context)).rejects.toMatchObject({ kind: 'bad-request' });
    expect(asked.map((line) => line.includes('most_recent'))).toEqual([true, false, true, false]);
  });
});

describe('TraceQL metrics', () => {
  it.each([
    ['2.3.1', range, 'TraceQL metrics came with Tempo 2.4, and this is 2.3.1.'],
    ['2.3.1', instant, 'TraceQL metrics came with Tempo 2.4, and this is 2.3.1.'],
    ['2.5.0', instant, 'One value for the whole range came with Tempo 2.6, and this is 2.5.0.'],
  ])('Tempo %s is not asked for what came later', async (version, request, detail) => {
    const { backend, asked } = serve(version);
    await expect(backend.fetchLanguageMetrics?.(request, context)).rejects.toMatchObject({
      kind: 'unsupported',
      detail,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['2.4.0', range],
    ['2.6.0', instant],
    [undefined, instant],
  ])('Tempo %s is asked', async (version, request) => {
    await expect(serve(version).backend.fetchLanguageMetrics?.(request, context)).resolves.toMatchObject({
      series: [],
    });
  });
});

it.each([
  ['2.1.0', ['TraceQL metrics (since 2.4)', 'find the newest traces first (since 2.8)'], false],
  ['2.4.0', ['one value of TraceQL metrics (since 2.6)'], true],
  ['2.8.0', [], true],
])('"Save & test" of Tempo %s tells what it cannot', async (version, cannot, hasMetrics) => {
  const report = await serve(version).backend.probe(context);
  expect(report.cannot).toEqual(expect.arrayContaining(['service graph (Tempo keeps it in Prometheus)', ...cannot]));
  expect(report.cannot.length === 1).toBe(cannot.length === 0);
  expect(report.can.includes('TraceQL metrics')).toBe(hasMetrics);
});

describe('a list of names', () => {
  const range = 'start=1772366400 & end=1772370000';
  const inRange = { ...context, window };
  type Asked = (backend: ReturnType<typeof serve>['backend']) => Promise<unknown> | undefined;

  it.each<[string, Asked, string]>([
    ['services', (backend) => backend.listServices(inRange), range],
    ['operations', (backend) => backend.listSpanNames?.('cart', inRange), range],
    ['attribute keys', (backend) => backend.listAttributeKeys?.(inRange), range],
    ['names of TraceQL', (backend) => backend.listLanguageNames?.(inRange), range],
    ['values of TraceQL', (backend) => backend.listLanguageValues?.('span.a', inRange), range],
    [
      'attribute values',
      (backend) => backend.listAttributeValues?.({ key: 'a', services: ['cart', 'web'], window }, context),
      `q={ (resource.service.name = "cart" || resource.service.name = "web") } & ${range}`,
    ],
    [
      'attribute values of one service',
      (backend) => backend.listAttributeValues?.({ key: 'a', services: ['cart'] }, context),
      'q={ resource.service.name = "cart" }',
    ],
  ])('%s is asked for its time range and services', async (_, ask, expected) => {
    const { backend, asked } = serve('3.0.3');
    await ask(backend);
    expect(asked).toEqual([expect.stringContaining(expected)]);
  });

  it('is asked of the routes before 2.2 where there are no others', async () => {
    const asked: string[] = [];
    const backend = tempo.create(undefined, {
      get: async (request) => {
        asked.push(requestLine(request));
        return request.path.startsWith('/api/v2')
          ? { status: 404, body: '404 page not found' }
          : { status: 200, body: '{"tagNames":["service.name","a b"]}' };
      },
    });
    await expect(backend.listLanguageNames?.(context)).resolves.toEqual(['."a b"', '.service.name']);
    await backend.listAttributeKeys?.(inRange);
    expect(asked.at(-1)).toContain(range);
  });
});
