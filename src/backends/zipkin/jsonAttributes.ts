import {
  isAttributeBytes,
  isAttributeMap,
  Attributes,
  type Attribute,
  type AttributeValue,
} from '../../model/attributes';
import { plainValue } from '../../wire/plainValue';

/** A value as the text that a tag holds. Lists and maps become their JSON, binary data its base64, no value an empty text. */
export function textOf(value: AttributeValue): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'object':
      return value === null ? '' : isAttributeBytes(value) ? value.base64 : writeJson(value);
    default:
      return String(value);
  }
}

/** The JSON object by which OpenTelemetry's exporters write the attributes of events and links. */
export function writeJsonAttributes({ entries }: Attributes): string {
  return writeObject(entries, (value) => JSON.stringify(isPrimitive(value) ? value : textOf(value)));
}

/** A key that repeats counts once. Put together by hand because a key may be `__proto__`, which an object would swallow. */
function writeObject(entries: readonly Attribute[], write: (value: AttributeValue) => string): string {
  const fields = new Map<string, string>();
  for (const { key, value } of entries) {
    if (!fields.has(key)) {
      fields.set(key, `${JSON.stringify(key)}:${write(value)}`);
    }
  }
  return `{${[...fields.values()].join(',')}}`;
}

/** The inverse; undefined for what is no JSON object. What such JSON nests comes back as its text. */
export function readJsonAttributes(text: string): Attributes | undefined {
  let object: unknown;
  try {
    object = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    return undefined;
  }
  return Attributes.from(Object.entries(object).map(([key, value]): Attribute => ({ key, value: plainValue(value) })));
}

/** What JSON gives back as it was. */
function isPrimitive(value: AttributeValue): boolean {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

function writeJson(value: AttributeValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(writeJson).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const inner = value as Exclude<typeof value, readonly AttributeValue[]>;
    return isAttributeMap(inner) ? writeObject(inner.entries, writeJson) : JSON.stringify(inner.base64);
  }
  return typeof value === 'bigint' ? `"${value}"` : JSON.stringify(value);
}
