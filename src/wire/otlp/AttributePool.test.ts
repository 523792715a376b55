import { AttributePool } from './AttributePool';
import { decodeKeyValue } from './anyValue';

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const integer = (key: string, intValue: string | number) => ({ key, value: { intValue } });

it('makes an attribute that several spans have once, wherever it stands', () => {
  const pool = new AttributePool();
  const [get, seven] = [pool.decode(text('method', 'GET'), 0), pool.decode(integer('n', '7'), 1)];
  expect([get, seven]).toEqual([
    { key: 'method', value: 'GET' },
    { key: 'n', value: 7 },
  ]);
  expect(pool.decode(text('method', 'GET'), 3)).toBe(get);
  expect(pool.decode(integer('n', '7'), 1)).toBe(seven);
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
  ];
  for (const item of [...items, ...items]) {
    expect(pool.decode(item, 0)).toEqual(decodeKeyValue(item));
  }
});

it('stops looking for values of a key that has many, and decodes them all the same', () => {
  const pool = new AttributePool();
  const values = Array.from({ length: 300 }, (_, index) => `user-${index}`);
  const first = values.map((value) => pool.decode(text('id', value), 0).value);
  expect([first, values.map((value) => pool.decode(text('id', value), 0).value)]).toEqual([values, values]);
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
