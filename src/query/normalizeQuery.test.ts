import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import type { QueryDialect } from './foreign/dialect';
import { normalizeQuery } from './normalizeQuery';
import { defaultQuery } from './defaults';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SHORT_ID = '00f067aa0ba902b7';
const normalize = (query: unknown, dialects: readonly QueryDialect[] = []) => normalizeQuery(query, { dialects });

/** As a link arrives: through `JSON.stringify`, which drops what is undefined. */
const linked = (query: unknown): unknown => JSON.parse(JSON.stringify(query));

const explore = (panes: unknown) =>
  `https://grafana.example/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}&orgId=1`;

describe('every link shape lands on the trace', () => {
  test.each<[string, unknown]>([
    ['Loki derived field', linked({ query: ID, queryType: undefined, datasource: { uid: 'traces' } })],
    ['Loki derived field, with refId', { query: ID, datasource: { uid: 'traces' }, refId: 'A' }],
    ['Elasticsearch data link', { query: ID, datasource: { uid: 'traces', type: 'tracebridge-tracing-datasource' } }],
    ['OpenSearch data link', { query: ID }],
    ['VictoriaLogs derived field', linked({ query: ID, queryType: undefined })],
    ['ClickHouse link with a type of its own', { query: ID, queryType: 'traces', traceId: 'an old one', rawSql: '' }],
    ['ClickHouse link with the id in another field', { traceId: ID, queryType: 'traces' }],
    ['Prometheus exemplar', { query: ID, queryType: 'traceql' }],
    [
      'log details',
      {
        query: ID,
        queryType: 'traceql',
        refId: `log-details-trace-${ID}`,
        tableType: 'traces',
        filters: [],
        interval: '',
        intervalMs: 0,
      },
    ],
    ['correlation', { query: ID, queryType: 'traceql', datasource: { uid: 'traces' } }],
    ['X-Ray', { query: ID, queryType: 'getTrace' }],
    ['X-Ray, its own spelling', { query: '1-4bf92f35-77b34da6a3ce929d0e0e4736', queryType: 'getTrace' }],
    ['Tempo, lookup by id', { query: ID, queryType: 'traceId' }],
    ['Tempo, as its newer links ask', { query: `{trace:id="${ID}"}`, queryType: 'traceql' }],
    [
      'Tempo, a search with an id',
      { query: ID, queryType: 'traceqlSearch', filters: [{ id: 'a', operator: '=' }], limit: 20 },
    ],
    ['Zipkin', { query: ID, queryType: 'traceID' }],
    ['hand-written', { query: ID, queryType: 'trace' }],
    ['built-in Jaeger', { query: ID, queryType: 'search' }],
    ['span link out of a search', { ...(linked(search()) as object), query: ID }],
    ['span link out of a service graph', { queryType: 'serviceGraph', service: 'shop', query: ID }],
    ['span link out of what cannot run', { queryType: 'unsupported', reason: 'No.', query: ID }],
    ['a default that searches, merged under a link', { queryType: 'search', limit: 20, query: ID }],
    ['our default, merged under a link', { ...defaultQuery(), query: ID }],
    ['our default of a dashboard, merged under a link', { ...defaultQuery('dashboard'), query: ID }],
    ['a text', ID],
  ])('%s', (_name, query) => {
    expect(normalize(query)).toMatchObject({ queryType: 'traceql', query: ID });
  });
});

