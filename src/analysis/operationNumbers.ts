import type { Span, Trace } from '../model/trace';

/**
 * Of the spans of one trace: a number per operation and kind, from 0 up. Looked up by service, then name, then kind:
 * putting the three together into one text for every span is what takes the time in a large trace. Each span is looked up
 * once, whoever asks.
 */
export class OperationNumbers {
  private readonly byService = new Map<string, Map<string, Map<string, number>>>();
  private count = 0;
  /** By position of the span: its number and one more; 0 where nobody has asked. */
  private readonly known: Int32Array;
  private readonly spans: readonly Span[];

  constructor({ spans }: Trace) {
    this.spans = spans;
    this.known = new Int32Array(spans.length);
  }

  of(span: Span): number {
    return this.at(span.position);
  }

  /** By position of the span, for those that have it at hand: what is known already is then known without the span. */
  at(position: number): number {
    const known = this.known[position];
    return known > 0 ? known - 1 : this.learn(this.spans[position]);
  }

  private learn({ resource, name, kind, position }: Span): number {
    const byKind = mapAt(mapAt(this.byService, resource.serviceName), name);
    let number = byKind.get(kind);
    if (number === undefined) {
      number = this.count++;
      byKind.set(kind, number);
    }
    this.known[position] = number + 1;
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
