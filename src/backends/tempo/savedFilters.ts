import { isJsonObject } from '../../wire/read';
import { readText } from '../../query/readQuery';
import { attributeName, textLiteral } from './traceqlLiterals';

interface SavedFilter {
  readonly field: string;
  readonly operator: string;
  readonly literals: readonly string[];
}

/**
 * The rows of the built-in source's search builder as TraceQL. A row without a value says nothing; several values of one
 * row are alternatives, all of which a negation rules out.
 */
export function writeSavedFilters(filters: readonly unknown[]): string {
  const conditions = filters.flatMap((filter) => {
    const read = readFilter(filter);
    return read ? [writeFilter(read)] : [];
  });
  return conditions.length === 0 ? '{ }' : `{ ${conditions.join(' && ')} }`;
}

function writeFilter({ field, operator, literals }: SavedFilter): string {
  const conditions = literals.map((literal) => `${field} ${operator} ${literal}`);
  const conjunction = operator.startsWith('!') ? ' && ' : ' || ';
  return conditions.length === 1 ? conditions[0] : `(${conditions.join(conjunction)})`;
}

const OPERATORS = ['=', '!=', '=~', '!~', '>', '>=', '<', '<='];

function readFilter(filter: unknown): SavedFilter | undefined {
  if (!isJsonObject(filter)) {
    return undefined;
  }
  const tag = readText(filter.tag)?.replace(/^\./, '');
  const values = (Array.isArray(filter.value) ? filter.value : [filter.value]).flatMap(
    (value) => readText(value) ?? []
  );
  const operator = OPERATORS.find((known) => known === (filter.operator ?? '='));
  if (tag === undefined || values.length === 0 || operator === undefined) {
    return undefined;
  }
  const field = fieldOf(tag, filter.scope);
  const isText = field.values === 'text' || filter.valueType === 'string' || operator.endsWith('~');
  const mayBeWord = field.values === 'words' || filter.valueType === 'keyword' || filter.valueType === 'duration';
  const isBare = (value: string) => !isText && (BARE_VALUE.test(value) || (mayBeWord && BARE_WORD.test(value)));
  return {
    field: field.name,
    operator,
    literals: values.map((value) => (isBare(value) ? value : textLiteral(value))),
  };
}

/** Fields of the span itself. The builder saves them without a scope, or with `intrinsic`. */
const KEYWORD_FIELDS = ['status', 'kind', 'duration', 'traceDuration', 'span:status', 'span:kind', 'span:duration'];
const TEXT_FIELDS = ['name', 'statusMessage', 'rootName', 'rootServiceName'];

interface Field {
  readonly name: string;
  /** Only texts, words of the language and durations, or whatever an attribute may hold. */
  readonly values: 'text' | 'words' | 'any';
}

function fieldOf(tag: string, scope: unknown): Field {
  if (scope === 'resource' || scope === 'span') {
    return { name: attributeName(tag, scope), values: 'any' };
  }
  if (KEYWORD_FIELDS.includes(tag) || tag.startsWith('trace:') || tag.startsWith('span:')) {
    return { name: tag, values: 'words' };
  }
  return TEXT_FIELDS.includes(tag) ? { name: tag, values: 'text' } : { name: attributeName(tag), values: 'any' };
}

const BARE_VALUE = /^(?:-?\d+(?:\.\d+)?|true|false)$/;
/** Of the language, or a duration. */
const BARE_WORD = /^(?:[a-z]+|(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d|w|y))+)$/;
