import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { Attributes, type Attribute, type AttributeValue } from '../../model/attributes';
import { ReadError } from '../read';
import { decodeAnyValue, decodeAttributes, decodeKeyValue, encodeAnyValue, encodeEntries } from './anyValue';

describe('decodeAnyValue', () => {
  test.each<[string, unknown, AttributeValue]>([
    ['a text', { stringValue: 'abc' }, 'abc'],
    ['an empty text', { stringValue: '' }, ''],
    ['a snake-case text', { string_value: 'abc' }, 'abc'],
    ['true', { boolValue: true }, true],
    ['false', { boolValue: false }, false],
    ['snake-case false', { bool_value: false }, false],
    ['an integer in a string', { intValue: '42' }, 42],
    ['an integer as a number', { intValue: 42 }, 42],
    ['zero in a string', { intValue: '0' }, 0],
    ['zero as a number', { intValue: 0 }, 0],
    ['an integer beyond 2^53', { intValue: '9223372036854775807' }, 9223372036854775807n],
    ['a negative one', { intValue: '-9223372036854775808' }, -9223372036854775808n],
    ['a snake-case integer', { int_value: '7' }, 7],
    ['a double', { doubleValue: 1.5 }, 1.5],
    ['a double of zero', { doubleValue: 0 }, 0],
    ['NaN', { doubleValue: 'NaN' }, NaN],
    ['infinity', { doubleValue: 'Infinity' }, Infinity],
    ['negative infinity', { doubleValue: '-Infinity' }, -Infinity],
    ['a double in a string', { doubleValue: '1.25' }, 1.25],
    ['a snake-case double', { double_value: 0.5 }, 0.5],
    ['a list', { arrayValue: { values: [{ intValue: '1' }, { stringValue: '' }, {}] } }, [1, '', null]],
    ['a list without values', { arrayValue: {} }, []],
    [
      'a map, repeated keys and all',
      { kvlistValue: { values: [{ key: '__proto__', value: { boolValue: false } }, { key: '__proto__' }] } },
      {
        kind: 'map',
        entries: [
          { key: '__proto__', value: false },
          { key: '__proto__', value: null },
        ],
      },
    ],
    ['a map without values', { kvlist_value: {} }, { kind: 'map', entries: [] }],
    ['bytes', { bytesValue: 'AAE=' }, { kind: 'bytes', base64: 'AAE=' }],
    ['no bytes', { bytes_value: '' }, { kind: 'bytes', base64: '' }],
    ['the empty value', {}, null],
    ['nothing', undefined, null],
    ['null', null, null],
    ['a null member beside the real one', { stringValue: null, intValue: '5' }, 5],
  ])('%s', (_what, value, expected) => {
    expect(decodeAnyValue(value)).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ['a bare text', 'abc'],
    ['a list', []],
    ['a number as text', { stringValue: 5 }],
    ['a text as integer', { intValue: 'five' }],
    ['a fraction as integer', { intValue: 1.5 }],
    ['a text as boolean', { boolValue: 'true' }],
    ['a word as double', { doubleValue: 'much' }],
    ['an empty double', { doubleValue: '' }],
    ['a list that is none', { arrayValue: { values: {} } }],
    ['a map that is none', { kvlistValue: [] }],
    ['a map with a nameless entry', { kvlistValue: { values: [{ value: {} }] } }],
    ['bytes as a list', { bytesValue: [1] }],
  ])('refuses %s', (_what, value) => {
    expect(() => decodeAnyValue(value)).toThrow(ReadError);
  });

  it('refuses what is nested deeper than the stack', () => {
    let value: unknown = { stringValue: 'core' };
    for (let depth = 0; depth < 50_000; depth++) {
      value = { arrayValue: { values: [value] } };
    }
    expect(() => decodeAnyValue(value)).toThrow('nested at most 100 deep');
  });
});

