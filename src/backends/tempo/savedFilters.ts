import { isJsonObject } from '../../wire/read';
import { builderTag } from '../../query/foreign/tempoSearch';
import { readText } from '../../query/readQuery';
import { firstVariable } from '../../query/variableText';
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
    const read = readFilter(filter, filters);
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

function readFilter(filter: unknown, all: readonly unknown[]): SavedFilter | undefined {
  if (!isJsonObject(filter)) {
    return undefined;
  }
  const tag = builderTag(filter, all);
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
  const isBare = (value: string) =>
    !isText && (BARE_VALUE.test(value) || isVariable(value) || (mayBeWord && BARE_WORD.test(value)));
  return {
    field: field.name,
    operator,
    literals: values.map((value) => (isBare(value) ? value : textLiteral(value))),
  };
}

/** Fields of a span or its trace. The builder may save a scope with them, which Tempo's source leaves out. */
const TEXT_FIELDS = ['name', 'statusMessage', 'rootName', 'rootServiceName'];
const OTHER_FIELDS = [
  'status',
  'kind',
  'duration',
  'traceDuration',
  'childCount',
  'nestedSetParent',
  'nestedSetLeft',
  'nestedSetRight',
];

const SCOPES: readonly unknown[] = ['resource', 'span', 'event', 'link', 'instrumentation'];
const SCOPED_FIELD = /^(?:trace|span|event|link|instrumentation):(\w+)$/;
const SCOPED_OTHERS = ['status', 'kind', 'duration', 'timeSinceStart', 'childCount'];

interface Field {
  readonly name: string;
  /** Only texts, words of the language and durations, or whatever an attribute may hold. */
  readonly values: 'text' | 'words' | 'any';
}

function fieldOf(tag: string, scope: unknown): Field {
  const scoped = SCOPED_FIELD.exec(tag)?.[1];
  if (scoped !== undefined) {
    return { name: tag, values: SCOPED_OTHERS.includes(scoped) ? 'words' : 'text' };
  }
  if (TEXT_FIELDS.includes(tag)) {
    return { name: tag, values: 'text' };
  }
  return OTHER_FIELDS.includes(tag)
    ? { name: tag, values: 'words' }
    : { name: attributeName(tag, SCOPES.includes(scope) ? String(scope) : undefined), values: 'any' };
}

/** Of what type its value will be only the dashboard knows; a unit may follow it. */
function isVariable(value: string): boolean {
  const variable = firstVariable(value, () => true);
  return variable !== undefined && value.startsWith(variable) && /^[a-z]*$/.test(value.slice(variable.length));
}

const BARE_VALUE = /^(?:-?\d+(?:\.\d+)?|true|false)$/;
/** Of the language, or a duration. */
const BARE_WORD = /^(?:[a-z]+|(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d|w|y))+)$/;
