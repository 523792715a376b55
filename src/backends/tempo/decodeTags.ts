import { fail, optionalString, readEach, readObject, type JsonObject } from '../../wire/read';
import { textLiteral } from './traceqlLiterals';

/** Keys by the scope that the server names: `resource`, `span`, `event`, `link`, `instrumentation`, `intrinsic`. */
export type ScopedTags = ReadonlyArray<{ readonly scope: string; readonly keys: readonly string[] }>;

/** `/api/v2/search/tags`. */
export function decodeTags(body: unknown): ScopedTags {
  return readEach(readAnswer(body, 'scopes'), 'scopes', (item) => {
    const scope = readObject(item);
    return { scope: optionalString(scope, 'name') ?? '', keys: readEach(scope, 'tags', readText) };
  });
}

/** `/api/search/tags`. */
export function decodeTagNames(body: unknown): readonly string[] {
  return readEach(readAnswer(body, 'tagNames'), 'tagNames', readText);
}

/** Both generations: texts, or texts with their types, which are left out. */
export function decodeTagValues(body: unknown): readonly string[] {
  return readEach(readAnswer(body, 'tagValues'), 'tagValues', (item) =>
    // An empty text is left out like every zero.
    typeof item === 'string' ? item : (optionalString(readObject(item), 'value') ?? '')
  );
}

/** The same as they are written in a query: only texts are in quotes. */
export function decodeLiterals(body: unknown): readonly string[] {
  return readEach(readAnswer(body, 'tagValues'), 'tagValues', (item) => {
    const value = readObject(item);
    const text = optionalString(value, 'value') ?? '';
    return optionalString(value, 'type') === 'string' ? textLiteral(text) : text;
  }).filter((literal) => literal !== '');
}

/** An empty list is left out, and what remains are the server's own measurements. */
function readAnswer(body: unknown, key: string): JsonObject {
  const answer = readObject(body);
  return answer[key] === undefined && Object.keys(answer).some((other) => other !== 'metrics')
    ? fail(`an object with "${key}"`, body)
    : answer;
}

function readText(item: unknown): string {
  return typeof item === 'string' ? item : fail('a text', item);
}
