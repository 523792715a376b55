/** One `key=value` of a filter text, its quotes and escapes resolved. */
export interface Word {
  readonly key: string;
  readonly isKeyQuoted: boolean;
  readonly hasValue: boolean;
  /** Empty when there is none. */
  readonly value: string;
  readonly isValueQuoted: boolean;
  /** What follows a closing quote without a space between; empty when sound. */
  readonly trailing: string;
  readonly unclosedQuote: boolean;
  /** Index of the first character after the word. */
  readonly end: number;
}

interface Part {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly isClosed: boolean;
  readonly end: number;
}

/** Reads the word that starts at `start`, which must not be a space. Never fails: what is odd is told in the word. */
export function nextWord(text: string, start: number): Word {
  const key = nextPart(text, start, true);
  const hasValue = key.isClosed && text[key.end] === '=';
  const value = hasValue
    ? nextPart(text, key.end + 1, false)
    : { text: '', isQuoted: false, isClosed: true, end: key.end };
  const end = endOfWord(text, value.end);
  return {
    key: key.text,
    isKeyQuoted: key.isQuoted,
    hasValue,
    value: value.text,
    isValueQuoted: value.isQuoted,
    trailing: text.slice(value.end, end),
    unclosedQuote: !key.isClosed || !value.isClosed,
    end,
  };
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text[at])) {
    at++;
  }
  return at;
}

function nextPart(text: string, start: number, isKey: boolean): Part {
  if (text[start] === '"') {
    return quotedPart(text, start);
  }
  let at = start;
  while (at < text.length && !isSpace(text[at]) && !(isKey && text[at] === '=')) {
    at = afterVariable(text, at) ?? at + 1;
  }
  return { text: text.slice(start, at), isQuoted: false, isClosed: true, end: at };
}

/** A variable's own path may hold quotes and spaces: `${__data.fields["trace id"]}` is one piece. */
function afterVariable(text: string, at: number): number | undefined {
  if (!text.startsWith('${', at)) {
    return undefined;
  }
  const close = text.indexOf('}', at);
  return close < 0 ? undefined : close + 1;
}

const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

function quotedPart(text: string, start: number): Part {
  let out = '';
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] !== '\\') {
      out += text[at++];
      continue;
    }
    const unicode = /^\\u([0-9a-fA-F]{4})/.exec(text.slice(at, at + 6));
    const escaped = ESCAPES.get(text[at + 1]);
    if (unicode) {
      out += String.fromCharCode(parseInt(unicode[1], 16));
      at += 6;
    } else if (escaped !== undefined) {
      out += escaped;
      at += 2;
    } else {
      // An unknown escape keeps its backslash: `\d` in a pattern, `\S` in a path.
      out += '\\';
      at++;
    }
  }
  const isClosed = at < text.length;
  return { text: out, isQuoted: true, isClosed, end: isClosed ? at + 1 : text.length };
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isSpace(text[at])) {
    at++;
  }
  return at;
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}
