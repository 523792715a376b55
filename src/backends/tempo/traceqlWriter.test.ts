import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { readTraceql, type SpanComparison, type SpanCondition } from '../../../testkit/readTraceql';
import { fromMillis, nanoseconds } from '../../model/time';
import { ATTRIBUTE_OPERATORS } from '../../query/capabilities';
import type { AttributeFilter } from '../../query/query';
import { BackendError } from '../errors';
import type { TempoServer } from './serverVersion';
import { writeAttributeFilter, writeSearch, writeSpanFilter, type WrittenSearch } from './traceqlWriter';

const UNKNOWN: TempoServer = {};
const NEWEST: TempoServer = { version: '3.0.3', release: { major: 3, minor: 0 } };
const OLD: TempoServer = { version: '2.5.0', release: { major: 2, minor: 5 } };

it.each<[name: string, search: WrittenSearch, text: string]>([
  ['everything', { attributes: [] }, '{ }'],
  ['a service', { service: 'cart', attributes: [] }, '{ resource.service.name = "cart" }'],
  [
    'all at once',
    {
      service: 'cart',
      spanName: 'GET /',
      status: 'error',
      minDuration: fromMillis(1.5),
      maxDuration: nanoseconds(2_000_000_000),
      attributes: [
        { key: 'http.response.status_code', operator: '=', value: '500' },
        { key: 'peer', operator: 'exists', value: '' },
      ],
    },
    '{ resource.service.name = "cart" && name = "GET /" && status = error && duration >= 1500us && duration <= 2s' +
      ' && (.http.response.status_code = 500 || .http.response.status_code = 500.0 || .http.response.status_code = "500") && .peer != nil }',
  ],
])('%s', (_, search, text) => {
  expect(writeSpanFilter(search, UNKNOWN)).toBe(text);
});

it.each<[filter: AttributeFilter, text: string]>([
  [{ key: 'a', operator: '=', value: 'x' }, '.a = "x"'],
  [{ key: 'a', operator: '=', value: '' }, '.a = ""'],
  [{ key: 'a', operator: '!=', value: '5' }, '(.a != 5 || .a != 5.0 || .a != "5")'],
  [{ key: 'a', operator: '=', value: '-5' }, '((.a = -5) || (.a = -5.0) || .a = "-5")'],
  [{ key: 'a', operator: '=', value: '007' }, '.a = "007"'],
  [
    { key: 'a', operator: '=', value: '9223372036854775807' },
    '(.a = 9223372036854775807 || .a = 9223372036854775807.0 || .a = "9223372036854775807")',
  ],
  [{ key: 'a', operator: '=', value: '9223372036854775808' }, '.a = "9223372036854775808"'],
  [{ key: 'a', operator: '=', value: '1.50' }, '(.a = 1.50 || .a = "1.50")'],
  [{ key: 'a', operator: '=', value: 'false' }, '(.a = false || .a = "false")'],
  [{ key: 'a', operator: '=~', value: '5.."' }, '.a =~ "5..\\""'],
  [{ key: 'a', operator: '<', value: '5' }, '(.a < 5.0 || .a < 5)'],
  [{ key: 'a', operator: '>', value: '-0.5' }, '((.a > -1) || (.a > -0.5))'],
  [{ key: 'a', operator: '<', value: '1.5' }, '(.a < 2 || .a < 1.5)'],
  [{ key: 'a', operator: '>', value: '0.5' }, '(.a > 0 || .a > 0.5)'],
  [{ key: 'two words', operator: '=', value: 'x' }, '."two words" = "x"'],
  [{ key: 'quo"te\\', operator: 'exists', value: '' }, '."quo\\"te\\\\" != nil'],
  [{ key: '__proto__', operator: '=', value: 'x' }, '.__proto__ = "x"'],
  [{ key: 'error', operator: '=', value: 'true' }, 'status = error'],
  [{ key: 'error', operator: '=', value: 'false' }, 'status != error'],
  [{ key: 'error', operator: '!=', value: 'true' }, 'status != error'],
  [{ key: 'error', operator: '=', value: 'timeout' }, '.error = "timeout"'],
  [{ key: 'span.kind', operator: '=', value: 'Server' }, 'kind = server'],
  [{ key: 'span.kind', operator: '=', value: 'odd' }, '."span.kind" = "odd"'],
  [{ key: 'otel.status_code', operator: '!=', value: 'OK' }, 'status != ok'],
  [{ key: 'otel.status_description', operator: '=~', value: '.*declined.*' }, 'statusMessage =~ ".*declined.*"'],
  [{ key: 'otel.scope.name', operator: '=', value: 'http' }, 'instrumentation:name = "http"'],
  [{ key: 'service.name', operator: '=~', value: 'a|b' }, 'resource.service.name =~ "a|b"'],
])('%j → %s', (filter, text) => {
  expect(writeAttributeFilter(filter, UNKNOWN)).toBe(text);
});

