/** Rows of attribute filters: how they are read, judged and written. */
import { compileValuePattern } from '../model/valuePattern';
import { ATTRIBUTE_OPERATORS, type AttributeOperator, type BackendCapabilities } from './capabilities';
import type { AttributeFilter } from './query';
import { formatSearchText } from './searchText';
import { hasVariable } from './variableText';

/** Anything saved → rows; undefined when there is none. What names no key is no row. */
export function readFilterRows(value: unknown): readonly AttributeFilter[] | undefined {
  const rows = (Array.isArray(value) ? value : []).flatMap((entry: unknown) => readRow(entry) ?? []);
  return rows.length === 0 ? undefined : rows;
}

function readRow(entry: unknown): AttributeFilter | undefined {
  if (typeof entry !== 'object' || entry === null) {
    return undefined;
  }
  const { key, operator, value } = entry as Readonly<Record<string, unknown>>;
  if (typeof key !== 'string' || key.trim() === '') {
    return undefined;
  }
  const known = readOperator(operator);
  return known && { key: key.trim(), operator: known, value: known === 'exists' ? '' : readValue(value) };
}

/** The first row whose operator is none of ours, in words: leaving it out would answer another question. */
export function unknownOperator(value: unknown): string | undefined {
  for (const entry of Array.isArray(value) ? (value as unknown[]) : []) {
    if (typeof entry === 'object' && entry !== null) {
      const { key, operator, value: wanted } = entry as Readonly<Record<string, unknown>>;
      if (typeof key === 'string' && key.trim() !== '' && readOperator(operator) === undefined) {
        return [key, operator, wanted].filter((part) => typeof part === 'string').join(' ');
      }
    }
  }
  return undefined;
}

function readOperator(operator: unknown): AttributeOperator | undefined {
  return operator === undefined ? '=' : ATTRIBUTE_OPERATORS.find((known) => known === operator);
}

function readValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}

/** Why a row as it is being written cannot be applied. Its variables are not judged. */
export function filterRowProblem(filter: AttributeFilter): string | undefined {
  return filterProblem(hasVariable(filter.value) ? { ...filter, operator: 'exists' } : filter);
}

/** Why a filter whose variables are replaced cannot be applied, in a sentence; undefined when it can. */
export function filterProblem({ key, operator, value }: AttributeFilter): string | undefined {
  if (key.trim() === '') {
    return 'Choose an attribute.';
  }
  if (operator === 'exists') {
    return undefined;
  }
  if (value === '') {
    return `Enter a value for “${key}”, or ask whether it exists.`;
  }
  switch (operator) {
    case '=~':
    case '!~':
      return compileValuePattern(value) ? undefined : `“${value}” is not a regular expression.`;
    case '<':
    case '>':
      return Number.isFinite(Number(value)) && value.trim() !== ''
        ? undefined
        : `“${operator}” compares numbers, and “${value}” is none.`;
    default:
      return undefined;
  }
}

/** As a person would write it: `http.status_code != 200`, `db.system exists`, and for `=` the logfmt of the tags field. */
export function displayFilter(filter: AttributeFilter): string {
  const { key, operator, value } = filter;
  return operator === '='
    ? formatSearchText([filter])
    : operator === 'exists'
      ? `${key} exists`
      : `${key} ${operator} ${value}`;
}

/** Who applies a condition: the store to all its traces, or the browser to those that were fetched. */
export type FilterPlace = 'server' | 'browser';

/** The filters that a server can apply and the others, which are then applied to fetched traces. */
export function splitFilters(
  filters: readonly AttributeFilter[],
  { attributeOperators, repeatedKeys }: Pick<BackendCapabilities, 'attributeOperators' | 'repeatedKeys'>
): { readonly server: readonly AttributeFilter[]; readonly here: readonly AttributeFilter[] } {
  const server: AttributeFilter[] = [];
  const here: AttributeFilter[] = [];
  for (const filter of filters) {
    const isTaken = !repeatedKeys && server.some((other) => asksForAnotherValue(filter, other));
    (attributeOperators.includes(filter.operator) && !isTaken ? server : here).push(filter);
  }
  return { server, here };
}

function asksForAnotherValue(a: AttributeFilter, b: AttributeFilter): boolean {
  return a.operator === '=' && b.operator === '=' && a.key === b.key && a.value !== b.value;
}
