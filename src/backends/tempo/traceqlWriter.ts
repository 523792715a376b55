import {
  ERROR,
  OTEL_LIBRARY_NAME,
  OTEL_LIBRARY_VERSION,
  OTEL_SCOPE_NAME,
  OTEL_SCOPE_VERSION,
  OTEL_STATUS_CODE,
  OTEL_STATUS_DESCRIPTION,
  SERVICE_NAME,
  SPAN_KIND,
} from '../../model/semconv';
import { formatGoDuration } from '../../model/time';
import type { AttributeFilter } from '../../query/query';
import type { SearchRequest } from '../backend';
import { BackendError } from '../errors';
import { isKnownBefore, type TempoServer } from './serverVersion';
import { attributeName, boundsOf, literalsOf, textLiteral } from './traceqlLiterals';

/** What of a search becomes text; limit and time range are parameters of the request. */
export type WrittenSearch = Omit<SearchRequest, 'limit' | 'window'>;

export interface SearchHints {
  readonly newestFirst: boolean;
}

/** Makes Tempo return the newest matches (2.8); without it any that it finds first. */
const MOST_RECENT = 'with (most_recent=true)';

/**
 * A search as TraceQL: one span must fulfil all of it. `&&` and `||` have the same precedence there, so every group of
 * alternatives is in parentheses. The matching spans are asked for their name, service and outcome, where the
 * server can be asked for fields (2.2).
 */
export function writeSearch(search: WrittenSearch, server: TempoServer, { newestFirst }: SearchHints): string {
  const select = isKnownBefore(server, 2, 2) ? '' : ' | select(name, resource.service.name, status)';
  return `${writeSpanFilter(search, server)}${select}${newestFirst ? ` ${MOST_RECENT}` : ''}`;
}

/** The part in braces alone. */
export function writeSpanFilter(search: WrittenSearch, server: TempoServer): string {
  const { service, spanName, status, minDuration, maxDuration } = search;
  const conditions = [
    ...(service === undefined ? [] : [`resource.service.name = ${textLiteral(service)}`]),
    ...(spanName === undefined ? [] : [`name = ${textLiteral(spanName)}`]),
    ...(status === undefined ? [] : [`status = ${status}`]),
    ...(minDuration === undefined ? [] : [`duration >= ${formatGoDuration(minDuration)}`]),
    ...(maxDuration === undefined ? [] : [`duration <= ${formatGoDuration(maxDuration)}`]),
    ...search.attributes.map((filter) => writeAttributeFilter(filter, server)),
  ];
  return conditions.length === 0 ? '{ }' : `{ ${conditions.join(' && ')} }`;
}

/** The spans of any of these services. Before 3.0 a list of values takes no notice of a choice between several. */
export function writeSpansOf(services: readonly string[]): string {
  return `{ ${anyOf(services.map((service) => `resource.service.name = ${textLiteral(service)}`))} }`;
}

/** One row. Keys that stand for a field of the span in other stores mean that field here too. */
export function writeAttributeFilter(filter: AttributeFilter, server: TempoServer): string {
  const { key, operator, value } = filter;
  const keyword = keywordCondition(filter);
  if (keyword !== undefined) {
    return keyword;
  }
  const textField = textFieldOf(key, server);
  if (textField !== undefined) {
    return writeTextCondition(textField, filter);
  }
  const name = attributeName(key);
  switch (operator) {
    case 'exists':
      return `${name} != nil`;
    case '=':
    case '!=':
      // A comparison with another type than the value's is false, `!=` too, so alternatives are joined by "or" in both.
      return anyOf(literalsOf(value).map((literal) => comparison(name, operator, literal)));
    case '=~':
    case '!~':
      return `${name} ${operator} ${patternLiteral(value, server)}`;
    case '<':
    case '>':
      return anyOf(
        (boundsOf(value.trim(), operator) ?? refuseNumber(filter)).map((literal) => comparison(name, operator, literal))
      );
  }

  function writeTextCondition(field: string, { operator: asked, value: text }: AttributeFilter): string {
    switch (asked) {
      case 'exists':
        return `${field} != ""`;
      case '=~':
      case '!~':
        return `${field} ${asked} ${patternLiteral(text, server)}`;
      case '=':
      case '!=':
        return `${field} ${asked} ${textLiteral(text)}`;
      case '<':
      case '>':
        return refuseNumber(filter);
    }
  }
}

const STATUSES = ['ok', 'error', 'unset'];
const KINDS = ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified'];

/** Fields whose values are words of the language; undefined where the value is none of these words. */
function keywordCondition({ key, operator, value }: AttributeFilter): string | undefined {
  const word = value.trim().toLowerCase();
  const isEquality = operator === '=' || operator === '!=';
  if (key === ERROR && isEquality && (word === 'true' || word === 'false')) {
    return `status ${(operator === '=') === (word === 'true') ? '=' : '!='} error`;
  }
  if (key === OTEL_STATUS_CODE && isEquality && STATUSES.includes(word)) {
    return `status ${operator} ${word}`;
  }
  return key === SPAN_KIND && isEquality && KINDS.includes(word) ? `kind ${operator} ${word}` : undefined;
}

function textFieldOf(key: string, server: TempoServer): string | undefined {
  switch (key) {
    case SERVICE_NAME:
      return 'resource.service.name';
    case OTEL_STATUS_DESCRIPTION:
      return 'statusMessage';
    case OTEL_SCOPE_NAME:
    case OTEL_LIBRARY_NAME:
      return isKnownBefore(server, 2, 7) ? undefined : 'instrumentation:name';
    case OTEL_SCOPE_VERSION:
    case OTEL_LIBRARY_VERSION:
      return isKnownBefore(server, 2, 7) ? undefined : 'instrumentation:version';
    default:
      return undefined;
  }
}

/** Matches the whole value; before 2.7 a pattern was looked for anywhere in it. */
function patternLiteral(pattern: string, server: TempoServer): string {
  return textLiteral(isKnownBefore(server, 2, 7) ? `^(?:${pattern})$` : pattern);
}

function comparison(name: string, operator: string, literal: string): string {
  const condition = `${name} ${operator} ${literal}`;
  // A minus binds no more tightly than what follows it in every reader of the language.
  return literal.startsWith('-') ? `(${condition})` : condition;
}

/** In parentheses where they are several. */
export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions[0] : `(${conditions.join(' || ')})`;
}

function refuseNumber({ key, operator, value }: AttributeFilter): never {
  throw new BackendError('bad-request', {
    backend: 'tempo',
    detail: `“${key} ${operator} ${value}”: ${operator} compares numbers.`,
  });
}
