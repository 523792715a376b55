/**
 * Grafana's three spellings of a variable: `${name}` (with field path and format), `$name` and `[[name]]`. A digit after
 * `$` starts no variable here: `$1` is how SQL writes a parameter, and `db.query.text` is full of those.
 */
const VARIABLE = /\$\{[^{}]*\}|\$[A-Za-z_]\w*|\[\[\w+(?::\w+)?\]\]/;

/** The first variable written in a text, as written; undefined when there is none. */
export function firstVariable(text: string): string | undefined {
  return VARIABLE.exec(text)?.[0];
}

export function hasVariable(text: string): boolean {
  return VARIABLE.test(text);
}