describe('every spelling of one trace', () => {
  test.each<[string, string]>([
    ['upper case', ID.toUpperCase()],
    ['surrounding space', `  ${ID}\n`],
    ['quotes', `"${ID}"`],
    ['0x', `0x${ID}`],
    ['a UUID', '4bf92f35-77b3-4da6-a3ce-929d0e0e4736'],
    ['trace:id, no spaces', `{trace:id="${ID}"}`],
    ['trace:id, spaces', `{ trace:id = "${ID}" }`],
    ['trace:id, backticks', `{trace:id=\`${ID}\`}`],
    ['traceparent', `00-${ID}-${SHORT_ID}-01`],
    ['traceparent with its name', `traceparent: 00-${ID}-${SHORT_ID}-01`],
    ['B3 single header', `${ID}-${SHORT_ID}-1`],
    ['Jaeger header', `uber-trace-id: ${ID}:${SHORT_ID}:0:1`],
    ['X-Ray header', `Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=${SHORT_ID};Sampled=1`],
    ['logfmt', `level=error trace_id=${ID} span_id=${SHORT_ID} msg="no stock"`],
    ['JSON', `{"level":"error","traceId":"${ID}","spanId":"${SHORT_ID}"}`],
    ['escaped JSON', `{\\"trace_id\\":\\"${ID}\\"}`],
    ['ECS', `"trace.id": "${ID}"`],
    ['Java MDC', `[traceId=${ID}, spanId=${SHORT_ID}] ERROR no stock`],
    ['the same id twice', `trace_id=${ID} traceID=${ID.toUpperCase()}`],
    ['unnamed in a line', `2026-01-02 ERROR [${ID}] no stock`],
    ['Jaeger UI', `http://jaeger:16686/trace/${ID}`],
    ['Jaeger UI with base path and parameters', `https://example.com/jaeger/ui/trace/${ID}?uiFind=cart&uiEmbed=v0#x`],
    ['Jaeger UI, path only', `/trace/${ID}`],
    ['Jaeger UI, no scheme', `localhost:16686/trace/${ID}`],
    ['Jaeger UI, search by id', `/search?traceID=${ID}`],
    ['Jaeger API', `https://example.com/api/traces/${ID}`],
    ['Zipkin UI', `http://zipkin:9411/zipkin/traces/${ID}`],
    ['another UI', `https://apm.example.com/view?traceId=${ID}&tab=1`],
    [
      'Grafana Explore',
      explore({ abc: { datasource: 'x', queries: [{ refId: 'A', query: ID, queryType: 'traceql' }] } }),
    ],
    ['Grafana Explore, path only', explore({ a: { queries: [{ query: ID }] } }).replace('https://grafana.example', '')],
    [
      'Grafana Explore, left',
      `/explore?left=${encodeURIComponent(JSON.stringify({ datasource: 'x', queries: [{ query: ID }], range: { from: 'now-1h', to: 'now' } }))}`,
    ],
    [
      'Grafana Explore, before 7',
      `/grafana/explore?orgId=1&left=${encodeURIComponent(JSON.stringify(['now-1h', 'now', 'x', { query: ID }, { ui: [true] }]))}`,
    ],
    [
      'Grafana Explore, logs left and the trace right',
      explore({ a: { queries: [{ expr: '{app="x"}', queryType: 'range' }] }, b: { queries: [{ query: ID }] } }),
    ],
    [
      'Grafana Explore in Grafana Explore',
      explore({ a: { queries: [{ query: explore({ b: { queries: [{ query: ID }] } }) }] } }),
    ],
  ])('%s', (_name, text) => {
    expect(normalize({ query: text })).toMatchObject({ queryType: 'traceql', query: ID });
    expect(normalize({ query: text, queryType: 'traceql' })).toMatchObject({ queryType: 'traceql', query: ID });
  });

  it('restores leading zeros and shortens 64-bit ids', () => {
    expect(normalize('f067aa0ba902b7')).toMatchObject({ query: SHORT_ID });
    expect(normalize(`0000000000000000${SHORT_ID}`)).toMatchObject({ query: SHORT_ID });
    expect(normalize(`${SHORT_ID}-${SHORT_ID}-1`)).toMatchObject({ query: SHORT_ID });
  });

  test.each([
    `${SHORT_ID},`,
    `(${SHORT_ID})`,
    `["${SHORT_ID.toUpperCase()}"],`,
    `traceid ${SHORT_ID}`,
    `trace id '${SHORT_ID}'.`,
  ])('reads a 64-bit id in the clothes of a log line: %s', (text) => {
    expect(normalize(text)).toMatchObject({ queryType: 'traceql', query: SHORT_ID });
  });

  test.each([
    [`https://example.com/trace/${ID}?uiFind=${SHORT_ID.toUpperCase()}`, SHORT_ID],
    [`https://example.com/trace/${ID}?uiFind=cafe`, undefined],
    [explore({ a: { queries: [{ query: ID }], panelsState: { trace: { spanId: SHORT_ID } } } }), SHORT_ID],
    [
      explore({ a: { queries: [{ queryType: 'search', query: ID }], panelsState: { trace: { spanId: SHORT_ID } } } }),
      SHORT_ID,
    ],
    [explore({ a: { queries: [{ query: ID }], panelsState: { trace: { spanId: '' } } } }), undefined],
  ])('keeps the span to which an address leads: %s', (text, spanId) => {
    const query = normalize(text);
    expect(query).toMatchObject({ queryType: 'traceql', query: ID });
    expect('spanId' in query ? query.spanId : undefined).toBe(spanId);
  });

  test.each([
    ['$traceId', '$traceId'],
    ['{{traceId}}', '{{traceId}}'],
    ['${traceId:raw}', '${traceId:raw}'],
    ['[[traceId]]', '[[traceId]]'],
    ['{trace:id="$traceId"}', '$traceId'],
    ['{trace:id="nonsense"}', 'nonsense'],
    ['http://jaeger/trace/${__value.raw}', '${__value.raw}'],
    // Not UTF-8: what cannot be decoded stays as it is, and what is left is no id.
    ['http://jaeger/trace/%FF', 'http://jaeger/trace/%FF'],
  ])('keeps what %s will name', (text, query) => {
    expect(normalize({ query: text, queryType: 'search' })).toMatchObject({ queryType: 'traceql', query });
  });

  test.each([
    ['two ids', `trace_id=${ID} trace_id=${SHORT_ID}`],
    ['words', 'hello world'],
    ["Datadog's decimal id", 'dd.trace_id=1234567890123456789 dd.span_id=7'],
    ['a service', 'checkout'],
    ['an address without an id', 'https://example.com/'],
  ])('leaves %s as it is written, to be refused in words', (_name, text) => {
    expect(normalize({ query: text })).toMatchObject({ queryType: 'traceql', query: text });
    expect(normalize({ query: text, queryType: 'search' })).toMatchObject({ queryType: 'traceql', query: text });
  });
});

