import { displayQuery } from './displayText';
import type { ReplaceVariables } from './expandVariables';
import { interpolateQuery } from './interpolate';
import { isRunnable } from './isRunnable';
import { normalizeQuery } from './normalizeQuery';
import type { CompareQuery } from './query';
import { validateQuery } from './validate';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER = '0af7651916cd43dd8448eb211c80319c';
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

const normalize = (query: unknown) => normalizeQuery(query, { dialects: [] });
const trace = (query: string) => ({ queryType: 'traceql', query }) as const;
const search = { queryType: 'search', service: 'shop', tags: 'error=true', limit: 5, earlierBy: '1d' } as const;
const compare = (
  baseline: CompareQuery['baseline'],
  comparison: CompareQuery['comparison'],
  view?: string
): CompareQuery => ({ refId: 'A', queryType: 'compare', baseline, comparison, ...(view && { view }) });

describe('a saved comparison', () => {
  test.each<[string, unknown, object]>([
    ['a trace', trace(ID), trace(ID)],
    ['a text', ` 0x${ID.toUpperCase()} `, trace(ID)],
    ['a variable', { query: '$id' }, trace('$id')],
    ['a text that is no id', { query: 'hello' }, trace('hello')],
    ['a traceparent header', { query: `00-${ID}-00f067aa0ba902b7-01` }, trace(ID)],
    ['the address of a search', 'http://jaeger/search?service=shop', { queryType: 'search', service: 'shop' }],
    ['a search', search, search],
    ['a search without its type', { service: 'shop' }, { queryType: 'search', service: 'shop' }],
    ['a search for everything', { queryType: 'search' }, { queryType: 'search' }],
    ['a part of a trace', { ...trace(ID), rootSpanId: 'b7', fromMs: 1 }, { ...trace(ID), rootSpanId: 'b7', fromMs: 1 }],
    ['more than a side has', { ...trace(ID), refId: 'X', view: 'spans', showAll: true }, trace(ID)],
    ['nothing', undefined, trace('')],
    ['rubbish', [7], trace('')],
    ['another comparison', compare(trace(ID), trace(ID)), trace('')],
  ])('may have %s on a side', (_, given, expected) => {
    for (const side of ['baseline', 'comparison']) {
      const other = side === 'baseline' ? 'comparison' : 'baseline';
      const query = normalize({ refId: 'A', queryType: 'compare', [side]: given, [other]: trace(OTHER) });
      expect(query).toEqual({
        refId: 'A',
        schemaVersion: 1,
        queryType: 'compare',
        [side]: expected,
        [other]: trace(OTHER),
      });
      expect(normalize(query)).toEqual(query);
    }
  });

  it('becomes a lookup when a span link names a trace', () => {
    expect(normalize({ ...compare(trace(ID), trace(OTHER), 'operations'), query: ID })).toMatchObject({
      queryType: 'traceql',
      query: ID,
    });
  });
});

test('a view of a comparison is no view of a trace that was clicked in it', () => {
  expect(normalize({ ...compare(trace(ID), trace(OTHER), 'operations'), query: ID })).not.toHaveProperty('view');
});

const replace: ReplaceVariables = (text, format = String) =>
  text.replace(/\$\w+/g, (name) => {
    const values: Record<string, unknown> = {
      $id: ID.toUpperCase(),
      $day: '1d',
      $many: ['a', 'b'],
      $url: 'http://jaeger/search?service=shop',
    };
    return name in values ? format(values[name]) : name;
  });

describe('variables', () => {
  it('are replaced on both sides, in the shift and in the view', () => {
    const query = compare(trace('$id'), { queryType: 'search', service: 'x $day', earlierBy: '$day' }, '$day');
    expect(interpolateQuery(query, replace)).toEqual(
      compare(trace(ID), { queryType: 'search', service: 'x 1d', earlierBy: '1d' }, '1d')
    );
  });

  it('may hold the address of a search', () => {
    expect(interpolateQuery(compare(trace('$url'), trace(ID)), replace)).toMatchObject({
      baseline: { queryType: 'search', service: 'shop' },
    });
  });

  it('of several values make it a sentence', () => {
    expect(interpolateQuery(compare(trace('$many'), trace(ID)), replace)).toMatchObject({
      queryType: 'unsupported',
      reason: expect.stringMatching(/^Trace ID takes one value/),
    });
  });
});

describe('is refused in words', () => {
  test.each<[CompareQuery, string, string]>([
    [compare(trace(''), trace(ID)), 'baseline', 'Baseline: Enter a trace ID.'],
    [
      compare(trace(ID), trace('hello')),
      'comparison',
      'Comparison: “hello” is not a trace ID, which is up to 32 of the digits 0-9 and a-f.',
    ],
    [
      compare(trace(ID), { queryType: 'search', minDuration: '5' }),
      'comparison',
      'Comparison: “5”: write a unit behind 5, such as 5ms or 5s.',
    ],
    [
      compare({ queryType: 'search', earlierBy: '-1d' }, trace(ID)),
      'baseline',
      'Baseline: “-1d”: a duration cannot be negative.',
    ],
    [
      compare(trace(ID), trace(OTHER), 'list'),
      'view',
      '“list” is not a view of a comparison. Choose one of these: flameGraph, operations, attributes.',
    ],
  ])('%j', (query, field, message) => {
    expect(validateQuery(query, everything)).toEqual([{ field, message }]);
  });

  it('where the server cannot search', () => {
    expect(validateQuery(compare(trace(ID), search), { ...everything, search: 'none' })).toMatchObject([
      { field: 'comparison', message: expect.stringMatching(/cannot search/) },
    ]);
  });

  it('but not when nothing is wrong', () => {
    expect(validateQuery(compare(trace(ID), search, 'attributes'), everything)).toEqual([]);
  });
});

test.each([
  [compare(trace(ID), trace(OTHER)), `Compare: Trace ${ID} ↔ Trace ${OTHER}`, true],
  [
    compare(search, { queryType: 'search' }, 'operations'),
    'Compare: Search · shop · error=true · limit 5 (1d earlier) ↔ Search · all services · operations',
    true,
  ],
  [compare(trace(ID), trace(' ')), `Compare: Trace ${ID} ↔ Trace by ID (empty)`, false],
  [
    compare(trace(''), search),
    'Compare: Trace by ID (empty) ↔ Search · shop · error=true · limit 5 (1d earlier)',
    false,
  ],
  [
    { ...compare(trace(ID), search), hide: true },
    `Compare: Trace ${ID} ↔ Search · shop · error=true · limit 5 (1d earlier)`,
    false,
  ],
])('%j is shown as %s, runs: %s', (query, text, isRun) => {
  expect([displayQuery(query), isRunnable(query)]).toEqual([text, isRun]);
});
