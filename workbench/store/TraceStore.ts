import { kindWord, serviceNameOf, type StoredSpan } from './otlpSpan';

export interface StoredTrace {
  readonly traceId: string;
  readonly spans: readonly StoredSpan[];
  readonly startUnixNano: bigint;
  readonly endUnixNano: bigint;
}

export interface Operation {
  readonly name: string;
  /** Jaeger's word, empty when unspecified. */
  readonly spanKind: string;
}

interface GrowingTrace {
  readonly traceId: string;
  readonly spans: StoredSpan[];
  startUnixNano: bigint;
  endUnixNano: bigint;
}

/**
 * Traces in memory, as Jaeger's memory storage keeps them: by trace id, the first received is the first dropped, and
 * names of services and operations stay known after their traces are gone.
 */
export class TraceStore {
  private readonly traces = new Map<string, GrowingTrace>();
  private readonly operationsByService = new Map<string, Map<string, Operation>>();
  private spanCount = 0;

  constructor(
    readonly maxTraces: number,
    private readonly maxSpans: number
  ) {}

  add(spans: readonly StoredSpan[]): void {
    for (const span of spans) {
      this.addSpan(span);
    }
    this.evict();
  }

  find(traceId: string): StoredTrace | undefined {
    return this.traces.get(traceId);
  }

  /** Most recently received first. */
  *newestFirst(): Iterable<StoredTrace> {
    yield* [...this.traces.values()].reverse();
  }

  services(): string[] {
    return [...this.operationsByService.keys()];
  }

  operations(service: string, spanKind = ''): Operation[] {
    const known = [...(this.operationsByService.get(service)?.values() ?? [])];
    return known.filter((operation) => spanKind === '' || operation.spanKind === spanKind);
  }

  private addSpan(span: StoredSpan): void {
    const trace = this.traces.get(span.traceId);
    if (trace) {
      trace.spans.push(span);
      trace.startUnixNano = span.startUnixNano < trace.startUnixNano ? span.startUnixNano : trace.startUnixNano;
      trace.endUnixNano = span.endUnixNano > trace.endUnixNano ? span.endUnixNano : trace.endUnixNano;
    } else {
      this.traces.set(span.traceId, {
        traceId: span.traceId,
        spans: [span],
        startUnixNano: span.startUnixNano,
        endUnixNano: span.endUnixNano,
      });
    }
    this.spanCount++;
    const service = serviceNameOf(span.resource);
    if (service !== '') {
      const operations = this.operationsByService.get(service) ?? new Map<string, Operation>();
      this.operationsByService.set(service, operations);
      const spanKind = kindWord(span.kind);
      operations.set(`${spanKind} ${span.name}`, { name: span.name, spanKind });
    }
  }

  private evict(): void {
    for (const trace of this.traces.values()) {
      if (this.traces.size <= this.maxTraces && this.spanCount <= this.maxSpans) {
        return;
      }
      this.traces.delete(trace.traceId);
      this.spanCount -= trace.spans.length;
    }
  }
}