describe('time bounds', () => {
  it('keeps those of a link', () => {
    expect(normalize({ query: ID, fromMs: 1000, toMs: '2000' })).toMatchObject({ fromMs: 1000, toMs: '2000' });
  });

  test.each<[string, unknown, object]>([
    [
      'epoch milliseconds as text',
      { from: '1767225600000', to: '1767229200000' },
      { fromMs: 1767225600000, toMs: 1767229200000 },
    ],
    [
      'ISO dates',
      { from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T01:00:00.000Z' },
      { fromMs: 1767225600000, toMs: 1767229200000 },
    ],
  ])('are taken from an Explore address: %s', (_name, range, expected) => {
    expect(normalize(explore({ a: { queries: [{ query: ID }], range } }))).toMatchObject(expected);
  });

  it('are not guessed from a relative range', () => {
    const query = normalize(explore({ a: { queries: [{ query: ID }], range: { from: 'now-1h', to: 'now' } } }));
    expect(query).toEqual({ refId: 'A', schemaVersion: 1, queryType: 'traceql', query: ID });
  });
});

describe('searches', () => {
  it('keeps ours', () => {
    expect(normalize(search())).toEqual(search());
  });

  it('keeps filters and status through saving and loading', () => {
    const saved = {
      ...search(),
      status: '$status',
      filters: [
        { key: 'http.route', operator: '=~', value: '/orders/.*' },
        { key: 'db.system', operator: 'exists', value: '' },
      ],
    };
    expect(normalize(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
  });

  it('refuses the operator of a later version', () => {
    expect(normalize({ queryType: 'search', filters: [{ key: 'a', operator: '>=', value: '1' }] })).toMatchObject({
      queryType: 'unsupported',
      reason: 'The filter “a >= 1” has an operator that is not known here. Update the plugin, or replace the filter.',
    });
  });

  it('reads one without type or version, and numbers as text', () => {
    expect(normalize({ refId: 'B', service: 'shop', minDuration: 5 })).toEqual({
      refId: 'B',
      schemaVersion: 1,
      queryType: 'search',
      service: 'shop',
      minDuration: '5',
    });
  });

  it('survives a text left in `query` by another form', () => {
    expect(normalize({ queryType: 'search', service: 'shop', query: 'not an id' })).toMatchObject({
      queryType: 'search',
      service: 'shop',
    });
    expect(normalize({ queryType: 'search', service: 'shop', query: '{}' })).toMatchObject({
      queryType: 'search',
      service: 'shop',
    });
  });

  const jaegerSearch =
    '/jaeger/search?end=1767229200000001&limit=50&lookback=1h&maxDuration=2s&minDuration=1.5ms&operation=POST%20%2Fpay' +
    '&service=check%2Fout&start=1767225600000999&tags=%7B%22http.status_code%22%3A%22500%22%2C%22a%20b%22%3A%22c%3Dd%22%7D&tag=error%3Atrue';

  test.each([jaegerSearch, `https://example.com${jaegerSearch}`])(
    'reads the address of a search in Jaeger: %s',
    (url) => {
      expect(normalize({ query: url, refId: 'C' })).toEqual({
        refId: 'C',
        schemaVersion: 1,
        queryType: 'search',
        service: 'check/out',
        operation: 'POST /pay',
        tags: 'http.status_code=500 "a b"="c=d" error=true',
        minDuration: '1.5ms',
        maxDuration: '2s',
        limit: '50',
        fromMs: 1767225600000,
        toMs: 1767229200001,
      });
    }
  );

  it('reads "all" operations of Jaeger as none', () => {
    expect(normalize('/search?service=shop&operation=all')).toEqual({
      refId: 'A',
      schemaVersion: 1,
      queryType: 'search',
      service: 'shop',
    });
  });

  it('reads a search inside an Explore address with the dialects of the backend', () => {
    const url = explore({ a: { queries: [{ kind: 'old', what: 'shop' }] } });
    expect(normalize({ query: url }, [oldDialect])).toMatchObject({ queryType: 'search', service: 'shop' });
  });

  it("reads Tempo's filter builder", () => {
    const filters = [
      {
        id: 'service-name',
        tag: 'service.name',
        operator: '=',
        scope: 'resource',
        value: ['shop'],
        valueType: 'string',
      },
      { id: 'span-name', tag: 'name', operator: '=', scope: 'span', value: [], valueType: 'string' },
      { id: 'x', tag: 'name', operator: '=', scope: 'intrinsic', value: 'GET /cart' },
      { id: 'status', tag: 'status', operator: '=', scope: 'intrinsic', value: 'error', valueType: 'keyword' },
      { id: 'min-duration', tag: 'duration', operator: '>', valueType: 'duration', value: '100ms' },
      { id: 'y', tag: 'db.statement', operator: '=', scope: 'span', value: 'SELECT 1' },
    ];
    expect(
      normalize({ refId: 'A', queryType: 'traceqlSearch', filters, limit: 20, tableType: 'traces', query: '{}' })
    ).toEqual({
      refId: 'A',
      schemaVersion: 1,
      queryType: 'search',
      service: 'shop',
      operation: 'GET /cart',
      status: 'error',
      tags: 'db.statement="SELECT 1"',
      minDuration: '100ms',
      limit: 20,
    });
  });

  it("reads Tempo's older form and its service map", () => {
    expect(
      normalize({ queryType: 'nativeSearch', serviceName: 'shop', spanName: 'GET', search: 'error=true', limit: 5 })
    ).toMatchObject({ queryType: 'search', service: 'shop', operation: 'GET', tags: 'error=true', limit: 5 });
    expect(normalize({ queryType: 'serviceMap', serviceMapQuery: '{}' })).toMatchObject({
      queryType: 'serviceGraph',
      source: 'metrics',
    });
    expect(
      normalize({ queryType: 'serviceMap', serviceMapQuery: ['{client="web", server="cart"}', '{server="pay"}'] })
    ).toMatchObject({ service: 'web' });
  });
});

describe('TraceQL that a search form can ask', () => {
  test.each<[string, object]>([
    ['{ }', {}],
    ['{ resource.service.name = "shop" && name = `GET /cart` }', { service: 'shop', operation: 'GET /cart' }],
    [
      '{.service.name="shop"&&span:duration>=100ms&&duration<2s}',
      { service: 'shop', minDuration: '100ms', maxDuration: '2s' },
    ],
    [
      '{ span.http.status_code = 500 && .db.statement = "a && \\"b\\"" && status = error }',
      { tags: 'http.status_code=500 db.statement="a && \\"b\\""', status: 'error' },
    ],
    [
      '{ span.a != "b" && resource.c =~ "d.*" && .e !~ `f` && kind = server } with (most_recent=true)',
      {
        tags: 'span.kind=server',
        filters: [
          { key: 'a', operator: '!=', value: 'b' },
          { key: 'c', operator: '=~', value: 'd.*' },
          { key: 'e', operator: '!~', value: 'f' },
        ],
      },
    ],
    ['{ .svc =~ "$service" }', { filters: [{ key: 'svc', operator: '=~', value: '$service' }] }],
    ['{ .svc = "$service" && .n = $n }', { tags: 'svc=$service n=$n' }],
  ])('%s', (query, expected) => {
    expect(normalize({ query, queryType: 'traceql', limit: 7 })).toEqual({
      refId: 'A',
      schemaVersion: 1,
      queryType: 'search',
      limit: 7,
      ...expected,
    });
  });
});

test.each([
  ['', ID, SHORT_ID],
  ['https://jaeger.example/base', ID.toUpperCase(), SHORT_ID],
  ['https://jaeger.example', ID, ''],
  ['', '$slow', ID],
])('an address of Jaeger UI that compares two traces is a comparison: %s/trace/%s...%s', (host, left, right) => {
  const query = normalize({ refId: 'B', query: `${host}/trace/${left}...${right}?cohort=${left}`, view: 'spans' });
  expect(query).toEqual({
    refId: 'B',
    schemaVersion: 1,
    queryType: 'compare',
    baseline: { queryType: 'traceql', query: left === ID.toUpperCase() ? ID : left },
    comparison: { queryType: 'traceql', query: right },
  });
  expect(normalize(query)).toEqual(query);
});

it.each([
  [
    { queryType: 'metrics', service: 'shop', quantile: 0.95, spanKind: 'server' },
    { services: ['shop'], quantiles: ['0.95'], spanKinds: ['server'] },
  ],
  [
    { queryType: 'metrics', metric: 'errors', services: 'a, b', groupBy: ['operation'], step: '1m', query: '' },
    { metric: 'errors', services: ['a', 'b'], groupBy: 'operation', step: '1m' },
  ],
  [{ queryType: 'metrics', services: [{}, ' '], source: 7 }, { source: '7' }],
])('reads metrics: %j', (query, fields) => {
  const { refId, schemaVersion, ...read } = normalize(query);
  expect(read).toEqual({ queryType: 'metrics', ...fields });
});

describe('what cannot be asked is refused in words', () => {
  test.each<[string, unknown, RegExp]>([
    ['TraceQL', { query: '{ resource.service.name = "shop" } >> { status = error }', queryType: 'traceql' }, /TraceQL/],
    ['TraceQL with a choice', { query: '{ name = "a" || name = "b" }' }, /TraceQL/],
    ['TraceQL that asks twice', { query: '{ name = "a" && name = "b" }' }, /TraceQL/],
    ['TraceQL about other things', { query: '{ trace:duration > 1s && event.name = "x" }' }, /TraceQL/],
    ['a search for logs of the Tempo source', { queryType: 'search', linkedQuery: { expr: '{app="a"}' } }, /logs/],
    ['TraceQL metrics', { query: '{} | rate()', queryType: 'traceql' }, /TraceQL/],
    ['TraceQL with an operator that no row has', { query: '{ .n >= 5 }', queryType: 'traceql' }, /TraceQL/],
    ['TraceQL with a pipeline', { query: '{ .n = 5 } | count() > 3', queryType: 'traceql' }, /TraceQL/],
    ['two ids in TraceQL', { query: `{ trace:id="${ID}" || trace:id="${SHORT_ID}" }` }, /TraceQL/],
    [
      'a Tempo filter of several values',
      { queryType: 'traceqlSearch', filters: [{ tag: 'a', operator: '=', scope: 'span', value: ['x', 'y'] }] },
      /a = x \| y/,
    ],
    [
      'a Tempo filter with another operator',
      { queryType: 'traceqlSearch', filters: [{ tag: 'a', operator: '>=', scope: 'span', value: 'x' }] },
      /a >= x/,
    ],
    ['an unknown type', { queryType: 'profiles' }, /“profiles”/],
    ['a newer version', { queryType: 'somethingNew', schemaVersion: 99 }, /newer version/],
    ['a comparison of no traces in Jaeger', { query: '/trace/...' }, /compares two traces/],
    ['a comparison of what are no IDs', { query: `/trace/${ID}...new` }, /compares two traces/],
    ['several traces in a Jaeger address', { query: `/search?traceID=${ID}&traceID=${SHORT_ID}` }, /names 2 traces/],
    ['a short link', { query: 'https://grafana.example/goto/aBcD?orgId=1' }, /short link/],
    [
      'an Explore address of logs',
      { query: explore({ a: { queries: [{ expr: '{app="x"}', queryType: 'range' }] } }) },
      /no trace ID/,
    ],
    ['a damaged Explore address', { query: '/explore?left=%7Bnot-json' }, /no trace ID/],
    ['a list', [1, 2], /damaged/],
    ['a number', 5, /damaged/],
  ])('%s', (_name, query, reason) => {
    expect(normalize(query)).toMatchObject({ queryType: 'unsupported', reason: expect.stringMatching(reason) });
  });

  it('keeps the text, so that it is not lost to who wrote it', () => {
    expect(normalize({ query: '{ duration != 1s }' })).toMatchObject({ query: '{ duration != 1s }' });
  });
});

describe('identity', () => {
  it('keeps refId, key, hide and datasource and drops what it does not know', () => {
    const identity = { refId: 'Q', key: 'Q-1', hide: true, datasource: { uid: 'x', type: 'y' } };
    expect(
      normalize({ ...identity, query: ID, queryType: 'traceql', tableType: 'spans', spss: 3, filters: [] })
    ).toEqual({
      ...identity,
      schemaVersion: 1,
      queryType: 'traceql',
      query: ID,
    });
  });

  test.each([
    [{}],
    [null],
    [undefined],
    [''],
    [{ refId: 7, key: 1, hide: 'yes', datasource: 'name' }],
    [{ query: '  ' }],
  ])('%j is an empty lookup', (query) => {
    expect(normalize(query)).toEqual({ refId: 'A', schemaVersion: 1, queryType: 'traceql', query: '' });
  });

  it('keeps the raw switch of a lookup', () => {
    expect(normalize({ query: ID, rawTraces: true })).toMatchObject({ rawTraces: true });
  });
});

describe('order', () => {
  it('asks the dialects of the backend before the general ones, but not about our own queries', () => {
    expect(normalize({ kind: 'old', what: 'shop' }, [oldDialect])).toMatchObject({
      queryType: 'search',
      service: 'shop',
    });
    expect(normalize({ ...search(), kind: 'old', what: 'other' }, [oldDialect])).toEqual(search());
  });
});

// A pattern that tries a text in quadratically many ways would run into the time limit of the test here.
test.each([
  ['spaces', `trace_id=${' '.repeat(200_000)}z`],
  ['quotes', `trace_id="${'"'.repeat(200_000)}`],
  ['open variables', '${'.repeat(100_000)],
  ['hex', 'a'.repeat(200_000)],
  ['dashes', `00-${'a-'.repeat(100_000)}`],
  ['braces', '{'.repeat(200_000)],
  ['slashes', '/trace/'.repeat(30_000)],
  ['names of ids', 'trace_id '.repeat(30_000)],
])('reads a huge text of %s', (_name, text) => {
  expect(normalize({ query: text }).refId).toBe('A');
});

describe('laws', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.record(
      {
        refId: fc.string(),
        queryType: fc.constantFrom(
          'traceql',
          'search',
          'document',
          'serviceGraph',
          'metrics',
          'unsupported',
          'upload',
          'traceId',
          'nativeSearch',
          'x'
        ),
        query: fc.oneof(
          fc.string(),
          fc.constantFrom(ID, '$x', '{}', '/explore?left={}', '/search?service=a', `/trace/${ID}`)
        ),
        schemaVersion: fc.integer(),
        service: fc.string(),
        services: fc.oneof(fc.string(), fc.array(fc.string())),
        quantiles: fc.array(fc.oneof(fc.string(), fc.integer())),
        hops: fc.oneof(fc.integer(), fc.string()),
        tags: fc.string(),
        limit: fc.oneof(fc.integer(), fc.string()),
        fromMs: fc.oneof(fc.integer(), fc.string()),
        filters: fc.array(fc.record({ tag: fc.string(), value: fc.string(), operator: fc.constantFrom('=', '>') })),
      },
      { requiredKeys: [] }
    )
  );

  it('never throws, and normalising twice is normalising once', () => {
    checkProperty(
      fc.property(anything, (query) => {
        const once = normalize(query);
        expect(normalize(once)).toEqual(once);
        expect(normalize(JSON.parse(JSON.stringify(once)))).toEqual(once);
      }),
      { numRuns: 3000 }
    );
  });
});

function search() {
  return {
    refId: 'A',
    schemaVersion: 1,
    queryType: 'search',
    service: 'shop',
    operation: 'GET /cart',
    tags: 'error=true',
    minDuration: '1.5ms',
    maxDuration: '$max',
    limit: '$limit',
  };
}

const oldDialect: QueryDialect = {
  name: 'an old one',
  recognizes: (query) => query.kind === 'old',
  convert: (query) => ({ queryType: 'search', service: String(query.what) }),
};
