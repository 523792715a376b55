import { deepFreeze } from '../../testkit/deepFreeze';
import {
  Attributes,
  isAttributeBytes,
  isAttributeMap,
  isInheritedKey,
  type Attribute,
  type AttributeValue,
} from './attributes';

/** Below and above the size from which there is an index. */
const SIZES = [3, 40];

describe.each(SIZES)('%d attributes', (size) => {
  const filler = Array.from({ length: size - 3 }, (_, index) => ({ key: `filler.${index}`, value: index }));
  const attributes = new Attributes([
    { key: 'repeated', value: 'first' },
    { key: 'zero', value: 0 },
    ...filler,
    { key: 'repeated', value: 'second' },
  ]);

  it('answers the first value of a key', () => {
    expect(attributes.get('repeated')).toBe('first');
    expect(attributes.getString('repeated')).toBe('first');
  });

  it('takes 0 for a value, and no text for a string', () => {
    expect(attributes.get('zero')).toBe(0);
    expect(attributes.has('zero')).toBe(true);
    expect(attributes.getString('zero')).toBeUndefined();
  });

  it.each(['missing', '__proto__', 'constructor', 'toString', ''])('has no %j', (key) => {
    expect(attributes.get(key)).toBeUndefined();
    expect(attributes.has(key)).toBe(false);
  });

  it('keeps order and repetitions', () => {
    expect(attributes.size).toBe(size);
    expect(attributes.entries.map((entry) => entry.key)).toEqual([
      'repeated',
      'zero',
      ...filler.map((entry) => entry.key),
      'repeated',
    ]);
  });

  it('answers the same twice, and when frozen', () => {
    const frozen = deepFreeze(new Attributes([...attributes.entries]));
    expect([frozen.get('zero'), frozen.get('zero'), attributes.get('zero')]).toEqual([0, 0, 0]);
  });
});

it('finds keys that a plain object would not', () => {
  const hostile = Attributes.from([
    { key: '__proto__', value: 'a' },
    { key: 'constructor', value: 'b' },
  ]);
  expect([hostile.get('__proto__'), hostile.get('constructor')]).toEqual(['a', 'b']);
});

it('shares the empty list', () => {
  expect(Attributes.from([])).toBe(Attributes.empty);
  expect(Attributes.of({})).toBe(Attributes.empty);
});

test.each<[boolean, readonly Attribute[]]>([
  [true, []],
  [
    true,
    [
      { key: 'a', value: '' },
      { key: 'b', value: 0 },
      { key: 'c', value: false },
      { key: 'd', value: -1.5 },
    ],
  ],
  [
    false,
    [
      { key: 'a', value: 'x' },
      { key: 'b', value: NaN },
    ],
  ],
  [false, [{ key: 'a', value: Infinity }]],
  [false, [{ key: 'a', value: 1n }]],
  [false, [{ key: 'a', value: null }]],
  [false, [{ key: 'a', value: [] }]],
  [false, [{ key: 'a', value: { kind: 'bytes', base64: '' } }]],
  [false, [{ key: '__proto__', value: 'x' }]],
  [false, [{ key: 'hasOwnProperty', value: 'x' }]],
  [true, [{ key: 'Constructor', value: 'x' }]],
])('is plain: %s', (expected, entries) => {
  expect(Attributes.from(entries).isPlain).toBe(expected);
});

test.each(Object.getOwnPropertyNames(Object.prototype))('%s is an inherited key', (key) => {
  expect(isInheritedKey(key)).toBe(true);
  expect(isInheritedKey(`${key} `)).toBe(false);
});

test.each(['', 'http.method', 'x'.repeat(100)])('%j is no inherited key', (key) => {
  expect(isInheritedKey(key)).toBe(false);
});

test.each<[AttributeValue, boolean, boolean]>([
  [{ kind: 'map', entries: [] }, true, false],
  [{ kind: 'bytes', base64: '' }, false, true],
  [[], false, false],
  [null, false, false],
  ['map', false, false],
])('%j: map %s, bytes %s', (value, map, bytes) => {
  expect(isAttributeMap(value)).toBe(map);
  expect(isAttributeBytes(value)).toBe(bytes);
});
