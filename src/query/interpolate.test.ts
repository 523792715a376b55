import type { ReplaceVariables } from './expandVariables';
import { interpolateForHandover, interpolateQuery } from './interpolate';
import type {
  CompareQuery,
  DocumentQuery,
  LanguageQuery,
  MetricsQuery,
  SearchQuery,
  ServiceGraphQuery,
  TraceIdQuery,
  TraceQuery,
} from './query';
import { parseSearchText } from './searchText';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';

const VALUES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['service', 'check out'],
  ['one', ['only']],
  ['many', ['a', 'b', 'c', 'd']],
  ['none', []],
  ['null', null],
  ['statement', 'SELECT "x" = 1'],
  ['filters', 'error=true retries=3'],
  ['limit', 7],
  ['id', ID.toUpperCase()],
  ['url', `http://jaeger/trace/${ID}`],
  ['from', '1767225600000'],
]);

/** As Grafana's template service: a format function gets the value or the list of values; unknown names stay. */
const replace: ReplaceVariables = (text, format) =>
  text.replace(/\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)\]\]/g, (written, braced, bare, brackets) => {
    const name: string = braced ?? bare ?? brackets;
    if (!VALUES.has(name)) {
      return written;
    }
    const value = VALUES.get(name);
    return format ? format(value) : Array.isArray(value) ? `{${value.join(',')}}` : String(value);
  });

const search = (fields: Partial<SearchQuery>): TraceQuery => ({ refId: 'A', queryType: 'search', ...fields });

describe('a lookup', () => {
  test.each([
    ['$id', ID],
    ['${id:raw}', ID],
    ['[[id]]', ID],
    ['$url', ID],
    ['$unknown', '$unknown'],
    ['$none', ''],
    ['$null', ''],
    [ID, ID],
  ])('%s → %j', (query, expected) => {
    expect(interpolateQuery({ refId: 'A', key: 'k', queryType: 'traceql', query }, replace)).toEqual({
      refId: 'A',
      key: 'k',
      queryType: 'traceql',
      query: expected,
    });
  });

  it('replaces in its window', () => {
    expect(
      interpolateQuery(
        { refId: 'A', queryType: 'traceql', query: '$id', fromMs: '$from', toMs: 2, rawTraces: true },
        replace
      )
    ).toEqual({ refId: 'A', queryType: 'traceql', query: ID, fromMs: '1767225600000', toMs: 2, rawTraces: true });
  });
});

