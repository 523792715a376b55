import { expandVariables, type ReplaceVariables } from './expandVariables';
import type { AttributeFilter } from './query';
import { hasVariable } from './variableText';

/** Replaces in texts that take one value; remembers and refuses several. */
export interface SingleText {
  readonly replace: ReplaceVariables;
  text(label: string, text: string): string;
}

/** A row whose variable holds nothing asks for nothing, as an empty field does. */
export function interpolateFilters(
  filters: readonly AttributeFilter[],
  field: SingleText
): readonly AttributeFilter[] | undefined {
  const replaced = filters.flatMap((filter) =>
    filter.operator !== 'exists' && expandVariables(filter.value, field.replace).isEmptied
      ? []
      : [interpolateFilter(filter, field)]
  );
  return replaced.length === 0 ? undefined : replaced;
}

/** Several values mean any of them, and none of them where the operator denies: a pattern says both. */
export function interpolateFilter({ key, operator, value }: AttributeFilter, field: SingleText): AttributeFilter {
  const replacedKey = field.text('The name of an attribute', key);
  if (!hasVariable(value)) {
    return { key: replacedKey, operator, value };
  }
  const expanded = expandVariables(value, field.replace);
  switch (operator) {
    case '=':
    case '!=':
      if (expanded.isSeveral) {
        return { key: replacedKey, operator: operator === '=' ? '=~' : '!~', value: expanded.pattern(false) };
      }
      return { key: replacedKey, operator, value: expanded.texts[0] ?? '' };
    case '=~':
    case '!~':
      return { key: replacedKey, operator, value: expanded.pattern(true) };
    default:
      return { key: replacedKey, operator, value: field.text(`${replacedKey} ${operator}`, value) };
  }
}
