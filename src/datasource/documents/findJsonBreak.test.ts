import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { findJsonBreak } from './findJsonBreak';

test.each<[text: string, at: number]>([
  ['{"a": oops}', 6],
  ['{"a": 1 "b": 2}', 8],
  ['{"a": 1,}', 8],
  ['[1,,2]', 3],
  ['[1 2]', 3],
  ['{a: 1}', 1],
  ['["tab\there"]', 1],
  ['[1}', 2],
  ['{"a"]', 4],
  ['[]]', 2],
  ['{} {}', 3],
  ['{"a": 01}', 7],
])('%s breaks at %i', (text, at) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(findJsonBreak(text)).toBe(at);
});

it('takes every beginning of JSON for one that breaks off', () => {
  checkProperty(
    fc.property(fc.json(), fc.nat(), (json, length) => {
      const beginning = json.slice(0, length % (json.length + 1));
      expect(findJsonBreak(beginning)).toBe(beginning.length);
    })
  );
});

it('does not recurse, however deep the text goes', () => {
  expect(findJsonBreak('['.repeat(1_000_000))).toBe(1_000_000);
});
