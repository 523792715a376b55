/** Variables without a value: which fields hold one, and what is said about it. */
import { readChoices } from './choices';
import type { QueryField, QueryProblem } from './validate';
import { firstVariable, firstVariableInName, type IsWritten } from './variableText';

export function unresolved<TField extends QueryField>(
  query: { readonly [field in TField]?: string | number },
  fields: readonly TField[],
  isWritten: IsWritten
): QueryProblem[] {
  return fields.flatMap((field) => {
    const variable = firstVariable(String(query[field] ?? ''), isWritten);
    return variable === undefined ? [] : [{ field, message: noValue(variable) }];
  });
}

/** In fields of names, or of several: `{checkout,payment}` or a list. */
export function unresolvedNames<TField extends QueryField>(
  query: { readonly [field in TField]?: string | readonly string[] },
  fields: readonly TField[],
  isWritten: IsWritten
): QueryProblem[] {
  return fields.flatMap((field) => {
    const value = query[field];
    const names = typeof value === 'object' ? value : readChoices(value);
    const variable = names.map((name) => firstVariableInName(name, isWritten)).find(Boolean);
    return variable === undefined ? [] : [{ field, message: noValue(variable) }];
  });
}

export function noValue(variable: string): string {
  return `The variable ${variable} has no value here. Define it, or write the value itself.`;
}
