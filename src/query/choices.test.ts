import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { formatChoices, readChoices, readNames } from './choices';

test.each<[string | undefined, readonly string[]]>([
  [undefined, []],
  ['  ', []],
  ['checkout', ['checkout']],
  ['{checkout,payment}', ['checkout', 'payment']],
  ['{ checkout , payment ,}', ['checkout', 'payment']],
  ['{a,a}', ['a']],
  ['{"a,b",c}', ['a,b', 'c']],
  ['{"say \\"hi\\"",c}', ['say "hi"', 'c']],
  // Names, not lists.
  ['GET /users/{id}', ['GET /users/{id}']],
  ['{id}', ['{id}']],
  ['a,b', ['a,b']],
  ['{a,"b}', ['{a,"b}']],
  ['{a,{b}}', ['{a,{b}}']],
])('%j holds %j', (text, values) => {
  expect(readChoices(text)).toEqual(values);
});

test.each<[string, readonly string[]]>([
  ['{a,b}', ['a', 'b']],
  ['.*', []],
  ['{a,*}', []],
  ['.+x', ['.+x']],
])('%j names %j', (text, names) => {
  expect(readNames(text)).toEqual(names);
});

it('reads what it writes', () => {
  const value = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
  checkProperty(
    fc.property(fc.uniqueArray(value, { minLength: 2, maxLength: 5 }), (values) => {
      expect(readChoices(formatChoices(values))).toEqual(values);
    })
  );
});
