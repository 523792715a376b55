import type { ForeignQuery } from './dialect';

/** `resource.service.name = "shop"`: scope, name, operator and one of the ways to write a value; all start at `lastIndex`. */
const CONDITION =
  /\s*(?:(resource|span)?[.:])?([\w.\-/]+)\s*(>=|<=|=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|([\w.$\-{}:]+))\s*/y;

/**
 * The conditions of TraceQL that asks no more than a search form can: one pair of braces, conditions that all must hold.
 * As the filters of Grafana's search builder; undefined for everything else, which `tempoSearch` then never sees.
 */
export function readSimpleTraceQl(text: string): readonly ForeignQuery[] | undefined {
  const inside = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (inside === undefined) {
    return undefined;
  }
  const filters: ForeignQuery[] = [];
  let at = 0;
  while (inside.slice(at).trim() !== '') {
    if (filters.length > 0) {
      if (!inside.startsWith('&&', at)) {
        return undefined;
      }
      at += 2;
    }
    CONDITION.lastIndex = at;
    const found = CONDITION.exec(inside);
    if (!found) {
      return undefined;
    }
    const [whole, scope, tag, operator, quoted, raw, bare] = found;
    const isAttribute = whole.trimStart().includes('.') && /^(?:resource|span)?\./.test(whole.trimStart());
    // Without a scope TraceQL looks at spans and resources, as a search by tags does.
    filters.push({
      tag,
      operator,
      scope: isAttribute ? (scope ?? scopeOf(tag)) : undefined,
      value: raw ?? unquote(quoted) ?? bare,
    });
    at += whole.length;
  }
  return filters;
}

function scopeOf(tag: string): string {
  return tag === 'service.name' ? 'resource' : 'span';
}

function unquote(quoted: string | undefined): string | undefined {
  return quoted?.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
