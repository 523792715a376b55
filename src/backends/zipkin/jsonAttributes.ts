import {
  isAttributeBytes,
  isAttributeMap,
  Attributes,
  type Attribute,
  type AttributeValue,
} from '../../model/attributes';

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

/** The JSON object by which OpenTelemetry's exporters write the attributes of events and links. A key that repeats counts once. */
export function writeJsonAttributes({ entries }: Attributes): string {
  const known = new Set<string>();
  const fields = entries.flatMap(({ key, value }) => {
    if (known.has(key)) {
      return [];
    }
    known.add(key);
    return [`${JSON.stringify(key)}:${isPrimitive(value) ? JSON.stringify(value) : JSON.stringify(textOf(value))}`];
  });
  // Put together by hand because a key may be `__proto__`, which an object would swallow.
  return `{${fields.join(',')}}`;
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
  return Attributes.from(Object.entries(object).map(([key, value]): Attribute => ({ key, value: readValue(value) })));
}

function readValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    default:
      return value === null ? null : JSON.stringify(value);
  }
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
    return isAttributeMap(inner)
      ? `{${inner.entries.map((entry) => `${JSON.stringify(entry.key)}:${writeJson(entry.value)}`).join(',')}}`
      : JSON.stringify(inner.base64);
  }
  return typeof value === 'bigint' ? `"${value}"` : JSON.stringify(value);
}
