import { operationIdentity } from './operation';

it('different operations have different identities', () => {
  const pairs = [
    ['a', 'bc'],
    ['ab', 'c'],
    ['', 'abc'],
    ['abc', ''],
    ['1:a', ''],
    ['', '1:a'],
    ['a', '1:a'],
  ];
  expect(new Set(pairs.map(([service, name]) => operationIdentity(service, name))).size).toBe(pairs.length);
});
