import { Attributes } from '../../model/attributes';
import { AttributePool } from './AttributePool';
import { decodeAttributes, decodeKeyValue } from './anyValue';

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const integer = (key: string, intValue: string | number) => ({ key, value: { intValue } });
const bool = (key: string, boolValue: boolean) => ({ key, value: { boolValue } });

it('makes an attribute that several spans have once, wherever it stands', () => {
  const pool = new AttributePool();
  const [get, seven] = [pool.decode(text('method', 'GET'), 0), pool.decode(integer('n', '7'), 1)];
  const [yes, no] = [pool.decode(bool('hit', true), 2), pool.decode(bool('hit', false), 2)];
  expect([get, seven, yes, no]).toEqual([
    { key: 'method', value: 'GET' },
    { key: 'n', value: 7 },
    { key: 'hit', value: true },
    { key: 'hit', value: false },
  ]);
  expect(pool.decode(text('method', 'GET'), 3)).toBe(get);
  expect(pool.decode(integer('n', '7'), 1)).toBe(seven);
  expect([pool.decode(bool('hit', true), 2), pool.decode(bool('hit', false), 2)]).toEqual([yes, no]);
  expect(pool.decode(bool('hit', true), 0)).toBe(yes);
});

it('takes no two for one that differ in key, type or value', () => {
  const pool = new AttributePool();
  const items = [
    text('a', '1'),
    text('b', '1'),
    integer('a', '1'),
    integer('a', 1),
    text('a', '2'),
    { key: 'a', value: { doubleValue: 1 } },
    { key: 'a', value: { boolValue: true } },
    { key: '__proto__', value: { stringValue: '1' } },
    { key: 'a', value: {} },
    { key: 'a', value: null },
    { key: 'a' },
    { key: 'a', value: { stringValue: '', intValue: '5' } },
    { key: 'a', value: { stringValue: null, intValue: '5' } },
    { key: 'a', value: { stringValue: null, boolValue: true } },
    { key: 'a', value: { intValue: '5', boolValue: true } },
    { key: 'a', value: { intValue: 5, boolValue: true } },
  ];
  for (const item of [...items, ...items]) {
    expect(pool.decode(item, 0)).toEqual(decodeKeyValue(item));
  }
});

it.each([
  ['a text', text('k', 'x'), true],
  ['a text that no view can show', text('k', 'x'.repeat(100_001)), false],
  ['a text of an inherited key', text('constructor', 'x'), false],
  ['an integer', integer('k', '7'), true],
  ['an integer of 64 bits', integer('k', '9007199254740993'), false],
  ['a boolean', bool('k', true), true],
  ['a boolean of an inherited key', bool('constructor', false), false],
  ['a number', { key: 'k', value: { doubleValue: 0.5 } }, true],
  ['no number', { key: 'k', value: { doubleValue: 'NaN' } }, false],
  ['a list', { key: 'k', value: { arrayValue: { values: [] } } }, false],
])('knows whether the attributes of a list are plain: %s', (_, item, isPlain) => {
  const pool = new AttributePool();
  for (let round = 0; round < 2; round++) {
    // Met for the first time and met again.
    const { isPlain: found, entries } = decodeAttributes([item, bool('other', true)], [], pool);
    expect([found, new Attributes(entries).isPlain]).toEqual([isPlain, isPlain]);
  }
});

it('stops looking for values of a key that has many, and decodes them all the same', () => {
  const pool = new AttributePool();
  const values = Array.from({ length: 300 }, (_, index) => `user-${index}`);
  const first = values.map((value) => pool.decode(text('id', value), 0).value);
  expect([first, values.map((value) => pool.decode(text('id', value), 0).value)]).toEqual([values, values]);
  pool.begin();
  pool.decode(text('id', 'x'.repeat(100_001)), 0);
  expect(pool.arePlain).toBe(false);
  expect(pool.decode(text('id', 'user-0'), 0)).not.toBe(pool.decode(text('id', 'user-0'), 0));
});

it.each([[null], [7], [{ value: { stringValue: 'x' } }], [text('k', 'x').value], [{ key: 'k', value: 5 }]])(
  '%j is refused as it is without a pool',
  (item) => {
    const refusal = (decode: () => unknown) => {
      try {
        return decode();
      } catch (error) {
        return String(error);
      }
    };
    expect(refusal(() => new AttributePool().decode(item, 0))).toEqual(refusal(() => decodeKeyValue(item)));
  }
);
