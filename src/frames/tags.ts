import type { TraceKeyValuePair } from '@grafana/data';
import {
  isAttributeBytes,
  isAttributeMap,
  type Attribute,
  type Attributes,
  type AttributeValue,
} from '../model/attributes';

/**
 * Grafana's span detail collects tags in a plain object and calls `push` on what it finds under a key
 * (12.4, TraceView SpanDetail/index.tsx, useResourceAttributesExtensionLinks), so a tag named like a member of
 * `Object.prototype` throws there.
 */
const INHERITED_KEYS = Object.getOwnPropertyNames(Object.prototype);

/** By length, as a look at the length alone rules out nearly every key without hashing it. */
const INHERITED_KEYS_BY_LENGTH: ReadonlyArray<readonly string[]> = Array.from({ length: 32 }, (_, length) =>
  INHERITED_KEYS.filter((key) => key.length === length)
);

const SAFE_PREFIX = 'attribute.';

/** Whether Grafana's trace view cannot hold a tag of this name; `buildTags` then prefixes it with `attribute.`. */
export function isInheritedKey(key: string): boolean {
  return key.length < INHERITED_KEYS_BY_LENGTH.length && INHERITED_KEYS_BY_LENGTH[key.length].includes(key);
}

/**
 * Attributes as tags. Where every value is one that a frame can hold, this is the attributes' own list and nothing is
 * copied: Grafana 12.4 sorts and de-duplicates tags on copies (TraceView model/transform-trace-data.tsx, `orderTags`
 * slices, `deduplicateTags` reduces into a new list), so the model stays as it is.
 */
export function buildTags(attributes: Attributes): TraceKeyValuePair[] {
  const { entries } = attributes;
  for (let index = 0; index < entries.length; index++) {
    if (!isPlain(entries[index])) {
      return entries.map(buildTag);
    }
  }
  return entries as TraceKeyValuePair[];
}

/** One attribute as a tag; maps and lists become JSON text, which the trace view parses and prints prettily. */
export function buildTag(attribute: Attribute): TraceKeyValuePair {
  const key = isInheritedKey(attribute.key) ? SAFE_PREFIX + attribute.key : attribute.key;
  const value = frameValue(attribute.value);
  return attribute.type === undefined ? { key, value } : { key, value, type: attribute.type };
}

/** A value that survives JSON, `toString` and Grafana's markup with all its digits. */
export function frameValue(value: AttributeValue): string | number | boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return value.toString();
    default:
      if (value === null) {
        // The trace view calls `toString` on tag values when it lists them for its filters (12.4, utils/tags.ts).
        return '';
      }
      return isAttributeBytes(value) ? value.base64 : renderJson(value);
  }
}

/** JSON text that keeps the order of maps, repeated keys and the digits of 64-bit integers. */
function renderJson(value: AttributeValue): string {
  if (typeof value === 'bigint') {
    return value.toString();
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return JSON.stringify(String(value));
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  if (isAttributeBytes(value)) {
    return JSON.stringify(value.base64);
  }
  if (isAttributeMap(value)) {
    return `{${value.entries.map((entry) => `${JSON.stringify(entry.key)}:${renderJson(entry.value)}`).join(',')}}`;
  }
  return `[${value.map(renderJson).join(',')}]`;
}

function isPlain({ key, value }: Attribute): boolean {
  const type = typeof value;
  const isPlainValue = type === 'string' || type === 'boolean' || (type === 'number' && Number.isFinite(value));
  return isPlainValue && !isInheritedKey(key);
}
