import type { ForeignQuery } from './dialect';

/** `{ … }` with whatever stands in it; neither texts nor `${variables}` end it. */
const SPAN_SET = /\{((?:"(?:[^"\\]|\\.)*"|`[^`]*`|\$\{[^{}]*\}|[^{}"`])*)\}/gs;

/** `with (most_recent=true)`: how to look, not what for. */
const HINTS = /\s+with\s*\([^()]*\)\s*$/;

/** `resource.service.name = "shop"`: scope, name, operator and one of the ways to write a value. */
const CONDITION =
  /^\s*(?:(resource|span)?[.:])?([\w.\-/]+)\s*(>=|<=|=~|!~|!=|=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|([\w.$\-{}:[\]]+))\s*$/;

/** What of a TraceQL text a search form can ask, as the filters of Grafana's search builder. */
export interface ReadTraceQl {
  readonly filters: readonly ForeignQuery[];
  /** Whether the text asks nothing else: one pair of braces, conditions that all must hold, each of a known shape. */
  readonly isAll: boolean;
}

/** Of several span sets the first with a condition that can be read. What holds only of some traces found is left out. */
export function readTraceQl(text: string): ReadTraceQl {
  const asked = text.replace(HINTS, '').trim();
  for (const [whole, inside] of asked.matchAll(SPAN_SET)) {
    const { filters, isAll } = readConditions(inside);
    const isAlone = whole === asked;
    if (filters.length > 0 || isAlone) {
      return { filters, isAll: isAll && isAlone };
    }
  }
  return { filters: [], isAll: false };
}

function readConditions(inside: string): ReadTraceQl {
  if (inside.trim() === '') {
    return { filters: [], isAll: true };
  }
  let filters: ForeignQuery[] = [];
  let isAll = true;
  for (const { text, isAlternative } of splitConditions(inside)) {
    const filter = isAlternative ? undefined : readCondition(text);
    // Both operators bind alike, so an alternative is one to everything before it.
    filters = isAlternative ? [] : [...filters, ...(filter ? [filter] : [])];
    isAll &&= filter !== undefined;
  }
  return { filters, isAll };
}

interface Part {
  text: string;
  /** Whether it is joined to what stands before it by `||`. */
  readonly isAlternative: boolean;
}

function splitConditions(inside: string): readonly Part[] {
  const parts: Part[] = [{ text: '', isAlternative: false }];
  let depth = 0;
  for (const [token] of inside.matchAll(/"(?:[^"\\]|\\.)*"|`[^`]*`|&&|\|\||./gs)) {
    if (depth === 0 && (token === '&&' || token === '||')) {
      parts.push({ text: '', isAlternative: token === '||' });
    } else {
      depth += token === '(' ? 1 : token === ')' ? -1 : 0;
      parts[parts.length - 1].text += token;
    }
  }
  return parts;
}

/** Of the span itself, which the builder names without a scope: an attribute of such a name cannot be told from it. */
const FIELDS: readonly string[] = ['name', 'duration', 'status', 'kind'];

function readCondition(text: string): ForeignQuery | undefined {
  const found = CONDITION.exec(text);
  if (!found) {
    return undefined;
  }
  const [whole, scope, tag, operator, quoted, raw, bare] = found;
  const isAttribute = /^\s*(?:resource|span)?\./.test(whole);
  if ((isAttribute && FIELDS.includes(tag)) || (bare === 'nil' && operator !== '!=')) {
    return undefined;
  }
  return {
    tag,
    operator: bare === 'nil' ? 'exists' : operator,
    // Without a scope TraceQL looks at spans and resources, as a search by tags does.
    scope: isAttribute ? (scope ?? scopeOf(tag)) : undefined,
    value: raw ?? unquote(quoted) ?? bare,
  };
}

function scopeOf(tag: string): string {
  return tag === 'service.name' ? 'resource' : 'span';
}

function unquote(quoted: string | undefined): string | undefined {
  return quoted?.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
