import type { AttributeValue } from '../model/attributes';

/** A JSON value where a wire has plain ones only: what it nests all the same becomes its JSON text. */
export function plainValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : JSON.stringify(value);
    default:
      return null;
  }
}
