import type { TraceKeyValuePair } from '@grafana/data';
import {
  isAttributeBytes,
  isAttributeMap,
  isInheritedKey,
  LONGEST_SHOWN_TEXT,
  type Attribute,
  type Attributes,
  type AttributeValue,
} from '../model/attributes';

/**
 * Grafana's span detail collects tags in a plain object and calls `push` on what it finds under a key
 * (12.4, TraceView SpanDetail/index.tsx, useResourceAttributesExtensionLinks), so a tag named like a member of
 * `Object.prototype` throws there. `buildTags` puts this before such a name.
 */
const SAFE_PREFIX = 'attribute.';

/**
 * Attributes as tags. Where every value is one that a frame can hold, this is the attributes' own list and nothing is
 * copied: Grafana 12.4 sorts and de-duplicates tags on copies (TraceView model/transform-trace-data.tsx, `orderTags`
 * slices, `deduplicateTags` reduces into a new list), so the model stays as it is.
 */
export function buildTags(attributes: Attributes): TraceKeyValuePair[] {
  return attributes.isPlain ? (attributes.entries as TraceKeyValuePair[]) : attributes.entries.map(buildTag);
}

/** One attribute as a tag; maps and lists become JSON text, which the trace view parses and prints prettily. */
export function buildTag(attribute: Attribute): TraceKeyValuePair {
  const key = isInheritedKey(attribute.key) ? SAFE_PREFIX + attribute.key : attribute.key;
  const whole = frameValue(attribute.value);
  const value = typeof whole === 'string' ? clipText(whole) : whole;
  return attribute.type === undefined ? { key, value } : { key, value, type: attribute.type };
}

/**
 * What a view can show of a text: megabytes in one span make Grafana's trace view stand still. It says itself that it was
 * cut; the model, and so a download, keeps the whole.
 */
export function clipText(text: string): string {
  return isTooLong(text)
    ? `${text.slice(0, LONGEST_SHOWN_TEXT)}… (cut here: ${text.length.toLocaleString('en-US')} characters in all)`
    : text;
}

/** Whether `buildTag` cuts the value. */
export function isCut({ value }: Attribute): boolean {
  return isTooLong(value) || (typeof value === 'object' && isTooLong(frameValue(value)));
}

function isTooLong(value: unknown): boolean {
  return typeof value === 'string' && value.length > LONGEST_SHOWN_TEXT;
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
