import type { JsonObject } from '../read';

/** The key under which a field is there: protobuf's JSON parsers take both spellings, so writers use both. */
export function spelling(object: JsonObject, camelCase: string, snakeCase: string): string {
  return object[camelCase] === undefined && object[snakeCase] !== undefined ? snakeCase : camelCase;
}