it('refuses to compare a text by size', () => {
  const write = () => writeAttributeFilter({ key: 'a', operator: '<', value: 'x' }, UNKNOWN);
  expect(write).toThrow(BackendError);
  expect(write).toThrow(/compares numbers/);
});

it('asks for the newest only where it is told to', () => {
  expect(writeSearch({ attributes: [] }, NEWEST, { newestFirst: true })).toBe(
    '{ } | select(name, resource.service.name, status) with (most_recent=true)'
  );
  expect(writeSearch({ attributes: [] }, NEWEST, { newestFirst: false })).not.toContain('most_recent');
});

it('anchors patterns for servers that did not, and leaves them what they know as attributes', () => {
  expect(writeAttributeFilter({ key: 'a', operator: '=~', value: 'x|y' }, OLD)).toBe('.a =~ "^(?:x|y)$"');
  expect(writeAttributeFilter({ key: 'otel.scope.name', operator: '=', value: 'x' }, OLD)).toBe(
    '.otel.scope.name = "x"'
  );
});

describe('an independent reader', () => {
  // Half a character is none to Tempo.
  const wholeText = (text: string) => text.replace(/\p{Surrogate}/gu, '\uFFFD');
  const anyText = fc
    .oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('5', '-5', '1.5', 'true', '"', '`', '\\', '}'))
    .map(wholeText);
  const number = fc.oneof(fc.integer().map(String), fc.constantFrom('0.5', '-3.25', '12345678901234567'));
  const filter: fc.Arbitrary<AttributeFilter> = fc.oneof(
    fc.record({
      // Tempo's quoted names have no escape for a line break, and no attribute is called so.
      key: fc
        .string({ minLength: 1, unit: 'grapheme' })
        .map(wholeText)
        .filter((key) => !/[\n\r]/.test(key)),
      operator: fc.constantFrom(...ATTRIBUTE_OPERATORS.filter((operator) => operator !== '<' && operator !== '>')),
      value: anyText,
    }),
    fc.record({
      key: fc.constantFrom('a', 'a b'),
      operator: fc.constantFrom('<' as const, '>' as const),
      value: number,
    })
  );

  it('reads the same rows back', () => {
    checkProperty(
      fc.property(fc.array(filter, { maxLength: 4 }), fc.option(anyText), (attributes, service) => {
        const search = { attributes, ...(service !== null && { service: service }) };
        const { condition } = readTraceql(writeSearch(search, NEWEST, { newestFirst: true }));
        const rows = conjuncts(condition).map(rowOf);
        const expected = [
          ...(service === null ? [] : [{ key: 'resource.service.name', operator: '=', value: service }]),
          ...attributes.map(({ key, operator, value }) => ({
            key,
            operator,
            value: operator === 'exists' ? '' : value,
          })),
        ];
        expect(rows).toEqual(expected);
      }),
      { numRuns: 500 }
    );
  });

  it('reads every value that a row may have meant, and no other', () => {
    checkProperty(
      fc.property(fc.oneof(number, fc.constantFrom('true', 'false'), anyText), (value) => {
        const text = value;
        const { condition } = readTraceql(
          writeSpanFilter({ attributes: [{ key: 'k', operator: '=', value: text }] }, NEWEST)
        );
        const meant = alternatives(condition).map(({ literal }) => [literal.type, String(literal.value)]);
        expect(meant).toContainEqual(['text', text]);
        expect(meant.every(([, written]) => written === text || Number(written) === Number(text))).toBe(true);
      })
    );
  });
});

function conjuncts(condition: SpanCondition | undefined): SpanCondition[] {
  return condition === undefined
    ? []
    : condition.is === 'both'
      ? [...conjuncts(condition.left), ...conjuncts(condition.right)]
      : [condition];
}

function alternatives(condition: SpanCondition | undefined): SpanComparison[] {
  if (condition === undefined) {
    return [];
  }
  return condition.is === 'comparison'
    ? [condition]
    : [...alternatives(condition.left), ...alternatives(condition.right)];
}

/** The row that a condition came from: the last of its alternatives is the text as written. */
function rowOf(condition: SpanCondition) {
  const found = alternatives(condition);
  const { scope, key, operator, literal } = found[found.length - 1];
  expect(new Set(found.map((one) => one.key + one.operator)).size).toBe(1);
  const name = scope === 'any' ? key : `${scope}.${key}`;
  return literal.value === 'nil' && literal.type === 'word' && operator === '!='
    ? { key: name, operator: 'exists', value: '' }
    : { key: name, operator, value: String(literal.value) };
}
