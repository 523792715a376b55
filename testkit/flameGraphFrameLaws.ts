import type { DataFrame } from '@grafana/data';
import { FIELD_TYPE } from '../src/frames/fieldType';

const NUMBERS = ['level', 'value', 'self'];
const RIGHT_NUMBERS = ['valueRight', 'selfRight'];

/** What Grafana's flame graph reads, and how (12.4, packages/grafana-flamegraph/src/FlameGraph/dataTransform.ts). */
export function brokenFlameGraphLaws(frame: DataFrame): string[] {
  const names = new Set(frame.fields.map(({ name }) => name));
  const missing = [...NUMBERS, 'label'].filter((name) => !names.has(name));
  if (missing.length > 0) {
    return [`A flame graph frame needs the columns ${missing.map((name) => `"${name}"`).join(', ')}.`];
  }
  const right = RIGHT_NUMBERS.filter((name) => names.has(name));
  if (right.length === 1) {
    return [`A flame graph with "${right[0]}" needs both "valueRight" and "selfRight".`];
  }
  const laws = [...NUMBERS, ...right].flatMap((name) => brokenNumberLaws(frame, name));
  if (laws.length > 0) {
    return laws;
  }
  laws.push(...brokenLevelLaws(valuesOf(frame, 'level')), ...brokenLabelLaws(frame));
  if (laws.length === 0) {
    laws.push(...brokenSumLaws(frame, 'value', 'self'));
    laws.push(...(right.length > 0 ? brokenSumLaws(frame, 'valueRight', 'selfRight') : []));
  }
  return laws;
}

function brokenNumberLaws(frame: DataFrame, name: string): string[] {
  const field = frame.fields.find((candidate) => candidate.name === name);
  const laws: string[] = [];
  if (field?.type !== FIELD_TYPE.number) {
    laws.push(`"${name}" is declared ${String(field?.type)}, not number.`);
  }
  const wrong = field?.values.findIndex((value) => !(value >= 0)) ?? -1;
  if (wrong !== -1) {
    laws.push(`"${name}" of row ${wrong} is no number from 0 on: the panel would add NaN.`);
  }
  if (name !== 'level' && !field?.config.unit) {
    laws.push(`"${name}" has no unit, so the panel would call it a count.`);
  }
  return laws;
}

function brokenLevelLaws(levels: readonly number[]): string[] {
  if (levels.length === 0) {
    return ['There is no row; the panel reads the first without asking.'];
  }
  const wrong = levels.findIndex((level, row) =>
    row === 0 ? level !== 0 : !(Number.isInteger(level) && level >= 1 && level <= levels[row - 1] + 1)
  );
  return wrong === -1 ? [] : [`Row ${wrong} of level ${levels[wrong]} breaks the order: one root, depth first.`];
}

function brokenLabelLaws(frame: DataFrame): string[] {
  const labels = frame.fields.find(({ name }) => name === 'label')?.values ?? [];
  const wrong = labels.findIndex((label) => typeof label !== 'string' || label === '' || label in {});
  // The panel collects bars in a plain object by label and calls `push` on what it finds there.
  return wrong === -1 ? [] : [`The label of row ${wrong} is empty or the name of a member of every object.`];
}

/** A bar is as wide as its own time and its children together, else children would hang over its ends. */
function brokenSumLaws(frame: DataFrame, valueName: string, selfName: string): string[] {
  const levels = valuesOf(frame, 'level');
  const values = valuesOf(frame, valueName);
  const sums = [...valuesOf(frame, selfName)];
  const path: number[] = [];
  levels.forEach((level, row) => {
    path[level] = row;
    if (level > 0) {
      sums[path[level - 1]] += values[row];
    }
  });
  // Means of many traces are rounded once per row.
  const wrong = values.findIndex((value, row) => sums[row] > value * (1 + 1e-9) + 1e-3);
  return wrong === -1 ? [] : [`"${valueName}" of row ${wrong} is less than its own time and its children together.`];
}

function valuesOf(frame: DataFrame, name: string): number[] {
  return frame.fields.find((field) => field.name === name)?.values ?? [];
}
