import {
  fail,
  int64Field,
  listField,
  numberField,
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalString,
  readEach,
  ReadError,
  readField,
  readInt64,
  readInteger,
  readObject,
  stringField,
} from './read';

function errorOf(read: () => unknown): ReadError {
  try {
    read();
  } catch (error) {
    if (error instanceof ReadError) {
      return error;
    }
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('a failing read', () => {
  it('says where, what was expected and what was there', () => {
    const body = { data: [{ spans: [{ startTime: 1 }, { startTime: 'noon' }] }] };
    const error = errorOf(() =>
      readEach(body, 'data', (trace) =>
        readEach(readObject(trace), 'spans', (span) => numberField(readObject(span), 'startTime'))
      )
    );
    expect(error.path).toBe('data[0].spans[1].startTime');
    expect(error.message).toBe('data[0].spans[1].startTime should be a number, but is "noon".');
  });

  it('has no path for the value itself', () => {
    expect(errorOf(() => readObject(3)).message).toBe('The value should be an object, but is 3.');
  });

  it('names the field whose value was refused', () => {
    expect(errorOf(() => readField({ time: 'x' }, 'time', readInt64)).message).toBe(
      'time should be a 64-bit integer, but is "x".'
    );
  });

  it.each<[unknown, string]>([
    [undefined, 'missing'],
    [null, 'null'],
    ['x'.repeat(1_000_000), `"${'x'.repeat(59)}…`],
    [[1, 2, 3], 'a list of 3'],
    [{}, 'an empty object'],
    [{ a: 1, b: 2, c: 3, d: 4 }, 'an object with a, b, c'],
    [true, 'true'],
    [12n, '12'],
  ])('describes what was there, case %#', (value, found) => {
    expect(errorOf(() => fail('something else', value)).found).toBe(found);
  });

  it('lets other errors through as they are', () => {
    const bug = new TypeError('a bug');
    const throwBug = () => {
      throw bug;
    };
    expect(() => readEach({ list: [1] }, 'list', throwBug)).toThrow(bug);
    expect(() => readField({}, 'key', throwBug)).toThrow(bug);
  });
});

describe('what is not there', () => {
  it.each([{}, { key: null }, { key: undefined }])('%j', (object) => {
    expect(listField(object, 'key')).toEqual([]);
    expect(readEach(object, 'key', readObject)).toEqual([]);
    expect(optionalObject(object, 'key')).toBeUndefined();
    expect(optionalString(object, 'key')).toBeUndefined();
    expect(optionalNumber(object, 'key')).toBeUndefined();
    expect(optionalBoolean(object, 'key')).toBeUndefined();
    expect(int64Field(object, 'key')).toBe(0n);
    expect(() => stringField(object, 'key')).toThrow(ReadError);
    expect(() => numberField(object, 'key')).toThrow(ReadError);
  });
});

it('takes what is empty, zero or false for what it is', () => {
  expect(stringField({ key: '' }, 'key')).toBe('');
  expect(optionalString({ key: '' }, 'key')).toBe('');
  expect(optionalNumber({ key: 0 }, 'key')).toBe(0);
  expect(optionalBoolean({ key: false }, 'key')).toBe(false);
});

it.each<[string, () => unknown]>([
  ['a list for an object', () => readObject([])],
  ['null for an object', () => readObject(null)],
  ['a list for an optional object', () => optionalObject({ key: [] }, 'key')],
  ['an object for a list', () => listField({ key: { length: 1 } }, 'key')],
  ['a text for a list', () => listField({ key: 'abc' }, 'key')],
  ['a number for a text', () => optionalString({ key: 5 }, 'key')],
  ['a text for a number', () => optionalNumber({ key: '5' }, 'key')],
  ['a text for a boolean', () => optionalBoolean({ key: 'true' }, 'key')],
  ['a boolean for an integer', () => int64Field({ key: true }, 'key')],
])('refuses %s', (_what, read) => {
  expect(read).toThrow(ReadError);
});

describe('64-bit integers', () => {
  test.each<[unknown, bigint]>([
    ['1772366400123456789', 1772366400123456789n],
    ['18446744073709551615', 18446744073709551615n],
    ['-9223372036854775808', -9223372036854775808n],
    [1772366400123456, 1772366400123456n],
    ['0', 0n],
    ['007', 7n],
    [-5, -5n],
  ])('%j', (value, expected) => {
    expect(readInt64(value)).toBe(expected);
    expect(int64Field({ key: value }, 'key')).toBe(expected);
  });

  test.each(['1.5', 1.5, '1e3', '0x10', ' 5', '5 ', '+5', '--5', 'NaN', NaN, Infinity, '9'.repeat(21), true, [], {}])(
    'refuses %j',
    (value) => {
      expect(() => readInt64(value)).toThrow(ReadError);
      expect(() => int64Field({ key: value }, 'key')).toThrow(ReadError);
      expect(() => readInteger(value)).toThrow(ReadError);
    }
  );

  it('an empty field is none, an empty value is no integer', () => {
    expect(int64Field({ key: '' }, 'key')).toBe(0n);
    expect(() => readInt64('')).toThrow(ReadError);
  });

  test.each<[unknown, number | bigint]>([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9007199254740991', -9007199254740991],
    ['-9007199254740992', -9007199254740992n],
    [9007199254740992, 9007199254740992n],
    ['123456789012345', 123456789012345],
    ['-0', 0],
    [0, 0],
    ['42', 42],
  ])('%j is a number while that is exact', (value, expected) => {
    expect(readInteger(value)).toBe(expected);
  });
});
