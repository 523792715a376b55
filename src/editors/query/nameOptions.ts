import type { ComboboxOption } from '@grafana/ui';

/**
 * The list of a picker: what is chosen now, the dashboard's variables, then the names of the catalogue, each once.
 *
 * The chosen one goes first because the Combobox highlights the row at the chosen one's index in the whole list even
 * when typing has narrowed it, so that Enter would take another name than the one typed (`@grafana/ui` 12.4).
 */
export function nameOptions(
  chosen: string | undefined,
  variables: readonly string[],
  names: readonly string[]
): Array<ComboboxOption<string>> {
  const values = new Set([...(chosen ? [chosen] : []), ...variables, ...names]);
  return [...values].map((value) => ({ value, label: value }));
}
