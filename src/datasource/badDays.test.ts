/**
 * What a user sees when something is wrong between Grafana and a server: the built-in backends, our whole pipe, and
 * Grafana's fetch as the only thing imitated.
 */
import { CoreApp, dateTime, type DataQueryRequest } from '@grafana/data';
import { lastValueFrom, toArray } from 'rxjs';

import type { BackendDefinition } from '../backends/backend';
import { backendDefinitions } from '../backends/index';
import type { TraceIdQuery, TraceQuery } from '../query/query';
import { createGrafanaHttp } from './grafanaHttp';
import { fakeGrafanaFetch, type Answer } from './testing/fakeGrafana';
import { fakeServices, instanceSettings } from './testing/fakeServices';
import { TraceDataSource } from './TraceDataSource';

const TRACE_ID = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const START_MS = Date.UTC(2026, 2, 1, 12);

type World = (path: string, parameters: URLSearchParams) => Answer | undefined;

const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) });
const text = (status: number, body: string): Answer => ({ status, body, contentType: 'text/plain; charset=utf-8' });
const html = (status: number): Answer => ({
  status,
  body: '<!doctype html><html><head><title>Sign in</title></head><body><form></form></body></html>',
  contentType: 'text/html',
});

/** Jaeger chosen, unless told otherwise. */
function dataSourceIn(
  world: World,
  definitions: readonly BackendDefinition[] = backendDefinitions.slice(0, 1)
): TraceDataSource {
  const services = fakeServices(definitions[0], {
    definitions,
    createHttp: ({ url }, backend) =>
      createGrafanaHttp({ url, backend, fetch: fakeGrafanaFetch(world), timeoutMs: 60_000 }),
    readSavedUrl: async () => 'http://jaeger:16686',
  });
  return new TraceDataSource(instanceSettings(), services);
}

async function ask(world: World, query: object, definitions?: readonly BackendDefinition[]) {
  const request = {
    app: CoreApp.Explore,
    timezone: 'utc',
    scopedVars: {},
    range: { from: dateTime(START_MS - 3_600_000), to: dateTime(START_MS), raw: { from: '', to: '' } },
    targets: [{ refId: 'A', ...query }],
  } as unknown as DataQueryRequest<TraceQuery>;
  const packets = await lastValueFrom(dataSourceIn(world, definitions).query(request).pipe(toArray()));
  expect(packets).toHaveLength(1);
  return packets[0];
}

const lookup = { queryType: 'traceql', query: TRACE_ID };
const search = { queryType: 'search', service: '../../admin' };

/** A server that is well but for what the test says. */
const serverOf =
  (special: World): World =>
  (path, parameters) => {
    const given = special(path, parameters);
    if (given) {
      return given;
    }
    switch (path) {
      case '/api/v3/services':
        return json({ services: ['cart'] });
      case '/api/v3/trace-summaries':
        return parameters.size === 0
          ? json({ error: { httpCode: 400, message: 'query.startTimeMin and query.startTimeMax are required' } }, 400)
          : json({ summaries: [] });
      default:
        return text(404, '404 page not found');
    }
  };
const isTrace = (path: string) => path.endsWith(`/traces/${TRACE_ID}`);
const traceAnswer = (answer: Answer) => serverOf((path) => (isTrace(path) ? answer : undefined));

const HALF: Answer = { status: 200, body: '{"data":[{"traceID":"7f3a' };

