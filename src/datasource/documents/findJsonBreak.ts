/** Where JSON stops being JSON; browsers do not agree on telling, and some never do. */
const TOKEN =
  /[ \t\n\r]*(?:([[\]{},:])|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/** What may come next. `key-or-end` and `value-or-end` stand behind an opening bracket. */
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

/**
 * The offset of the first character at which `text` is not the beginning of any JSON value, or its length when it only
 * breaks off.
 */
export function findJsonBreak(text: string): number {
  const open: Array<'{' | '['> = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (!token) {
      return endOfSpace(text, at);
    }
    const next = step(token[1] ?? (token[0].trimStart().startsWith('"') ? 'string' : 'other'), expected, open);
    if (next === undefined) {
      return endOfSpace(text, at);
    }
    expected = next;
    at = TOKEN.lastIndex;
  }
}

/** Undefined when the token may not stand here. */
function step(token: string, expected: Expected, open: Array<'{' | '['>): Expected | undefined {
  switch (token) {
    case '{':
    case '[':
      if (!expected.startsWith('value')) {
        return undefined;
      }
      open.push(token);
      return token === '{' ? 'key-or-end' : 'value-or-end';
    case '}':
    case ']':
      return expected.endsWith('-or-end') &&
        expected !== (token === '}' ? 'value-or-end' : 'key-or-end') &&
        open.pop() === (token === '}' ? '{' : '[')
        ? 'comma-or-end'
        : undefined;
    case ',':
      return expected === 'comma-or-end' && open.length > 0 ? (open.at(-1) === '{' ? 'key' : 'value') : undefined;
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    case 'string':
      return expected.startsWith('key') ? 'colon' : expected.startsWith('value') ? 'comma-or-end' : undefined;
    default:
      return expected.startsWith('value') ? 'comma-or-end' : undefined;
  }
}

/** Behind white space; a string, number or word that the end of the text cuts in two counts as broken off. */
function endOfSpace(text: string, from: number): number {
  const start = from + /^[ \t\n\r]*/.exec(text.slice(from, from + 10_000))![0].length;
  const rest = text.slice(start, start + 10_000_000);
  const isCut =
    /^(?:"[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*\\?|-?[\d.eE+-]*|t(?:ru?)?|f(?:a(?:ls?)?)?|nu?l?)$/.test(
      rest
    );
  return isCut ? text.length : start;
}
