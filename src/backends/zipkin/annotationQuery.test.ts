import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import type { AttributeFilter } from '../../query/query';
import { BackendError } from '../errors';
import { annotationQuery } from './annotationQuery';

const equals = (key: string, value: string): AttributeFilter => ({ key, operator: '=', value });
const exists = (key: string): AttributeFilter => ({ key, operator: 'exists', value: '' });

test.each<[AttributeFilter[], string | undefined]>([
  [[], undefined],
  [[equals('http.method', 'GET')], 'http.method=GET'],
  [[equals('http.method', 'GET'), exists('cache.miss')], 'http.method=GET and cache.miss'],
  [[equals('query', 'a=b&c=d')], 'query=a=b&c=d'],
  [[equals('note', 'salt and'.slice(0, 4)), equals('b', 'sand and'.slice(0, 4))], 'note=salt and b=sand'],
  [[equals('a', '1'), equals('a', '1')], 'a=1'],
  [[exists('a'), equals('a', '1')], 'a=1'],
  [[equals('a', '1'), exists('a')], 'a=1'],
  [[equals('error', 'true')], 'error'],
  [[equals('error', '503')], 'error=503'],
  [[equals('note', 'no“quotes” "needed"')], 'note=no“quotes” "needed"'],
])('%j', (filters, text) => {
  expect(annotationQuery(filters)).toBe(text);
});

test.each<[string, AttributeFilter[], RegExp]>([
  ['a value with “ and ”', [equals('sql', 'a=1 and b=2')], /“ and ”/],
  ['a value that ends as the separator begins', [equals('sql', 'a and')], /“ and ”/],
  ['a name with “ and ”', [exists('this and that')], /“ and ”/],
  ['a name with “=”', [equals('a=b', 'c')], /first “=”/],
  ['an empty value', [equals('a', '')], /empty value/],
  ['an empty name', [exists('')], /name of a tag/],
  ['a value with spaces around it', [equals('a', ' b')], /spaces at the ends/],
  ['a name with spaces around it', [exists('a\t')], /spaces at the ends/],
  ['two values', [equals('a', '1'), equals('a', '2')], /given two/],
  ['another operator', [{ key: 'a', operator: '!=', value: '1' }], /“a !=” cannot be asked/],
  ['a hundred and one', Array.from({ length: 101 }, (_, index) => exists(`k${index}`)), /these are 101/],
])('%s is refused in words', (_, filters, words) => {
  expect(() => annotationQuery(filters)).toThrow(BackendError);
  expect(() => annotationQuery(filters)).toThrow(
    expect.objectContaining({ kind: 'bad-request', detail: expect.stringMatching(words) })
  );
});

/** What Zipkin 3.5 does with the parameter, told from its documentation and watched on the server. */
function readAsServer(text: string): ReadonlyMap<string, string> {
  const conditions = new Map<string, string>();
  let rest = text;
  for (let terms = 1; rest !== ''; terms++) {
    const end = terms < 100 ? rest.indexOf(' and ') : -1;
    const term = end < 0 ? rest : rest.slice(0, end);
    rest = end < 0 ? '' : rest.slice(end + 5);
    const at = term.indexOf('=');
    const cut = (part: string) => part.replace(/^[\0- ]+|[\0- ]+$/g, '');
    if (at >= 0) {
      conditions.set(cut(term.slice(0, at)), cut(term.slice(at + 1)));
    } else if (!conditions.has(cut(term))) {
      conditions.set(cut(term), '');
    }
  }
  return conditions;
}

test('whatever is not refused is read back as it was meant', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('and', 'a', ' and ', 'x and', 'and y', '=', 'a b', ' ', 'ü', '__proto__', 'all')
  );
  const aText = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(''));
  const aFilter: fc.Arbitrary<AttributeFilter> = fc.oneof(
    fc.record({ key: aText, operator: fc.constant('=' as const), value: aText }),
    fc.record({ key: aText, operator: fc.constant('exists' as const), value: fc.constant('') })
  );
  let readBack = 0;
  checkProperty(
    fc.property(fc.array(aFilter, { minLength: 1, maxLength: 4 }), (filters) => {
      let text: string | undefined;
      try {
        text = annotationQuery(filters);
      } catch (error) {
        expect(error).toBeInstanceOf(BackendError);
        return;
      }
      const meant = new Map<string, string>();
      for (const { key, value } of filters) {
        meant.set(key, meant.get(key) || value);
      }
      expect([...readAsServer(text ?? '')].sort()).toEqual([...meant].sort());
      readBack++;
    }),
    { numRuns: 2_000 }
  );
  expect(readBack).toBeGreaterThan(200);
});
