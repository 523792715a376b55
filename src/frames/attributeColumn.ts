import { isInheritedKey, type AttributeValue } from '../model/attributes';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { tableConfig } from './tableConfig';
import { frameValue } from './tags';

/**
 * A column of values that strangers chose: of numbers or booleans where all are of that type, so that it sorts and sums
 * up as such, else of texts. `taken` holds the names of the other columns and gets this one's.
 */
export function attributeColumn<Row>(
  key: string,
  taken: Set<string>,
  rows: readonly Row[],
  read: (row: Row) => AttributeValue | undefined
): Column<Row> {
  return runAtOnce(attributeColumnSteps(key, taken, rows, read));
}

/** `attributeColumn` in steps. */
export function* attributeColumnSteps<Row>(
  key: string,
  taken: Set<string>,
  rows: readonly Row[],
  read: (row: Row) => AttributeValue | undefined
): Steps<Column<Row>> {
  const values = new Array<ReturnType<typeof frameValue> | undefined>(rows.length);
  const types = new Set<string>();
  for (let i = 0; i < rows.length; i++) {
    const value = read(rows[i]);
    if (value !== undefined) {
      values[i] = frameValue(value);
      types.add(typeof values[i]);
    }
    if ((i + 1) % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  const config = tableConfig(key === '' ? '(empty key)' : key);
  const name = freeName(key, taken);
  taken.add(name);
  for (const type of [FIELD_TYPE.number, FIELD_TYPE.boolean]) {
    if (types.size === 1 && types.has(type)) {
      return { name, type, config, read: (_, index) => values[index] };
    }
  }
  return {
    name,
    type: FIELD_TYPE.string,
    config,
    read: (_, index) => (values[index] === undefined ? undefined : String(values[index])),
  };
}

function freeName(key: string, taken: ReadonlySet<string>): string {
  let name = key === '' || isInheritedKey(key) ? `attribute.${key}` : key;
  while (taken.has(name)) {
    name = `attribute.${name}`;
  }
  return name;
}
