import type { Attribute, AttributeValue } from '../../model/attributes';
import { plainValue } from '../../wire/plainValue';
import type { LegacyTag, Unchecked } from './legacyJson';

const NOTHING: readonly unknown[] = [];

/** Lists may be missing or `null` wherever the wire has one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NOTHING;
}

/** The JSON object, or undefined for anything else: servers and files do hold `null` where an object belongs. */
export function objectOf<T>(value: unknown): Unchecked<T> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/**
 * One tag; undefined when it has no key and so says nothing. A tag that already says what an attribute says is the
 * attribute: copies of the tags of 100,000 spans would cost as much as everything else that is done with them.
 */
export function decodeTag(raw: unknown): Attribute | undefined {
  const tag = objectOf<LegacyTag>(raw);
  if (tag === undefined || typeof tag.key !== 'string') {
    return undefined;
  }
  if (saysWhatItIs(tag)) {
    return tag;
  }
  const { key, type, value } = tag;
  if (type === 'float64') {
    const number = decodeFloat(value);
    // Only a whole double needs the mark; any other number is a double by its looks.
    return Number.isInteger(number) ? { key, value: number, type: 'double' } : { key, value: number };
  }
  return { key, value: decodeTagValue(type, value) };
}

/** Whether type and value agree, and the value is one that JSON keeps as it is. */
function saysWhatItIs(tag: Unchecked<LegacyTag>): tag is Attribute {
  const { type, value } = tag;
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'int64':
      return Number.isSafeInteger(value);
    case 'float64':
      return typeof value === 'number' && !Number.isInteger(value);
    default:
      return false;
  }
}

export function decodeTags(raw: unknown): Attribute[] {
  const attributes: Attribute[] = [];
  for (const tag of listOf(raw)) {
    const attribute = decodeTag(tag);
    if (attribute !== undefined) {
      attributes.push(attribute);
    }
  }
  return attributes;
}

/** Takes one of its own entries out of a list that is still being built. */
export function removeTag(attributes: Attribute[], attribute: Attribute): void {
  attributes.splice(attributes.indexOf(attribute), 1);
}

/** By the wire's own type; a value that contradicts it is kept as it is rather than bent. */
function decodeTagValue(type: unknown, value: unknown): AttributeValue {
  switch (type) {
    case 'bool':
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : plainValue(value);
    case 'int64':
      return typeof value === 'string' ? decodeInt64(value) : plainValue(value);
    case 'binary':
      return typeof value === 'string' ? { kind: 'bytes', base64: value } : plainValue(value);
    default:
      return plainValue(value);
  }
}

/** Servers quote an int64 that does not fit a double; some look-alikes quote every one. */
export function decodeInt64(text: string): AttributeValue {
  if (!/^-?\d+$/.test(text)) {
    return text;
  }
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function decodeFloat(value: unknown): AttributeValue {
  if (typeof value === 'string' && value.trim() !== '') {
    const number = Number(value);
    return Number.isNaN(number) && value !== 'NaN' ? value : number;
  }
  return plainValue(value);
}