test.each<[unknown, Attribute]>([
  [
    { key: 'k', value: { doubleValue: 1 } },
    { key: 'k', value: 1, type: 'double' },
  ],
  [
    { key: 'k', value: { doubleValue: 0 } },
    { key: 'k', value: 0, type: 'double' },
  ],
  [
    { key: 'k', value: { doubleValue: 1.5 } },
    { key: 'k', value: 1.5 },
  ],
  [
    { key: 'k', value: { doubleValue: 1e300 } },
    { key: 'k', value: 1e300 },
  ],
  [
    { key: 'k', value: { intValue: '1' } },
    { key: 'k', value: 1 },
  ],
  [{ key: '' }, { key: '', value: null }],
])('%j is marked as a double only where the number does not tell', (item, expected) => {
  expect(decodeKeyValue(item)).toStrictEqual(expected);
});

it('leaves out an attribute that cannot be read and says so', () => {
  const remarks: string[] = [];
  const attributes = decodeAttributes(
    [{ key: 'a', value: { intValue: 'x' } }, { key: 'b', value: { stringValue: 'kept' } }, 'junk'],
    remarks
  );
  expect(attributes.entries).toEqual([{ key: 'b', value: 'kept' }]);
  expect(remarks).toEqual([
    'An attribute "a" is left out: intValue should be a 64-bit integer, but is "x".',
    'An attribute is left out: The value should be a key and a value, but is "junk".',
  ]);
});

it('shares the empty list', () => {
  expect(decodeAttributes([], [])).toBe(Attributes.empty);
});

describe('encodeAnyValue', () => {
  test.each<[AttributeValue, Attribute['type'], unknown]>([
    ['', undefined, { stringValue: '' }],
    [false, undefined, { boolValue: false }],
    [0, undefined, { intValue: '0' }],
    [0, 'double', { doubleValue: 0 }],
    [1.5, undefined, { doubleValue: 1.5 }],
    [1e300, undefined, { doubleValue: 1e300 }],
    [NaN, undefined, { doubleValue: 'NaN' }],
    [-Infinity, undefined, { doubleValue: '-Infinity' }],
    [2n ** 63n - 1n, undefined, { intValue: '9223372036854775807' }],
    [null, undefined, {}],
    [[1, 'a'], undefined, { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a' }] } }],
    [{ kind: 'bytes', base64: 'AAE=' }, undefined, { bytesValue: 'AAE=' }],
    [
      { kind: 'map', entries: [{ key: 'k', value: 1, type: 'double' }] },
      undefined,
      { kvlistValue: { values: [{ key: 'k', value: { doubleValue: 1 } }] } },
    ],
  ])('%j %s', (value, type, expected) => {
    expect(encodeAnyValue(value, type)).toStrictEqual(expected);
  });
});

it('brings every attribute back', () => {
  const anInteger = fc.oneof(
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) })
  );
  // JSON has one zero.
  const aDouble = fc.double().map((value) => (value === 0 ? 0 : value));
  const anAttribute = fc.letrec<{ value: AttributeValue; attribute: Attribute }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      anInteger,
      aDouble.filter((value) => !Number.isSafeInteger(value)),
      fc.constant(null),
      fc.base64String().map((base64) => ({ kind: 'bytes' as const, base64 })),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(tie('attribute'), { maxLength: 3 }).map((entries) => ({ kind: 'map' as const, entries }))
    ),
    attribute: fc.oneof(
      fc.record({ key: fc.string(), value: tie('value') }),
      fc.record({ key: fc.string(), value: fc.maxSafeInteger(), type: fc.constant('double' as const) })
    ),
  })).attribute;
  checkProperty(
    fc.property(fc.array(anAttribute, { maxLength: 5 }), (entries) => {
      const remarks: string[] = [];
      const wire: unknown = JSON.parse(JSON.stringify(encodeEntries(entries)));
      expect(decodeAttributes(wire as unknown[], remarks).entries).toEqual(entries);
      expect(remarks).toEqual([]);
    })
  );
});
