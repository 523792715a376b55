import { displayQuery } from './displayText';
import type { ReplaceVariables } from './expandVariables';
import { interpolateQuery } from './interpolate';
import { normalizeQuery } from './normalizeQuery';
import type { TraceQuery } from './query';
import { validateQuery } from './validate';
import { compileGroupBy, readSearchView, readTraceView } from './views';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const normalize = (query: unknown) => normalizeQuery(query, { dialects: [] });
const everything = {
  search: 'any',
  attributeOperators: ['='],
  durationRange: true,
  spanNames: true,
  attributeCatalogue: false,
  dependencies: true,
  timeSeries: false,
  rawTraces: true,
  traceWindow: true,
} as const;

test.each([
  [undefined, 'trace', 'list'],
  [' ', 'trace', 'list'],
  ['statistics', 'statistics', 'statistics'],
  ['events', 'events', undefined],
  ['list', undefined, 'list'],
  ['toString', undefined, undefined],
])('the view %j of a trace is %s, of a search %s', (view, ofTrace, ofSearch) => {
  expect([readTraceView({ view }), readSearchView({ view })]).toEqual([ofTrace, ofSearch]);
});

test.each([
  [undefined, [{ by: 'service' }, { by: 'operation' }]],
  [['status'], [{ by: 'status' }]],
  [
    ['http.route', 'kind'],
    [{ by: 'attribute', key: 'http.route' }, { by: 'kind' }],
  ],
  [['attribute:service'], [{ by: 'attribute', key: 'service' }]],
])('groups by %j', (groupBy, keys) => {
  expect(compileGroupBy(groupBy)).toEqual(keys);
});

describe('a saved query', () => {
  test.each<[string, object, object]>([
    ['keeps its view', { view: 'statistics', groupBy: ['kind'] }, { view: 'statistics', groupBy: ['kind'] }],
    ['keeps a view that is not known here', { view: 'heatmap' }, { view: 'heatmap' }],
    [
      'may list its keys in one text',
      { columns: ' http.route, ,peer.service' },
      { columns: ['http.route', 'peer.service'] },
    ],
    ['loses what is no text', { view: {}, groupBy: [{}, null, ' '], columns: 7n }, { columns: ['7'] }],
  ])('%s', (_, fields, expected) => {
    for (const question of [
      { queryType: 'traceql', query: ID },
      { queryType: 'search', service: 'shop' },
    ]) {
      const query = normalize({ refId: 'A', ...question, ...fields });
      expect(query).toEqual({ refId: 'A', schemaVersion: 1, ...question, ...expected });
      expect(normalize(query)).toEqual(query);
    }
  });

  it('without a view gets none', () => {
    expect(normalize({ refId: 'A', queryType: 'search', service: 'shop' })).not.toHaveProperty('view');
    expect(normalize({ refId: 'A', query: ID })).not.toHaveProperty('view');
  });

  it('does not carry the view of a search over to a trace that was clicked in it', () => {
    const clicked = { refId: 'A', queryType: 'search', service: 'shop', view: 'statistics', query: ID };
    expect(normalize(clicked)).toEqual({ refId: 'A', schemaVersion: 1, queryType: 'traceql', query: ID });
  });
});

const VALUES = new Map<string, unknown>([
  ['$view', 'statistics'],
  ['$keys', ['kind', 'http.route']],
  ['$id', `trace_id=${ID}`],
  ['$several', ['a', 'b']],
]);
const replace: ReplaceVariables = (text, format = String) =>
  text.replace(/\$\w+/g, (name) => (VALUES.has(name) ? format(VALUES.get(name)) : name));

describe('variables', () => {
  it.each([{ queryType: 'traceql', query: '$id' } as const, { queryType: 'search', service: 'shop' } as const])(
    'are replaced in a view of $queryType, several values into several keys',
    (question) => {
      const query: TraceQuery = {
        refId: 'A',
        ...question,
        view: '$view',
        groupBy: ['$keys'],
        columns: ['a,b', '$keys'],
      };
      expect(interpolateQuery(query, replace)).toMatchObject({
        queryType: question.queryType,
        view: 'statistics',
        groupBy: ['kind', 'http.route'],
        columns: ['a,b', 'kind', 'http.route'],
      });
    }
  );

  it('do not add what was not there', () => {
    const query: TraceQuery = { refId: 'A', queryType: 'traceql', query: ID };
    expect(interpolateQuery(query, replace)).toEqual(query);
  });

  it('of several values cannot be a view', () => {
    const query: TraceQuery = { refId: 'A', queryType: 'search', view: '$several' };
    expect(interpolateQuery(query, replace)).toMatchObject({
      queryType: 'unsupported',
      reason: expect.stringMatching(/^View takes one value/),
    });
  });
});

