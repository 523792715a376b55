import { isInheritedKey, type AttributeValue } from '../model/attributes';
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
  const values = rows.map((row) => {
    const value = read(row);
    return value === undefined ? undefined : frameValue(value);
  });
  const config = tableConfig(key === '' ? '(empty key)' : key);
  const name = freeName(key, taken);
  taken.add(name);
  for (const type of [FIELD_TYPE.number, FIELD_TYPE.boolean]) {
    const present = values.filter((value) => value !== undefined);
    if (present.length > 0 && present.every((value) => typeof value === type)) {
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
