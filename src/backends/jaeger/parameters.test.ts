import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { nanoseconds } from '../../model/time';
import { BackendError } from '../errors';
import { goDuration } from './goDuration';
import { tagsParameter } from './tagsParameter';

it.each([
  [0, '0s'],
  [1, '1ns'],
  [1_500, '1500ns'],
  [300_000, '300us'],
  [1_500_000, '1500us'],
  [250_000_000, '250ms'],
  [5_400_000_000_000, '5400s'],
])('%i ns is %s', (nanos, text) => {
  expect(goDuration(nanoseconds(nanos))).toBe(text);
});

const filter = (key: string, value: string) => ({ key, operator: '=' as const, value });

it.each([
  [[], undefined],
  [[filter('a', '1'), filter('b', '')], '{"a":"1","b":""}'],
  [[filter('__proto__', 'x')], '{"__proto__":"x"}'],
  [[filter('a"b', 'c=\n')], '{"a\\"b":"c=\\n"}'],
  [[filter('a', '1'), filter('a', '1')], '{"a":"1"}'],
])('tags %#', (filters, text) => {
  expect(tagsParameter(filters)).toBe(text);
});

it('two values for one key are refused', () => {
  expect(() => tagsParameter([filter('a', '1'), filter('a', '2')])).toThrow(BackendError);
});

it('any rows of different keys come back from the parameter, with nothing added, in an independent reader', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', 'a b', '"', '\\', '', '=', '\u2028')
  );
  const rows = fc.uniqueArray(fc.record({ key: text, value: text }), { selector: ({ key }) => key, minLength: 1 });
  checkProperty(
    fc.property(rows, (pairs) => {
      const read: unknown = JSON.parse(tagsParameter(pairs.map(({ key, value }) => filter(key, value))) ?? '');
      // JSON.parse makes own members of every key, `__proto__` among them.
      const found = Reflect.ownKeys(read as object).map((key) => ({
        key,
        value: Object.getOwnPropertyDescriptor(read, key)?.value as unknown,
      }));
      const byKey = (a: { key: unknown }, b: { key: unknown }) => (String(a.key) < String(b.key) ? -1 : 1);
      expect(found.sort(byKey)).toEqual([...pairs].sort(byKey));
    })
  );
});
