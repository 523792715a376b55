import type { AttributeKey, AttributeScope, AttributeValuesRequest, ListContext } from '../backend';
import { BackendError } from '../errors';
import type { TempoClient } from './TempoClient';
import { attributeName } from './traceqlLiterals';
import { writeSpansOf } from './traceqlWriter';

const SCOPES: readonly string[] = ['resource', 'span'] satisfies readonly AttributeScope[];

/** Keys of spans and resources; without their scopes on servers before 2.2. */
export async function listAttributeKeys(
  client: TempoClient,
  { signal, window }: ListContext
): Promise<readonly AttributeKey[]> {
  const keys = await orFromOldRoute(
    async () =>
      (await client.listTags(window, signal)).flatMap(({ scope, keys: names }) =>
        SCOPES.includes(scope) ? names.map((key): AttributeKey => ({ key, scope: scope as AttributeScope })) : []
      ),
    async () => (await client.listTagsV1(window, signal)).map((key): AttributeKey => ({ key }))
  );
  const once = new Map(keys.map((entry) => [JSON.stringify([entry.scope, entry.key]), entry]));
  return [...once.values()].sort((a, b) => compare(a.key, b.key) || compare(a.scope ?? '', b.scope ?? ''));
}

export function listAttributeValues(
  client: TempoClient,
  { key, scope, window, services }: AttributeValuesRequest,
  signal: AbortSignal
): Promise<readonly string[]> {
  const where = services && services.length > 0 ? writeSpansOf(services) : undefined;
  return listNames(client, { field: attributeName(key, scope), oldKey: key, where, window }, signal);
}

/** Every name that TraceQL can ask about, attributes with their scope. */
export async function listLanguageNames(
  client: TempoClient,
  { signal, window }: ListContext
): Promise<readonly string[]> {
  const names = await orFromOldRoute(
    async () =>
      (await client.listTags(window, signal)).flatMap(({ scope, keys }) =>
        scope === 'intrinsic' ? keys : keys.map((key) => attributeName(key, scope))
      ),
    async () => (await client.listTagsV1(window, signal)).map((key) => attributeName(key))
  );
  return [...new Set(names)].sort(compare);
}

export async function listLanguageValues(
  client: TempoClient,
  name: string,
  { signal, window }: ListContext
): Promise<readonly string[]> {
  return [...new Set(await client.listLiterals(name, window, signal))].sort(compare);
}

interface Asked extends Pick<AttributeValuesRequest, 'window'> {
  /** As TraceQL names it. */
  readonly field: string;
  /** What versions before 2.2 know it by. */
  readonly oldKey: string;
  /** Only values on spans that match. */
  readonly where?: string;
}

/** The values of a field, sorted, each once. */
export async function listNames(
  client: TempoClient,
  { field, oldKey, where, window }: Asked,
  signal: AbortSignal
): Promise<readonly string[]> {
  const values = await orFromOldRoute(
    () => client.listValues(field, { where, window }, signal),
    () => client.listValuesV1(oldKey, window, signal)
  );
  return [...new Set(values)].filter((value) => value !== '').sort(compare);
}

async function orFromOldRoute<T>(ask: () => Promise<T>, askOld: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'route-missing') {
      return askOld();
    }
    throw error;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
