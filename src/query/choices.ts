/**
 * Several values in one text, for fields where that has a meaning: `{checkout,payment}`, which is how Grafana writes a
 * variable of several values by default. A value with a comma, a brace or a quote stands in double quotes.
 */

/** The values of a field, each once, in their order. One for every text that is no list; none for an empty one. */
export function readChoices(text: string | undefined): readonly string[] {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') {
    return [];
  }
  const list = /^\{(.*,.*)\}$/s.exec(trimmed)?.[1];
  const values = list === undefined ? undefined : splitList(list);
  return values === undefined ? [trimmed] : [...new Set(values)];
}

/** What people enter as the "custom all value" of a variable: a name of everything is no condition. */
const ANYTHING: ReadonlySet<string> = new Set(['*', '.*', '.+', '$__all']);

/** `readChoices` of names to choose by; none means any. */
export function readNames(text: string | undefined): readonly string[] {
  const choices = readChoices(text);
  return choices.some((choice) => ANYTHING.has(choice)) ? [] : choices;
}

/** The inverse of `readChoices`. */
export function formatChoices(values: readonly string[]): string {
  return values.length < 2 ? (values[0] ?? '') : `{${values.map(quoteIfNeeded).join(',')}}`;
}

const ITEM = /\s*(?:"((?:[^"\\]|\\.)*)"|([^",{}]*?))\s*(?:,|$)/sy;

/** Undefined when it is no list after all: `{a, "b}`. */
function splitList(text: string): string[] | undefined {
  const values: string[] = [];
  for (let at = 0; at < text.length;) {
    ITEM.lastIndex = at;
    const match = ITEM.exec(text);
    if (!match) {
      return undefined;
    }
    const [, quoted, plain] = match;
    const value = quoted === undefined ? plain : quoted.replace(/\\(.)/gs, '$1');
    if (value !== '') {
      values.push(value);
    }
    at = ITEM.lastIndex;
  }
  return values;
}

function quoteIfNeeded(value: string): string {
  return /[",{}\\]|^\s|\s$/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}
