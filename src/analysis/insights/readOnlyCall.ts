import type { Span } from '../../model/trace';

const METHOD_KEYS = ['http.request.method', 'http.method'];
const COMMAND_KEYS = ['db.operation.name', 'db.operation', 'db.query.text', 'db.statement'];
const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY']);
const READING_COMMANDS: ReadonlySet<string> = new Set(
  'SELECT SHOW GET MGET HGET HGETALL HMGET EXISTS SMEMBERS ZRANGE LRANGE FIND AGGREGATE COUNT SEARCH SCAN'.split(' ')
);
/** The last word of an RPC begins with one of these: `shop.Catalog/GetProduct`, `users.list`, not `issuer/readyUp`. */
const READING_METHOD_NAME =
  /(?:^|[./])(?:[Gg]et|[Ll]ist|[Ff]ind|[Rr]ead|[Ff]etch|[Ss]earch|[Qq]uery|[Ll]ookup|[Cc]ount|[Dd]escribe)(?![a-z])[^./]*$/;

/**
 * Whether a call is known to change nothing. Only such calls may change places; of an unknown one it is assumed that it
 * may not.
 */
export function isReadOnlyCall(span: Span): boolean {
  const method = textOf(span, METHOD_KEYS);
  if (method !== undefined) {
    return READING_METHODS.has(method.toUpperCase());
  }
  const command = textOf(span, COMMAND_KEYS) ?? span.name;
  const [word] = command.trimStart().split(/\s/, 1);
  return READING_METHODS.has(word) || READING_COMMANDS.has(word.toUpperCase()) || READING_METHOD_NAME.test(span.name);
}

function textOf({ attributes }: Span, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = attributes.getString(key);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}
