import { FieldType, type DataFrame } from '@grafana/data';
import type { VariableDefinition } from './dashboardJson';

export interface VariableOption {
  readonly text: string;
  readonly value: string;
}

/** `a, b, label : value` of a custom variable. A comma behind a backslash belongs to the value. */
export function customOptions(query: string): VariableOption[] {
  return query
    .split(/(?<!\\),/)
    .map((part) => part.replace(/\\,/g, ',').trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, label, value] = /^(.+?)\s:\s(.+)$/.exec(part) ?? [];
      return label === undefined ? { text: part, value: part } : { text: label, value };
    });
}

/**
 * The values in an answer to a variable query (Grafana 12.4, features/variables/query/operators.ts): columns called
 * `text` and `value`, else the first string column of the first frame for both.
 */
export function optionsOfFrames(frames: readonly DataFrame[]): VariableOption[] {
  const [frame] = frames;
  const named = (name: string) => frame?.fields.find((field) => field.name.toLowerCase() === name);
  const first = frame?.fields.find(({ type }) => type === FieldType.string);
  const texts = named('text') ?? named('value') ?? first;
  const values = named('value') ?? texts;
  return texts && values
    ? texts.values.map((text, row) => ({ text: String(text), value: String(values.values[row]) }))
    : [];
}

/** Each value once, those that the regular expression lets through (its first group, if any, is what stays), sorted. */
export function refineOptions(
  options: readonly VariableOption[],
  { regex, sort }: Pick<VariableDefinition, 'regex' | 'sort'>
): VariableOption[] {
  const pattern = readPattern(regex);
  const byValue = new Map<string, VariableOption>();
  for (const option of options) {
    const found = pattern ? pattern.exec(option.text) : undefined;
    if (pattern && !found) {
      continue;
    }
    const { groups } = found ?? {};
    const captured = found && found.length > 1 ? found[1] : undefined;
    const value = groups?.value ?? captured ?? option.value;
    byValue.set(value, { text: groups?.text ?? captured ?? option.text, value });
  }
  return sorted([...byValue.values()], sort);
}

/** `/pattern/flags` or a pattern; one that does not compile is none. */
function readPattern(regex: string): RegExp | undefined {
  if (regex === '') {
    return undefined;
  }
  const [, pattern, flags] = /^\/(.*)\/([a-z]*)$/s.exec(regex) ?? [undefined, regex, ''];
  try {
    // Without `g`, each text is looked at from its start.
    return new RegExp(pattern ?? '', (flags ?? '').replace('g', ''));
  } catch {
    return undefined;
  }
}

function sorted(options: VariableOption[], sort: number): VariableOption[] {
  const direction = sort % 2 === 0 ? -1 : 1;
  const number = ({ text }: VariableOption) => Number(/\d+(\.\d+)?/.exec(text)?.[0] ?? Number.NaN);
  switch (sort) {
    case 1:
    case 2:
      return options.sort((a, b) => direction * (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
    case 3:
    case 4:
      return options.sort((a, b) => direction * (number(a) - number(b)));
    case 5:
    case 6:
      return options.sort((a, b) => direction * a.text.toLowerCase().localeCompare(b.text.toLowerCase()));
    case 7:
    case 8:
      return options.sort((a, b) => direction * a.text.localeCompare(b.text, undefined, { numeric: true }));
    default:
      return options;
  }
}
