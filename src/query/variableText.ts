/**
 * Grafana's three spellings of a variable: `${name}` (with field path and format), `$name` and `[[name]]`. A digit after
 * `$` starts no variable here: `$1` is how SQL writes a parameter, and `db.query.text` is full of those.
 */
const VARIABLE = /\$\{[^{}]*\}|\$[A-Za-z_]\w*|\[\[\w+(?::\w+)?\]\]/;

/** Those spellings that nobody uses for anything else. */
const MARKED_VARIABLE = /\$\{[^{}]*\}|\[\[\w+(?::\w+)?\]\]/;

export function hasVariable(text: string): boolean {
  return VARIABLE.test(text);
}

/** Whether a variable, as it is spelled, was written by the author of a query, and did not come out of a variable's value. */
export type IsWritten = (variable: string) => boolean;

/** Of a query before its variables are replaced. */
export function writtenIn(query: unknown): IsWritten {
  return (variable) => holdsVariable(query, variable);
}

function holdsVariable(value: unknown, variable: string): boolean {
  if (typeof value === 'string') {
    return variablesIn(value, VARIABLE).includes(variable);
  }
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((part) => holdsVariable(part, variable))
  );
}

/** The first variable that is left in a text in which a dollar sign has no other meaning; as spelled. */
export function firstVariable(text: string, isWritten: IsWritten): string | undefined {
  return variablesIn(text, VARIABLE).find(isWritten);
}

/**
 * The same in a name or value, which may hold a dollar sign of its own (`Outer$Inner.run`, `SELECT $total`): there `$name`
 * is a variable only where it is all there is.
 */
export function firstVariableInName(text: string, isWritten: IsWritten): string | undefined {
  const [whole] = variablesIn(text, VARIABLE);
  const candidates = whole === text.trim() ? [whole] : variablesIn(text, MARKED_VARIABLE);
  return candidates.find(isWritten);
}

/** The first `$name` that a name or value keeps as it stands. */
export function literalVariable(text: string, isWritten: IsWritten): string | undefined {
  return firstVariableInName(text, isWritten) === undefined ? firstVariable(text, isWritten) : undefined;
}

function variablesIn(text: string, spelling: RegExp): readonly string[] {
  return [...text.matchAll(new RegExp(spelling, 'g'))].map(([variable]) => variable);
}
