import type { ComboboxOption } from '@grafana/ui';

/**
 * Sets a row of the list apart from the same text typed. The Combobox (`@grafana/ui` 12.4) offers a typed text first,
 * where Enter takes it, unless a row has that very value; then Enter takes whichever row its fuzzy search ranks first,
 * which for `GET /` may be `GET`, and with a chosen row it starts from that row's place in the whole list. No row has
 * the value of a typed or a chosen text, so neither happens. U+2060 is the invisible word joiner.
 */
const LISTED = '\u2060';

/** The list of a picker: the dashboard's variables, then the names of the catalogue, each once. */
export function nameOptions(variables: readonly string[], names: readonly string[]): Array<ComboboxOption<string>> {
  return [...new Set([...variables, ...names])].map((name) => ({ value: LISTED + name, label: name }));
}

/** The name behind the value of a chosen row or of a typed text; undefined when nothing is left of it. */
export function nameOfOption(value: string): string | undefined {
  return (value.startsWith(LISTED) ? value.slice(LISTED.length) : value.trim()) || undefined;
}
