/**
 * Checked readers for JSON that a stranger sent. A field is read by name and comes out with an exact type; anything
 * else throws a `ReadError` that says where, what was expected and what was there. Paths are put together only while
 * such an error climbs out of the lists and objects it happened in, so that reading sound JSON costs nothing extra.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

const FOUND_LIMIT = 60;
const INTEGER = /^-?\d{1,20}$/;
/** So many digits always fit a double exactly. */
const SAFE_DIGITS = 15;

export class ReadError extends Error {
  constructor(
    /** As in `data[0].spans[3].startTime`; empty for the value itself. */
    readonly path: string,
    /** `a string`, `a list`. */
    readonly expected: string,
    /** What was there instead, shortened. */
    readonly found: string
  ) {
    super(`${path || 'The value'} should be ${expected}, but is ${found}.`);
    this.name = 'ReadError';
  }

  /** The same error, seen from one level further out. `segment` is `name` or `[3]`. */
  within(segment: string): ReadError {
    const joined = this.path === '' || this.path.startsWith('[') ? segment + this.path : `${segment}.${this.path}`;
    return new ReadError(joined, this.expected, this.found);
  }
}

/** For a reader of one's own: `fail('a span id', value, 'spanId')`. */
export function fail(expected: string, value: unknown, path = ''): never {
  throw new ReadError(path, expected, describeValue(value));
}

function describeValue(value: unknown): string {
  if (value === undefined) {
    return 'missing';
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty object' : shorten(`an object with ${keys.slice(0, 3).join(', ')}`);
  }
  return shorten(typeof value === 'string' ? JSON.stringify(value.slice(0, FOUND_LIMIT)) : String(value));
}

function shorten(text: string): string {
  return text.length > FOUND_LIMIT ? `${text.slice(0, FOUND_LIMIT)}…` : text;
}

export function readObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : fail('an object', value);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A nested object; `undefined` when missing or null. */
export function optionalObject(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  if (value === undefined || value === null) {
    return undefined;
  }
  return isJsonObject(value) ? value : fail('an object', value, key);
}

const EMPTY_LIST: readonly unknown[] = [];

/** A list; missing and null are empty, as servers in Go write an empty slice. */
export function listField(object: JsonObject, key: string): readonly unknown[] {
  return readList(object[key], key);
}

/** As `listField`, of a value at hand: where there are very many, a field is fastest read by its name in the code. */
export function readList(value: unknown, path = ''): readonly unknown[] {
  if (value === undefined || value === null) {
    return EMPTY_LIST;
  }
  return Array.isArray(value) ? value : fail('a list', value, path);
}

/** Reads every item of a list; an error inside one gets `key[index]` in its path. */
export function readEach<T>(object: JsonObject, key: string, readItem: (item: unknown) => T): T[] {
  const list = listField(object, key);
  const items = new Array<T>(list.length);
  let index = 0;
  try {
    for (; index < list.length; index++) {
      items[index] = readItem(list[index]);
    }
  } catch (error) {
    throw error instanceof ReadError ? error.within(`${key}[${index}]`) : error;
  }
  return items;
}

export function stringField(object: JsonObject, key: string): string {
  const value = object[key];
  return typeof value === 'string' ? value : fail('a string', value, key);
}

/** `undefined` when missing or null. */
export function optionalString(object: JsonObject, key: string): string | undefined {
  return readOptionalString(object[key], key);
}

/** As `optionalString`, of a value at hand. */
export function readOptionalString(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  return value === undefined || value === null ? undefined : fail('a string', value, path);
}

export function numberField(object: JsonObject, key: string): number {
  const value = object[key];
  return typeof value === 'number' ? value : fail('a number', value, key);
}

/** `undefined` when missing or null. */
export function optionalNumber(object: JsonObject, key: string): number | undefined {
  const value = object[key];
  return value === undefined || value === null ? undefined : numberField(object, key);
}

/** `undefined` when missing or null. */
export function optionalBoolean(object: JsonObject, key: string): boolean | undefined {
  const value = object[key];
  if (typeof value === 'boolean') {
    return value;
  }
  return value === undefined || value === null ? undefined : fail('true or false', value, key);
}

/** A 64-bit integer as a decimal string or a number → `bigint`. */
export function readInt64(value: unknown, path = ''): bigint {
  if (typeof value === 'string' && INTEGER.test(value)) {
    return BigInt(value);
  }
  if (typeof value === 'number' && Number.isInteger(value)) {
    return BigInt(value);
  }
  return fail('a 64-bit integer', value, path);
}

/** A 64-bit integer → `number` where that is exact (±(2^53 − 1)), else `bigint`: what an `AttributeValue` holds. */
export function readInteger(value: unknown, path = ''): number | bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return value;
  }
  if (typeof value === 'string' && value.length <= SAFE_DIGITS && INTEGER.test(value)) {
    return Number(value) + 0;
  }
  const integer = readInt64(value, path);
  return integer >= Number.MIN_SAFE_INTEGER && integer <= Number.MAX_SAFE_INTEGER ? Number(integer) : integer;
}

/** A 64-bit integer field; `0n` when missing, null or empty. */
export function int64Field(object: JsonObject, key: string): bigint {
  const value = object[key];
  if (value === undefined || value === null || value === '') {
    return 0n;
  }
  return readInt64(value, key);
}

/** Runs a reader of a field's value; an error inside it gets `key` in its path. */
export function readField<T>(object: JsonObject, key: string, readValue: (value: unknown) => T): T {
  try {
    return readValue(object[key]);
  } catch (error) {
    throw error instanceof ReadError ? error.within(key) : error;
  }
}