describe('a search', () => {
  it('replaces in every text', () => {
    expect(
      interpolateQuery(
        search({
          service: '$service',
          operation: 'GET /${one}',
          remoteService: '$one',
          minDuration: '${limit}ms',
          maxDuration: '[[limit]]s',
          limit: '$limit',
          fromMs: '$from',
          toMs: '$from',
        }),
        replace
      )
    ).toEqual(
      search({
        service: 'check out',
        operation: 'GET /only',
        remoteService: 'only',
        minDuration: '7ms',
        maxDuration: '7s',
        limit: '7',
        fromMs: '1767225600000',
        toMs: '1767225600000',
      })
    );
  });

  test.each<[string, ReadonlyArray<readonly [string, string]>]>([
    ['db.statement=$statement', [['db.statement', 'SELECT "x" = 1']]],
    [
      'db.statement="$statement" error',
      [
        ['db.statement', 'SELECT "x" = 1'],
        ['error', 'true'],
      ],
    ],
    ['a="x $service y"', [['a', 'x check out y']]],
    ['$one=1', [['only', '1']]],
    [
      '$filters a=b',
      [
        ['error', 'true'],
        ['retries', '3'],
        ['a', 'b'],
      ],
    ],
    ['{"db.statement":"$statement"}', [['db.statement', 'SELECT "x" = 1']]],
    ['q="SELECT $1"', [['q', 'SELECT $1']]],
    ['a=$none', [['a', '']]],
  ])('keeps %s the filters that were meant', (tags, expected) => {
    const { tags: replaced } = interpolateQuery(search({ tags }), replace) as SearchQuery;
    const { filters, problems } = parseSearchText(replaced ?? '');
    expect(problems).toEqual([]);
    expect(filters.map(({ key, value }) => [key, value])).toEqual(expected);
  });

  // What docs/filters-and-variables.md promises about several values, field by field.
  test.each<[string, Partial<SearchQuery>, Partial<SearchQuery>]>([
    ['services, each', { service: '$many' }, { service: '{a,b,c,d}' }],
    ['services, one of them alone', { service: '$one' }, { service: 'only' }],
    ['services, none of them', { service: '$none' }, { service: '' }],
    ['services in a longer name', { service: 'shop-${many}' }, { service: '{shop-a,shop-b,shop-c,shop-d}' }],
    ['operations, each', { operation: '$many' }, { operation: '{a,b,c,d}' }],
    ['statuses, any', { status: '$many' }, { status: '{a,b,c,d}' }],
    [
      'a tag with any of them',
      { tags: 'x=1 code=$many' },
      { tags: 'x=1', filters: [{ key: 'code', operator: '=~', value: '(a|b|c|d)' }] },
    ],
    [
      'a tag of a JSON object with any of them',
      { tags: '{"code":"$many","x":"1"}' },
      { tags: 'x=1', filters: [{ key: 'code', operator: '=~', value: '(a|b|c|d)' }] },
    ],
    [
      'a row that is any of them',
      { filters: [{ key: 'code', operator: '=', value: 'x.${many}' }] },
      { filters: [{ key: 'code', operator: '=~', value: 'x\\.(a|b|c|d)' }] },
    ],
    [
      'a row that is none of them',
      { filters: [{ key: 'code', operator: '!=', value: '$many' }] },
      { filters: [{ key: 'code', operator: '!~', value: '(a|b|c|d)' }] },
    ],
    [
      'a pattern',
      { filters: [{ key: 'code', operator: '!~', value: '$many.*' }] },
      { filters: [{ key: 'code', operator: '!~', value: '(a|b|c|d).*' }] },
    ],
  ])('several values: %s', (_name, fields, expected) => {
    expect(interpolateQuery(search(fields), replace)).toEqual(search(expected));
  });

  it('asks for nothing by a row whose variable holds nothing', () => {
    const filters = [
      { key: 'code', operator: '=', value: '$none' },
      { key: '$one', operator: 'exists', value: '' },
    ] as const;
    expect(interpolateQuery(search({ filters }), replace)).toEqual(
      search({ filters: [{ key: 'only', operator: 'exists', value: '' }] })
    );
    expect(interpolateQuery(search({ filters: [filters[0]] }), replace)).not.toHaveProperty('filters');
  });

  test.each<[string, Partial<SearchQuery>, string]>([
    [
      'number to compare with',
      { filters: [{ key: 'code', operator: '<', value: '$many' }] },
      'code < takes one value, but the variable in “$many” holds 4 (a, b, c, …). Choose one value of the variable.',
    ],
    [
      'duration',
      { minDuration: '${many}ms' },
      'Min duration takes one value, but the variable in “${many}ms” holds 4 (a, b, c, …). Choose one value of the variable.',
    ],
    [
      'limit',
      { limit: '$many' },
      'Limit takes one value, but the variable in “$many” holds 4 (a, b, c, …). Choose one value of the variable.',
    ],
  ])('refuses several values in one %s', (_name, fields, reason) => {
    expect(interpolateQuery(search(fields), replace)).toEqual({ refId: 'A', queryType: 'unsupported', reason });
  });

  it('hands the rest over where it may not refuse', () => {
    const query = search({ service: '$many', operation: '$one', tags: 'code=$many a=$one', limit: '$many' });
    expect(interpolateForHandover(query, replace)).toEqual(
      search({
        service: '{a,b,c,d}',
        operation: 'only',
        tags: 'a=only',
        filters: [{ key: 'code', operator: '=~', value: '(a|b|c|d)' }],
        limit: '$many',
      })
    );
  });

  it('does not alter what it was given', () => {
    const query = Object.freeze(search({ service: '$service', tags: 'a=$one' }));
    expect(() => interpolateQuery(query, replace)).not.toThrow();
    expect(query).toMatchObject({ service: '$service' });
  });
});

it('asks for metrics of each of several operations', () => {
  const metrics = { refId: 'A', queryType: 'metrics', services: ['$one'], operation: '$many' } as const;
  expect(interpolateQuery(metrics, replace)).toEqual({ ...metrics, services: ['only'], operation: '{a,b,c,d}' });
});

