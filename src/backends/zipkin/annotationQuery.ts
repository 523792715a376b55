import { ERROR } from '../../model/semconv';
import type { AttributeFilter } from '../../query/query';
import { BackendError } from '../errors';

const AND = ' and ';
/** The server splits no further (`QueryRequest.parseAnnotationQuery`, Zipkin 2.0 to 3.5). */
const MAX_TERMS = 100;
/** What Java's `trim` takes away. */
const ENDS_IN_SPACE = /^[\u0000-\u0020]|[\u0000-\u0020]$/;

/**
 * The parameter `annotationQuery`: `key=value` for a tag, `key` for a tag or an annotation of that name, joined by
 * ` and `. There are no quotes and no escapes, so what they would be needed for is refused in words; undefined without
 * filters. `error=true` asks for failures, which to Zipkin are the spans that have the tag at all.
 */
export function annotationQuery(filters: readonly AttributeFilter[]): string | undefined {
  const terms = new Map<string, string>();
  for (const filter of filters) {
    const { key, value } = isFailure(filter) ? { key: ERROR, value: '' } : readTerm(filter);
    const known = terms.get(key);
    if (known !== undefined && known !== '' && value !== '' && known !== value) {
      refuse(`Zipkin takes one value for each tag, and ${shown(key)} is given two. Remove one of them.`);
    }
    // A value implies that the tag is there.
    terms.set(key, known || value);
  }
  if (terms.size > MAX_TERMS) {
    refuse(`Zipkin takes ${MAX_TERMS} conditions on tags, and these are ${terms.size}. Remove some of them.`);
  }
  return terms.size === 0
    ? undefined
    : [...terms].map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join(AND);
}

function isFailure({ key, operator, value }: AttributeFilter): boolean {
  return key === ERROR && operator === '=' && value === 'true';
}

function readTerm({ key, operator, value }: AttributeFilter): { readonly key: string; readonly value: string } {
  if (operator !== '=' && operator !== 'exists') {
    refuse(
      `Zipkin compares tags by “=” only, or asks whether they exist: ${shown(`${key} ${operator}`)} cannot be asked.`
    );
  }
  if (key.includes('=')) {
    refuse(`Zipkin ends the name of a tag at the first “=”, so ${shown(key)} cannot be searched for.`);
  }
  const asked = operator === 'exists' ? '' : value;
  if (operator === '=' && asked === '') {
    refuse(`Zipkin cannot search for an empty value of ${shown(key)}, as that asks whether the tag exists.`);
  }
  for (const text of [key, asked]) {
    if (key === '') {
      refuse('Zipkin needs the name of a tag.');
    }
    if (ENDS_IN_SPACE.test(text)) {
      refuse(`Zipkin cuts spaces at the ends of names and values of tags, so ${shown(text)} cannot be searched for.`);
    }
    if (`${text} `.includes(AND)) {
      refuse(
        `Zipkin separates conditions by “ and ” and has no quotes, so ${shown(text)} cannot be searched for. Search for a part of it with “=~”.`
      );
    }
  }
  return { key, value: asked };
}

function refuse(detail: string): never {
  throw new BackendError('bad-request', { backend: 'zipkin', detail });
}

function shown(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
}