describe('is refused in words', () => {
  const traceViews = 'trace, statistics, criticalPath, criticalPathFlameGraph, flameGraph, spans, events';
  test.each<[object, string, string]>([
    [{ view: 'flames' }, 'view', `“flames” is not a view of a trace. Choose one of these: ${traceViews}.`],
    [{ view: '$v' }, 'view', 'The variable $v has no value here. Define it, or write the value itself.'],
    [{ view: 'statistics', groupBy: ['a', 'b', 'c'] }, 'groupBy', 'Statistics group by 2 keys at most, not by 3.'],
    [
      { view: 'statistics', groupBy: ['a', '$b'] },
      'groupBy',
      'The variable $b has no value here. Define it, or write the value itself.',
    ],
    [
      { view: 'spans', columns: ['$c'] },
      'columns',
      'The variable $c has no value here. Define it, or write the value itself.',
    ],
  ])('%j', (fields, field, message) => {
    expect(validateQuery({ refId: 'A', queryType: 'traceql', query: ID, ...fields }, everything)).toEqual([
      { field, message },
    ]);
  });

  it('what only a trace has', () => {
    expect(validateQuery({ refId: 'A', queryType: 'search', view: 'events' }, everything)).toEqual([
      {
        field: 'view',
        message:
          '“events” is not a view of a search. Choose one of these: list, red, histogram, heatmap, scatter, statistics, flameGraph, serviceGraph, spans.',
      },
    ]);
  });

  it('but not for what the view does not read', () => {
    const query: TraceQuery = {
      refId: 'A',
      queryType: 'traceql',
      query: ID,
      groupBy: ['a', 'b', 'c'],
      columns: ['$c'],
    };
    expect(validateQuery(query, everything)).toEqual([]);
  });
});

test.each<[object, string]>([
  [{}, `Trace ${ID}`],
  [{ view: 'trace' }, `Trace ${ID}`],
  [{ view: 'statistics' }, `Trace ${ID} · statistics by service, operation`],
  [{ view: 'statistics', groupBy: ['kind'] }, `Trace ${ID} · statistics by kind`],
  [{ view: 'spans', columns: ['a', 'b'] }, `Trace ${ID} · spans with a, b`],
  [{ view: 'spans' }, `Trace ${ID} · spans`],
  [{ view: 'criticalPath' }, `Trace ${ID} · critical path`],
  [{ view: 'criticalPathFlameGraph' }, `Trace ${ID} · flame graph of the critical path`],
  [{ view: 'flameGraph' }, `Trace ${ID} · flame graph`],
  [{ view: 'events' }, `Trace ${ID} · events`],
])('%j is shown as %s', (fields, text) => {
  expect(displayQuery({ refId: 'A', queryType: 'traceql', query: ID, ...fields })).toBe(text);
});

test('a search is shown with its view', () => {
  expect(displayQuery({ refId: 'A', queryType: 'search', service: 'shop', view: 'flameGraph' })).toBe(
    'Search · shop · flame graph'
  );
});

describe('how a trace is read', () => {
  const fields = { clockSkew: 'correct', rootSpanId: 'b7', spanId: 'c8', showAll: true } as const;

  it('is kept in a lookup, and in no search', () => {
    const query = { refId: 'A', schemaVersion: 1, queryType: 'traceql', query: ID, ...fields };
    expect(normalize(query)).toEqual(query);
    expect(normalize({ refId: 'A', queryType: 'search', service: 'shop', ...fields })).toEqual({
      refId: 'A',
      schemaVersion: 1,
      queryType: 'search',
      service: 'shop',
    });
  });

  it('loses what means nothing', () => {
    const query = { refId: 'A', query: ID, clockSkew: 'maybe', rootSpanId: ' ', showAll: 'yes' };
    expect(normalize(query)).toEqual({ refId: 'A', schemaVersion: 1, queryType: 'traceql', query: ID });
  });

  it('takes variables for spans', () => {
    const query: TraceQuery = { refId: 'A', queryType: 'traceql', query: ID, rootSpanId: '$view', spanId: '$view' };
    expect(interpolateQuery(query, replace)).toMatchObject({ rootSpanId: 'statistics', spanId: 'statistics' });
    expect(validateQuery({ ...query, rootSpanId: '$nothing' }, everything)).toMatchObject([{ field: 'rootSpanId' }]);
  });

  it('tells which part is shown', () => {
    expect(displayQuery({ refId: 'A', queryType: 'traceql', query: ID, rootSpanId: 'b7' })).toBe(
      `Trace ${ID} · below span b7`
    );
  });
});
