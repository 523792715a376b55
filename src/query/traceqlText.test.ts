import { interpolateQuery } from './interpolate';
import type { LanguageQuery } from './query';
import { isTraceqlMetrics } from './traceqlText';
import { validateQuery } from './validate';

it.each<[text: string, isMetrics: boolean]>([
  ['{ } | rate()', true],
  ['{ status = error }|count_over_time() by (name)', true],
  ['{ } | quantile_over_time(duration, .9)', true],
  ['({ } | rate()) / ({ } | rate())', true],
  ['{ } | compare({ status = error })', true],
  ['{ name = "| rate()" }', false],
  ['{ } // | rate()', false],
  ['{ } | count() > 3', false],
  ['{ span.rate > 3 }', false],
])('%s asks for numbers: %s', (text, isMetrics) => {
  expect(isTraceqlMetrics(text)).toBe(isMetrics);
});

describe('variables', () => {
  const query = (text: string): LanguageQuery => ({ refId: 'A', queryType: 'language', query: text });
  const values = new Map<string, unknown>([
    ['$one', 'a "b" \\d'],
    ['$several', ['a.b', 'c']],
    ['$limit', '5ms'],
  ]);
  const replace = (text: string, format?: (value: unknown) => string) =>
    text.replace(/\$\w+/g, (name) => (values.has(name) ? (format ?? String)(values.get(name)) : name));
  const replaced = (text: string) => interpolateQuery(query(text), replace);

  it('are escaped in a text, and of several values become a pattern', () => {
    expect(replaced('{ name =~ "$one|x" }')).toMatchObject({ query: '{ name =~ "a \\"b\\" \\\\d|x" }' });
    expect(replaced('{ name =~ "$several" }')).toMatchObject({ query: '{ name =~ "a\\\\.b|c" }' });
  });

  it('stand for one value elsewhere', () => {
    expect(replaced('{ duration > $limit }')).toMatchObject({ query: '{ duration > 5ms }' });
    expect(replaced('{ duration > $several }')).toMatchObject({ queryType: 'unsupported' });
  });
});

it('is refused where the store does not speak it, and where its options make no sense', () => {
  const capabilities = {
    search: 'any',
    attributeOperators: [],
    durationRange: true,
    spanNames: true,
    attributeCatalogue: true,
    dependencies: false,
    timeSeries: false,
    rawTraces: false,
    traceWindow: true,
  } as const;
  const query = { refId: 'A', queryType: 'language', query: '{ }', limit: 'x', step: '5' } as const;
  expect(validateQuery(query, capabilities).map(({ message }) => message)).toEqual([
    'This server does not speak TraceQL. Use the search form.',
  ]);
  const fields = validateQuery(query, { ...capabilities, queryLanguage: 'traceql' }).map(({ field }) => field);
  expect(fields).toEqual(['limit', 'step']);
});
