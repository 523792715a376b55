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
