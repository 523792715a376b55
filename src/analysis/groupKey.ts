import type { AttributeValue } from '../model/attributes';
import type { Span } from '../model/trace';

/** What spans can be told apart by. */
export type GroupKey =
  | { readonly by: 'service' | 'operation' | 'kind' | 'status' }
  /** An attribute of the span, else of its resource. */
  | { readonly by: 'attribute'; readonly key: string };

/** Undefined where the span has no such attribute; spans without one are a group of their own. */
export type GroupValue = AttributeValue | undefined;

export function readGroupValue(span: Span, groupKey: GroupKey): GroupValue {
  switch (groupKey.by) {
    case 'service':
      return span.resource.serviceName;
    case 'operation':
      return span.name;
    case 'kind':
      return span.kind;
    case 'status':
      return span.status.code;
    case 'attribute':
      return readAttribute(span, groupKey.key);
  }
}

/** An attribute of the span, else of its resource: what is said about the span itself is closer to it. */
export function readAttribute(span: Span, key: string): GroupValue {
  const value = span.attributes.get(key);
  return value === undefined ? span.resource.attributes.get(key) : value;
}

/**
 * A text that is equal for values that people read as equal: the number 200 and the text `200` are one value, as
 * instrumentations do not agree on types; a missing value, `null` and the empty text are three.
 */
export function valueIdentity(value: GroupValue): string {
  switch (typeof value) {
    case 'string':
      return `=${value}`;
    case 'undefined':
      return 'missing';
    case 'object':
      return value === null ? 'null' : JSON.stringify(value, (_, part: unknown) => plainForm(part));
    default:
      return `=${value}`;
  }
}

function plainForm(value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** One text for a list of texts; different lists never give the same. */
export function joinIdentities(identities: readonly string[]): string {
  return identities.map((identity) => `${identity.length}:${identity}`).join('');
}
