import { normalizeQuery } from '../../query/normalizeQuery';
import { savedForm } from '../../query/savedForm';
import { tempoDialects } from './tempoDialect';

const normalize = (query: unknown) => normalizeQuery(query, { dialects: tempoDialects });

const ID = '3fd1c7ea9b2c44f0a1d6a7c0f3c0de42';
const options = { limit: 5, spss: 10, tableType: 'spans', step: '30s', exemplars: 7, metricsQueryType: 'instant' };

describe.each<[name: string, saved: Record<string, unknown>, read: Record<string, unknown>]>([
  [
    'a search',
    { queryType: 'traceql', query: '{ .a = 1 } >> { .b = 2 }' },
    { queryType: 'language', query: '{ .a = 1 } >> { .b = 2 }' },
  ],
  [
    'every option',
    { queryType: 'traceql', query: '{ } | rate()', ...options },
    { queryType: 'language', query: '{ } | rate()', ...options },
  ],
  [
    'options of a kind that is not known',
    { queryType: 'traceql', query: '{ }', tableType: 'raw', metricsQueryType: 'odd' },
    { queryType: 'language', query: '{ }' },
  ],
  [
    'arithmetic',
    { queryType: 'traceql', query: '({ } | rate()) * 2' },
    { queryType: 'language', query: '({ } | rate()) * 2' },
  ],
  ['a comment first', { queryType: 'traceql', query: '// all\n{ }' }, { queryType: 'language', query: '// all\n{ }' }],
  ['an id', { queryType: 'traceql', query: ID }, { queryType: 'traceql', query: ID }],
  ['an id in TraceQL', { queryType: 'traceql', query: `{trace:id="${ID}"}` }, { queryType: 'traceql', query: ID }],
  ['an editor that is still empty', { queryType: 'language', query: '' }, { queryType: 'language', query: '' }],
  [
    'filters that the form can ask',
    {
      queryType: 'traceqlSearch',
      limit: 7,
      filters: [{ id: 'service-name', tag: 'service.name', scope: 'resource', operator: '=', value: ['cart'] }],
    },
    { queryType: 'search', service: 'cart', limit: 7 },
  ],
  [
    'filters that it cannot',
    {
      queryType: 'traceqlSearch',
      filters: [
        { tag: 'http.status', scope: 'span', operator: '>=', value: '500', valueType: 'int' },
        { tag: 'rootName', operator: '!=', value: ['a "b"', 'c'], valueType: 'string' },
        { tag: 'kind', scope: 'intrinsic', operator: '=', value: ['server', 'client'], valueType: 'keyword' },
        { tag: 'empty', scope: 'span', operator: '=', value: [] },
      ],
    },
    {
      queryType: 'language',
      query:
        '{ span.http.status >= 500 && (rootName != "a \\"b\\"" && rootName != "c") && (kind = server || kind = client) }',
    },
  ],
  [
    'rows of spans',
    {
      queryType: 'traceqlSearch',
      tableType: 'spans',
      spss: 7,
      filters: [{ tag: 'service.name', scope: 'resource', operator: '=', value: 'cart' }],
    },
    { queryType: 'language', query: '{ resource.service.name = "cart" }', tableType: 'spans', spss: 7 },
  ],
  [
    'a number of spans of each trace',
    { queryType: 'traceqlSearch', spss: 7, filters: [{ tag: 'name', scope: 'span', operator: '=', value: 'GET' }] },
    { queryType: 'language', query: '{ name = "GET" }', spss: 7 },
  ],
  [
    'scopes that only the language tells apart',
    {
      queryType: 'traceqlSearch',
      filters: [
        { tag: 'cluster', scope: 'resource', operator: '=', value: 'a' },
        { tag: 'event.name', scope: 'event', operator: '=', value: 'b' },
        { tag: 'event:name', scope: 'event', operator: '=', value: 'c' },
        { tag: 'x', scope: 'link', operator: '=', value: 'd' },
        { tag: 'y', scope: 'instrumentation', operator: '=', value: 'e' },
        { tag: 'trace:id', scope: 'intrinsic', operator: '=', value: 'f' },
        { tag: 'childCount', scope: 'intrinsic', operator: '>', value: '3' },
        { tag: 'nestedSetParent', operator: '<', value: '0' },
        { tag: 'event:timeSinceStart', scope: 'event', operator: '>', value: '2ms' },
      ],
    },
    {
      queryType: 'language',
      query:
        '{ resource.cluster = "a" && event.event.name = "b" && event:name = "c" && link.x = "d" && instrumentation.y = "e" && trace:id = "f" && childCount > 3 && nestedSetParent < 0 && event:timeSinceStart > 2ms }',
    },
  ],
  [
    'variables where the builder knows the type',
    {
      queryType: 'traceqlSearch',
      tableType: 'spans',
      filters: [
        { tag: 'kind', operator: '=', value: '$k', valueType: 'keyword' },
        { tag: 'duration', operator: '>', value: '${d}ms', valueType: 'duration' },
        { tag: 'n', scope: 'span', operator: '=', value: '[[n]]', valueType: 'int' },
        { tag: 's', scope: 'span', operator: '=', value: '$s', valueType: 'string' },
        { tag: 't', scope: 'span', operator: '=~', value: '$t' },
        { tag: 'name', operator: '=', value: '$name' },
      ],
    },
    {
      queryType: 'language',
      tableType: 'spans',
      query:
        '{ kind = $k && duration > ${d}ms && span.n = [[n]] && span.s = "$s" && span.t =~ "$t" && name = "$name" }',
    },
  ],
  [
    'durations of traces',
    {
      queryType: 'traceqlSearch',
      filters: [
        { id: 'duration-type', value: 'trace' },
        { id: 'min-duration', tag: 'duration', operator: '>', value: '1s', valueType: 'duration' },
      ],
    },
    { queryType: 'language', query: '{ traceDuration > 1s }' },
  ],
])('%s', (_, saved, read) => {
  it('is read', () => {
    const { refId, schemaVersion, ...query } = normalize({ refId: 'A', ...saved });
    expect(query).toEqual(read);
  });

  it('is the same when it is saved and read again', () => {
    const once = normalize({ refId: 'A', ...saved });
    expect(normalize(once)).toEqual(once);
    expect(normalize(savedForm(once))).toEqual(once);
  });
});

it('is saved as Grafana’s Tempo source saves it, where its text cannot be taken for an id', () => {
  expect(savedForm(normalize({ queryType: 'traceql', query: '{ }' }))).toMatchObject({
    queryType: 'traceql',
    query: '{ }',
  });
  expect(savedForm(normalize({ queryType: 'language', query: 'not yet' }))).toMatchObject({ queryType: 'language' });
});
