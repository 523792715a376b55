import type { AttributeFilter } from '../../query/query';
import { BackendError } from '../errors';

/**
 * The JSON map of strings that `tags` and `query.attributes` take; undefined without filters. A map holds a key once:
 * the same condition twice is one condition, two values for one key are refused, as one of them would get lost.
 */
export function tagsParameter(filters: readonly AttributeFilter[]): string | undefined {
  if (filters.length === 0) {
    return undefined;
  }
  const values = new Map<string, string>();
  for (const { key, value } of filters) {
    const known = values.get(key);
    if (known !== undefined && known !== value) {
      throw new BackendError('bad-request', {
        backend: 'jaeger',
        detail: `Jaeger takes one value for each tag, and "${key.slice(0, 60)}" is given two. Remove one of them.`,
      });
    }
    values.set(key, value);
  }
  // Written by hand because a key may be `__proto__`, which an object would swallow.
  return `{${[...values].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
}
