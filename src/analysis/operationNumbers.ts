import type { Span } from '../model/trace';

/**
 * A number per operation and kind, from 0 up. Looked up by service, then name, then kind: putting the three together into
 * one text for every span is what takes the time in a large trace.
 */
export class OperationNumbers {
  private readonly byService = new Map<string, Map<string, Map<string, number>>>();
  private count = 0;

  of({ resource, name, kind }: Pick<Span, 'resource' | 'name' | 'kind'>): number {
    const byKind = mapAt(mapAt(this.byService, resource.serviceName), name);
    let number = byKind.get(kind);
    if (number === undefined) {
      number = this.count++;
      byKind.set(kind, number);
    }
    return number;
  }
}

function mapAt<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  let value = map.get(key);
  if (value === undefined) {
    value = new Map<string, Value>();
    map.set(key, value);
  }
  return value;
}