describe('everything fails alike', () => {
  const worlds: Array<[name: string, world: World, said: RegExp, saidBeforeItIsKnown?: RegExp]> = [
    ['Grafana is gone', () => undefined, /Grafana did not answer, or the connection broke off/],
    ['server down', () => text(502, ''), /^Grafana could not reach [^.]+\(HTTP 502\).*host and port/],
    ['no answer in time', () => text(504, ''), /did not answer in time \(HTTP 504\)/],
    [
      'wrong port',
      () => text(404, '404 page not found'),
      /does not know \/api\/.*Check port and path/,
      /^No known trace store answers.* Looking for Jaeger, Tempo, Zipkin brought HTTP 404\. Check host, port and base path/,
    ],
    ['a login page', () => html(200), /web page came back instead of data \(HTTP 200\): a login form/],
    ['a proxy that shows a page', () => html(500), /failed while answering \(HTTP 500\)/],
    [
      '400, for everything, with words',
      () => text(400, 'missing X-Scope-OrgID header'),
      /refused the query \(HTTP 400\)\. [^.]+ said: missing X-Scope-OrgID header$/,
    ],
    ['400, in a page', () => html(400), /web page came back instead of data \(HTTP 400\)/],
    [
      '401, as the proxy of Grafana passes it on',
      () => json({ message: 'Authentication to data source failed' }, 400),
      /did not accept the login \(HTTP 401\)[^]*headers\.$/,
    ],
    ['401, as it is', () => text(401, 'missing tenant header'), /did not accept the login.*missing tenant header/],
    ['403', () => text(403, 'no'), /forbids this request \(HTTP 403\).*permissions.* said: no$/],
    ['403, in a page', () => html(403), /forbids this request \(HTTP 403\).*permissions/],
    ['429', () => text(429, 'slow down'), /too many requests \(HTTP 429\)/],
    ['500', () => json({ errors: [{ code: 500, msg: 'no such index' }] }, 500), /no such index/],
    ['a body cut off in the middle', () => HALF, /broke off or is no JSON.*Run the query again/],
    ['an empty body', () => ({ status: 200, body: '' }), /broke off or is no JSON.*The body is empty/],
    [
      'JSON of another shape',
      () => json({ hello: 'world' }),
      /JSON, but not as \w+ writes it/,
      /^No known trace store answers.* brought other JSON\./,
    ],
  ];

  const stores: Array<[name: string, definitions: readonly BackendDefinition[]]> = [
    ['whichever store', backendDefinitions],
    ...backendDefinitions.map((definition): [string, BackendDefinition[]] => [definition.label, [definition]]),
  ];

  describe.each(stores)('%s', (_, definitions) => {
    const isKnown = definitions.length === 1;
    const product = isKnown ? definitions[0].label : 'the trace store';

    const rows = worlds.map(([name, world, said, saidBeforeItIsKnown = said]): [string, World, RegExp] => [
      name,
      world,
      isKnown ? said : saidBeforeItIsKnown,
    ]);

    const expectSentence = (message: string | undefined, said: RegExp) => {
      expect(message).toMatch(said);
      expect(message).not.toMatch(/<|undefined|\[object|defect in this plugin/);
      expect(message?.length).toBeLessThanOrEqual(330);
      const others = backendDefinitions.filter(({ label }) => label !== product).map(({ label }) => label);
      expect(others.filter((label) => message?.includes(label))).toEqual(
        message?.startsWith('No known trace store') ? others : []
      );
    };

    describe.each([
      ['lookup', lookup],
      ['search', search],
    ])('%s', (_, query) => {
      it.each(rows)('%s', async (_, world, said) => {
        const { data, errors } = await ask(world, query, definitions);
        expect(data).toEqual([]);
        expect(errors).toEqual([{ refId: 'A', message: expect.any(String) }]);
        expectSentence(errors?.[0].message, said);
      });
    });

    it.each(rows)('Save & test: %s', async (_, world, said) => {
      const { status, message } = await dataSourceIn(world, definitions).testDatasource();
      expect(status).toBe('error');
      expectSentence(message, said);
    });

    it.each(rows)('the list of services: %s', async (_, world, said) => {
      const failure: unknown = await dataSourceIn(world, definitions)
        .listServices()
        .catch((error: unknown) => error);
      expectSentence(failure instanceof Error ? failure.message : undefined, said);
    });
  });
});

describe('a lookup on a sound server', () => {
  const cases: Array<[name: string, world: World, said: RegExp]> = [
    [
      'no such trace',
      traceAnswer(json({ error: { httpCode: 404, message: 'No traces found' } }, 404)),
      new RegExp(`Trace ${TRACE_ID} was not found in Jaeger, at any time.*retention.*sampling`),
    ],
    [
      'a body cut off in the middle',
      traceAnswer({ status: 200, body: '{"result":{"resourceSpans":[{"res' }),
      /broke off/,
    ],
    ['JSON of another shape', traceAnswer(json(['a', 'b'])), /JSON, but not as Jaeger writes it/],
    ['an empty trace', traceAnswer(json({ result: { resourceSpans: [] } })), /was not found|no span/],
  ];
  it.each(cases)('%s', async (_, world, said) => {
    const { data, errors } = await ask(world, lookup);
    expect(data).toEqual([]);
    expect(errors).toEqual([{ refId: 'A', message: expect.stringMatching(said) }]);
    expect(errors?.[0].message).not.toMatch(/undefined|defect in this plugin/);
  });
});

describe('a search on a sound server', () => {
  it("shows the server's own words about a bad parameter", async () => {
    const world = serverOf((path, parameters) =>
      path.includes('/trace') && parameters.size > 0
        ? json({ error: { httpCode: 400, message: 'malformed parameter query.searchDepth' } }, 400)
        : undefined
    );
    const { errors } = await ask(world, search);
    expect(errors?.[0].message).toMatch(/refused the query.*malformed parameter query\.searchDepth/);
  });

  it('that finds nothing is an empty table', async () => {
    const { data, errors } = await ask(
      serverOf(() => undefined),
      search
    );
    expect(errors).toBeUndefined();
    expect(data.map(({ length, meta }) => [length, meta.preferredVisualisationType])).toEqual([[0, 'table']]);
  });

  it('sends a hostile name as a value, never as a path', async () => {
    const paths: string[] = [];
    await ask(
      serverOf((path) => {
        paths.push(path);
        return undefined;
      }),
      search
    );
    expect(paths.filter((path) => path.includes('admin') || !path.startsWith('/api/'))).toEqual([]);
  });
});

describe('on a server of the legacy generation', () => {
  const legacy =
    (trace: unknown): World =>
    (path) => {
      if (path === '/api/services') {
        return json({ data: ['cart'], total: 1, limit: 0, offset: 0, errors: null });
      }
      return path === `/api/traces/${TRACE_ID}` ? json(trace) : html(200);
    };

  it.each([
    ['null', { data: null, errors: null }],
    ['empty', { data: [], errors: null }],
  ])('%s data is a miss', async (_, body) => {
    const { errors } = await ask(legacy(body), lookup);
    expect(errors?.[0].message).toMatch(/was not found|no span|not as Jaeger writes it/);
    expect(errors?.[0].message).not.toMatch(/undefined|defect in this plugin/);
  });

  it('one broken span is told, and the others are shown', async () => {
    const sound = {
      traceID: TRACE_ID,
      spanID: '00c0ffee12345678',
      operationName: 'POST /pay',
      references: [],
      startTime: START_MS * 1000,
      duration: 250431,
      tags: [
        { key: '__proto__', type: 'string', value: 'x' },
        { key: 'constructor', type: 'int64', value: '9223372036854775807' },
      ],
      logs: [],
      processID: 'p1',
      warnings: null,
    };
    const trace = {
      traceID: TRACE_ID,
      spans: [sound, { ...sound, spanID: null, startTime: 'yesterday' }],
      processes: { p1: { serviceName: 'checkout', tags: [] } },
      warnings: null,
    };
    const { data, errors } = await ask(legacy({ data: [trace], errors: null }), lookup);
    expect(errors).toBeUndefined();
    expect(data[0].length).toBe(1);
    expect(data[0].meta.notices).toHaveLength(1);
  });

  it('half a surrogate pair in a name or value is shown, searched for and written to a file', async () => {
    // As servers write what was no UTF-8 when they got it.
    const body = JSON.stringify({
      data: [
        {
          traceID: TRACE_ID,
          spans: [
            {
              traceID: TRACE_ID,
              spanID: '00c0ffee12345678',
              operationName: 'GET \ud800',
              references: [],
              startTime: START_MS * 1000,
              duration: 1,
              tags: [{ key: 'half', type: 'string', value: 'a\udc00b' }],
              logs: [],
              processID: 'p1',
            },
          ],
          processes: { p1: { serviceName: 'shop\ud800', tags: [] } },
        },
      ],
      errors: null,
    });
    const asked: Array<string | null> = [];
    const world: World = (path, parameters) => {
      switch (path) {
        case '/api/services':
          return json({ data: ['shop\ud800'], errors: null });
        case '/api/traces':
          asked.push(parameters.get('service'));
          return { status: 200, body };
        default:
          return path === `/api/traces/${TRACE_ID}` ? { status: 200, body } : html(200);
      }
    };
    const { data, errors } = await ask(world, lookup);
    expect(errors).toBeUndefined();
    const values = (name: string) => data[0].fields.find((field: { name: string }) => field.name === name)?.values[0];
    expect([values('operationName'), values('serviceName')]).toEqual(['GET \ud800', 'shop\ud800']);
    expect(values('tags')).toContainEqual(expect.objectContaining({ key: 'half', value: 'a\udc00b' }));

    const found = await ask(world, { queryType: 'search', service: 'shop\ud800' });
    expect(found.errors).toBeUndefined();
    expect(found.data[0].length).toBe(1);
    expect(asked).toEqual(['shop\ufffd']);

    const query = { refId: 'A', ...lookup } as TraceIdQuery;
    const source = dataSourceIn(world);
    for (const format of source.downloads) {
      const { text: written } = await source.exportTrace(query, format.id, new AbortController().signal);
      expect(JSON.stringify(JSON.parse(written))).toBe(written);
      expect(written).toContain('a\\udc00b');
    }
  });
});