it('replaces in the service graph, and leaves what cannot run', () => {
  expect(interpolateQuery({ refId: 'A', queryType: 'serviceGraph', service: '$service' }, replace)).toEqual({
    refId: 'A',
    queryType: 'serviceGraph',
    service: 'check out',
  });
  const refused: TraceQuery = { refId: 'A', queryType: 'unsupported', reason: 'No $service.' };
  expect(interpolateQuery(refused, replace)).toEqual(refused);
});

describe("Grafana's own variables", () => {
  type Base = 'refId' | 'hide' | 'key' | 'queryType' | 'datasource' | 'schemaVersion';
  /** So that nobody adds a field and forgets it here. */
  type AllFields<TQuery> = Required<Omit<TQuery, Base>>;

  const queriesWith = (v: string): TraceQuery[] => {
    const views = { view: v, groupBy: [v], columns: [v] };
    const lookup = { query: v, fromMs: v, toMs: v, rootSpanId: v, spanId: v };
    const names = { service: v, operation: `GET ${v}`, remoteService: v, status: v };
    const conditions = { tags: `a=${v} b="x ${v}" ${v}=1`, filters: [{ key: v, operator: '=' as const, value: v }] };
    const bounds = { minDuration: v, maxDuration: v, limit: v, fromMs: v, toMs: v };
    const switches = { clockSkew: 'keep' as const, showAll: true };
    return [
      {
        refId: 'A',
        queryType: 'traceql',
        ...({ ...lookup, ...views, ...switches, rawTraces: true } satisfies AllFields<TraceIdQuery>),
      },
      {
        refId: 'A',
        queryType: 'search',
        ...({ ...names, ...conditions, ...bounds, ...views } satisfies AllFields<SearchQuery>),
      },
      {
        refId: 'A',
        queryType: 'language',
        ...({
          query: `{ span.a = "${v}" && duration > ${v} }`,
          limit: v,
          spss: v,
          step: v,
          exemplars: v,
          tableType: 'traces',
          metricsQueryType: 'range',
        } satisfies AllFields<LanguageQuery>),
      },
      {
        refId: 'A',
        queryType: 'document',
        ...({
          ...views,
          ...switches,
          query: v,
          rootSpanId: v,
          spanId: v,
          text: 'spans',
          heldAs: 'a',
          name: 'b',
          size: 1,
        } satisfies AllFields<DocumentQuery>),
      },
      {
        refId: 'A',
        queryType: 'serviceGraph',
        ...({ service: v, hops: v, source: v, view: v } satisfies AllFields<ServiceGraphQuery>),
      },
      {
        refId: 'A',
        queryType: 'metrics',
        ...({
          metric: v,
          services: [v],
          operation: v,
          quantiles: [v],
          groupBy: v,
          spanKinds: [v],
          step: v,
          source: v,
          // Never saved: comes in with the filters of a dashboard, whose variables Grafana has replaced.
        } satisfies Omit<AllFields<MetricsQuery>, 'narrowedBy'>),
      },
      {
        refId: 'A',
        queryType: 'compare',
        ...({
          baseline: { queryType: 'traceql', query: v, fromMs: v, toMs: v, rootSpanId: v },
          comparison: { queryType: 'search', ...names, ...conditions, ...bounds, earlierBy: v },
          view: v,
        } satisfies AllFields<CompareQuery>),
      },
    ];
  };

  describe.each(['$__interval', '${__from}', '${__value.raw}', '${__data.fields.traceID}', '[[__to:date]]'])(
    '%s',
    (variable) => {
      it.each(queriesWith(variable).map((query) => [query.queryType, query] as const))(
        'is replaced in every text of a query %s',
        (_, query) => {
          const known: ReplaceVariables = (text, format) => text.replaceAll(variable, format ? format('7s') : '7s');
          const interpolated = interpolateQuery(query, known);
          expect(interpolated.queryType).toBe(query.queryType);
          expect(JSON.stringify(interpolated)).not.toMatch(/__/);
          expect(JSON.stringify(interpolated).match(/7s/g)).toHaveLength(
            JSON.stringify(queriesWith('7s').find(({ queryType }) => queryType === query.queryType)).match(/7s/g)
              ?.length ?? 0
          );
        }
      );
    }
  );
});
