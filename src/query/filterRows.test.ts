import { displayFilter, filterRowProblem, readFilterRows, unknownOperator } from './filterRows';

const row = (key: string, operator: '=' | '!=' | '=~' | 'exists' | '<', value: string) => ({ key, operator, value });

test.each<[unknown, unknown]>([
  [undefined, undefined],
  ['a=b', undefined],
  [[], undefined],
  [[null, 7, {}, { key: ' ' }, { key: 1, value: 'x' }], undefined],
  [[{ key: ' a ', operator: '!=', value: 'b ', id: 1 }], [row('a', '!=', 'b ')]],
  [[{ key: '__proto__', value: 5 }], [row('__proto__', '=', '5')]],
  [[{ key: 'a', operator: 'exists', value: 'left over' }], [row('a', 'exists', '')]],
  // Grafana's Tempo source keeps its filters under the same name, in another shape.
  [[{ id: 'x', tag: 'a', operator: '=', value: ['b'] }], undefined],
])('%j → %j', (saved, rows) => {
  expect(readFilterRows(saved)).toEqual(rows);
});

it('names the operator of a later version', () => {
  expect(unknownOperator([row('a', '=', 'b'), { key: 'c', operator: '>=', value: '5' }])).toBe('c >= 5');
  expect(unknownOperator([row('a', '=', 'b'), { operator: '>=' }])).toBeUndefined();
});

test.each([
  [row('a', '=', 'b'), undefined],
  [row('a', 'exists', ''), undefined],
  [row('a', '<', '1e3'), undefined],
  [row('a', '=~', '(?i)get|post'), undefined],
  [row('a', '=~', '($methods'), undefined],
  [row('', '=', 'b'), 'Choose an attribute.'],
  [row('a', '=', ''), 'Enter a value for “a”, or ask whether it exists.'],
  [row('a', '=~', 'a)(b'), '“a)(b” is not a regular expression.'],
  [row('a', '<', '5ms'), '“<” compares numbers, and “5ms” is none.'],
  [row('a', '<', ' '), '“<” compares numbers, and “ ” is none.'],
])('%j: %s', (filter, problem) => {
  expect(filterRowProblem(filter)).toBe(problem);
});

test.each([
  [row('a', '=', 'b c'), 'a="b c"'],
  [row('a', '!=', 'b'), 'a != b'],
  [row('a', 'exists', ''), 'a exists'],
])('%j reads %s', (filter, text) => {
  expect(displayFilter(filter)).toBe(text);
});
