import type { Span } from '../../model/trace';
import { operationIdentity } from '../operation';

/** Whom a call goes to, by the first key that is there; today's names before older ones. */
const TARGET_KEYS = ['peer.service', 'server.address', 'net.peer.name', 'messaging.destination.name', 'db.namespace'];
const STATEMENT_KEYS = ['db.query.summary', 'db.query.text', 'db.statement'];
const ADDRESS_KEYS = ['url.full', 'http.url', 'url.path', 'http.target'];

/** Statements may be megabytes; what they do stands at their beginning. */
const MAX_STATEMENT = 500;
const LITERALS = /'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g;
const LISTS = /\(\s*\?(?:\s*,\s*\?)*\s*\)/g;

/** Equal for calls of one kind: the same operation on the same target, whatever values it is asked with. */
export function callKind(span: Span): string {
  const statement = firstText(span, STATEMENT_KEYS)
    ?.slice(0, MAX_STATEMENT)
    .replace(LITERALS, '?')
    .replace(LISTS, '(?)');
  return JSON.stringify([operation(span), firstText(span, TARGET_KEYS), statement]);
}

/** Equal for calls that ask the same, as far as the spans tell. */
export function sameCall(span: Span): string {
  const statement = firstText(span, STATEMENT_KEYS)?.slice(0, MAX_STATEMENT);
  return JSON.stringify([operation(span), firstText(span, TARGET_KEYS), statement, firstText(span, ADDRESS_KEYS)]);
}

/** Lists of at least `atLeast` items that have the same key, in the order of their first items. */
export function groupsBy<T>(items: readonly T[], keyOf: (item: T) => string, atLeast: number): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return [...groups.values()].filter(({ length }) => length >= atLeast);
}

/** The cheap part of both identities: most siblings already differ in it. */
export function operation({ kind, name, resource }: Span): string {
  return `${kind} ${operationIdentity(resource.serviceName, name)}`;
}

function firstText({ attributes }: Span, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = attributes.getString(key);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}
