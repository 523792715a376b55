import { Attributes, isAttributeMap, type Attribute, type AttributeValue } from '../../model/attributes';
import { fail, isJsonObject, ReadError, readInteger, readObject, type JsonObject } from '../read';
import type { OtlpAnyValue, OtlpKeyValue } from './otlpJson';

/** As deep as protobuf's own parsers go. JSON.parse goes deeper than our stack. */
const DEPTH_LIMIT = 100;

/** An AnyValue → our value. No member at all is OTLP's empty value, `null`; `0`, `false` and `''` are themselves. */
export function decodeAnyValue(value: unknown, depth = 0): AttributeValue {
  if (typeof value !== 'object' || value === null) {
    return value === undefined || value === null ? null : fail('an attribute value', value);
  }
  // Nearly every value is one of these four, as the specification spells them; one look each, the likely ones first.
  const member = value as OtlpMember;
  const text = member.stringValue;
  if (typeof text === 'string') {
    return text;
  }
  const int = member.intValue;
  if (int !== undefined && int !== null) {
    return readInteger(int, 'intValue');
  }
  const bool = member.boolValue;
  if (typeof bool === 'boolean') {
    return bool;
  }
  const double = member.doubleValue;
  return typeof double === 'number' ? double : decodeRareValue(readObject(value), depth);
}

type OtlpMember = { readonly [Key in keyof OtlpAnyValue]?: unknown };

function decodeRareValue(value: JsonObject, depth: number): AttributeValue {
  if (depth >= DEPTH_LIMIT) {
    return fail(`values nested at most ${DEPTH_LIMIT} deep`, value);
  }
  const text = value.stringValue ?? value.string_value;
  if (text !== undefined && text !== null) {
    return typeof text === 'string' ? text : fail('a string', text, 'stringValue');
  }
  if (value.int_value !== undefined && value.int_value !== null) {
    return readInteger(value.int_value, 'intValue');
  }
  const double = value.doubleValue ?? value.double_value;
  if (double !== undefined && double !== null) {
    return readDouble(double);
  }
  const bool = value.boolValue ?? value.bool_value;
  if (bool !== undefined && bool !== null) {
    return typeof bool === 'boolean' ? bool : fail('true or false', bool, 'boolValue');
  }
  const array = value.arrayValue ?? value.array_value;
  if (array !== undefined && array !== null) {
    return valuesOf(array, 'arrayValue').map((item) => decodeAnyValue(item, depth + 1));
  }
  const list = value.kvlistValue ?? value.kvlist_value;
  if (list !== undefined && list !== null) {
    return { kind: 'map', entries: valuesOf(list, 'kvlistValue').map((item) => decodeKeyValue(item, depth + 1)) };
  }
  const bytes = value.bytesValue ?? value.bytes_value;
  if (bytes !== undefined && bytes !== null) {
    return { kind: 'bytes', base64: typeof bytes === 'string' ? bytes : fail('base64', bytes, 'bytesValue') };
  }
  return null;
}

/** `values` may be missing when empty. */
function valuesOf(list: unknown, path: string): readonly unknown[] {
  if (!isJsonObject(list)) {
    return fail('an object with values', list, path);
  }
  const values = list.values ?? [];
  return Array.isArray(values) ? values : fail('a list', values, `${path}.values`);
}

/** JSON has no NaN and no infinities, so protobuf writes these as strings, and parsers accept any number as one. */
function readDouble(value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  if (value === 'NaN') {
    return NaN;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isNaN(number) ? fail('a number', value, 'doubleValue') : number;
}

export function decodeKeyValue(item: unknown, depth = 0): Attribute {
  const { key, value: raw } = isKeyValue(item) ? item : fail('a key and a value', item);
  const value = decodeAnyValue(raw, depth);
  // A whole double looks like an integer from here on; exports must still write it as what it was.
  return typeof value === 'number' && Number.isSafeInteger(value) && isDouble(raw)
    ? { key, value, type: 'double' }
    : { key, value };
}

function isKeyValue(item: unknown): item is { readonly key: string; readonly value?: unknown } {
  return typeof item === 'object' && item !== null && typeof (item as { key?: unknown }).key === 'string';
}

function isDouble(value: unknown): boolean {
  return isJsonObject(value) && (value.intValue ?? value.int_value ?? null) === null;
}

/** Decodes lists of key-values. */
export interface AttributeDecoder {
  /** Whether all attributes since `begin` are plain (`isPlainAttribute`); undefined where that has not been looked at. */
  readonly arePlain: boolean | undefined;
  /** A new list begins. */
  begin(): void;
  /** `place` is the item's in its list; throws a `ReadError`. */
  decode(item: unknown, place: number): Attribute;
}

const NO_POOL: AttributeDecoder = { arePlain: undefined, begin: () => {}, decode: (item) => decodeKeyValue(item) };

/** A list of key-values → attributes. One that cannot be read is left out, with a sentence in `remarks`. */
export function decodeAttributes(
  list: readonly unknown[],
  remarks: string[],
  pool: AttributeDecoder = NO_POOL
): Attributes {
  if (list.length === 0) {
    return Attributes.empty;
  }
  // Sized once: a list that grows by pushing starts with room for seventeen.
  const entries = new Array<Attribute>(list.length);
  let size = 0;
  pool.begin();
  for (let index = 0; index < list.length; index++) {
    try {
      entries[size] = pool.decode(list[index], index);
      size++;
    } catch (error) {
      remarks.push(describeLoss(list[index], error));
    }
  }
  if (size < entries.length) {
    entries.length = size;
  }
  return Attributes.from(entries, pool.arePlain);
}

function describeLoss(item: unknown, error: unknown): string {
  if (!(error instanceof ReadError)) {
    throw error;
  }
  const key = isKeyValue(item) ? ` "${item.key}"` : '';
  return `An attribute${key} is left out: ${error.message}`;
}

/** Our value → AnyValue. `type` is the attribute's: it tells a whole double from an integer. */
export function encodeAnyValue(value: AttributeValue, type?: Attribute['type']): OtlpAnyValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return { intValue: value.toString() };
    case 'number':
      return Number.isSafeInteger(value) && type !== 'double'
        ? { intValue: value.toString() }
        : { doubleValue: encodeDouble(value) };
    default:
      return value === null ? {} : encodeCompound(value);
  }
}

function encodeCompound(value: Exclude<AttributeValue, string | number | boolean | bigint | null>): OtlpAnyValue {
  if (isList(value)) {
    return { arrayValue: { values: value.map((item) => encodeAnyValue(item)) } };
  }
  return isAttributeMap(value)
    ? { kvlistValue: { values: encodeEntries(value.entries) } }
    : { bytesValue: value.base64 };
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

function encodeDouble(value: number): OtlpAnyValue['doubleValue'] {
  if (Number.isFinite(value)) {
    return value;
  }
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

export function encodeEntries(entries: readonly Attribute[]): OtlpKeyValue[] {
  return entries.map(({ key, value, type }) => ({ key, value: encodeAnyValue(value, type) }));
}
