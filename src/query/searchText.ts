import type { AttributeFilter } from './query';
import { nextWord, skipSpace, type Word } from './searchWords';

/** What is wrong with one word of a filter text. */
export interface SearchTextProblem {
  /** Index of the offending word in the text. */
  readonly position: number;
  /** The word as written. */
  readonly word: string;
  /** A sentence that says what to write instead. */
  readonly message: string;
}

export interface SearchText {
  readonly filters: readonly AttributeFilter[];
  readonly problems: readonly SearchTextProblem[];
}

/**
 * Reads attribute filters in logfmt: `http.status_code=500 db.statement="SELECT 1" error`. A bare key means `=true`, as
 * in the logfmt that Grafana's Jaeger source reads; a key may repeat; a JSON object, as Jaeger's UI puts it into its
 * address, is read too. Words that cannot be meant are reported and left out, the others still count.
 *
 * The `logfmt` package is not used: it returns an object, which loses repeated keys and lets a key reach a prototype,
 * and it has no positions for messages.
 */
export function parseSearchText(text: string): SearchText {
  const fromJson = readJsonObject(text);
  if (fromJson) {
    return { filters: fromJson, problems: [] };
  }
  const filters: AttributeFilter[] = [];
  const problems: SearchTextProblem[] = [];
  for (let at = skipSpace(text, 0); at < text.length;) {
    const word = nextWord(text, at);
    const message = problemOf(word);
    if (message === undefined) {
      filters.push({ key: word.key, operator: '=', value: word.hasValue ? word.value : 'true' });
    } else {
      problems.push({ position: at, word: text.slice(at, word.end), message });
    }
    at = skipSpace(text, word.end);
  }
  return { filters, problems };
}

/** The inverse of `parseSearchText`: quotes only what needs it. */
export function formatSearchText(filters: readonly AttributeFilter[]): string {
  return filters.map(({ key, value }) => `${quoteIfNeeded(key)}=${quoteIfNeeded(value)}`).join(' ');
}

/** Space, quotes, braces and whatever could be read as an operator; a word starting with `~` would read as `=~`. */
const NEEDS_QUOTES = /^$|^~|[!<>~]$|[\s"'\\={}\u0000-\u001f\u007f]/;

function quoteIfNeeded(text: string): string {
  return NEEDS_QUOTES.test(text) || CONJUNCTION.test(text) ? JSON.stringify(text) : text;
}

const CONJUNCTION = /^(?:and|or|&&|\|\|)$/i;

function problemOf(word: Word): string | undefined {
  if (word.unclosedQuote) {
    return 'A quote is opened and never closed.';
  }
  if (word.trailing !== '') {
    return `After a closing quote there must be a space, not ${shown(word.trailing)}.`;
  }
  if (word.key === '') {
    return 'The name of an attribute is missing before “=”.';
  }
  if (!word.isKeyQuoted && !word.hasValue) {
    if (CONJUNCTION.test(word.key)) {
      return `Filters are joined by a space and all must hold: leave out ${shown(word.key)}.`;
    }
    const separator = /[:<>]/.exec(word.key)?.[0];
    if (separator !== undefined) {
      return `Write name=value: ${shown(separator)} does not separate a name from its value here.`;
    }
    if (/[{}]/.test(word.key)) {
      return 'Write name=value, or a complete JSON object.';
    }
    if (word.key.includes("'")) {
      return 'A value with spaces is quoted with double quotes: name="two words".';
    }
  }
  if (!word.isKeyQuoted && word.hasValue && /[!<>~]$/.test(word.key)) {
    return `Only “=” is supported: ${shown(word.key.slice(-1) + '=')} cannot be asked of this search.`;
  }
  if (!word.isValueQuoted && /^[=~]/.test(word.value)) {
    return `Only “=” is supported: ${shown('=' + word.value[0])} cannot be asked of this search.`;
  }
  if (!word.isValueQuoted && /^'[^']*$/.test(word.value)) {
    return 'A value with spaces is quoted with double quotes: name="two words".';
  }
  return undefined;
}

function shown(text: string): string {
  return `“${text}”`;
}

function readJsonObject(text: string): AttributeFilter[] | undefined {
  if (!text.trimStart().startsWith('{')) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return typeof value === 'object' && value !== null
    ? (readPairs(text) ?? Object.entries(value)).map(([key, entry]) => ({
        key,
        operator: '=',
        value: typeof entry === 'string' ? entry : JSON.stringify(entry),
      }))
    : undefined;
}

/** One name of a sound JSON object with its value, up to the next. */
const PAIR = /\s*("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,{}[\]"]+)\s*(?:,|$)/y;

/** Of an object of texts, numbers and the like, a name as often as it is written: an object would keep the last. */
function readPairs(json: string): Array<[key: string, value: unknown]> | undefined {
  const inside = json.trim().slice(1, -1).trimEnd();
  const pairs: Array<[string, unknown]> = [];
  for (let at = 0; at < inside.length; at = PAIR.lastIndex) {
    PAIR.lastIndex = at;
    const pair = PAIR.exec(inside);
    if (!pair) {
      return undefined;
    }
    pairs.push([JSON.parse(pair[1]) as string, JSON.parse(pair[2])]);
  }
  return pairs;
}
