import type { DataLink } from '@grafana/data';

/** A key with a value as the trace frame carries it. */
export interface ViewTag {
  readonly key: string;
  readonly value: unknown;
  readonly type?: string;
}

export interface ViewReference {
  readonly traceId: string;
  readonly spanId: string;
  readonly tags: readonly ViewTag[];
}

export interface ViewEvent {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly name?: string;
  readonly fields: readonly ViewTag[];
}

/** A row of the trace frame, in its place in the tree. Times are epoch milliseconds with fractions, as in the frame. */
export interface ViewSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly operationName: string;
  readonly serviceName: string;
  readonly startTime: number;
  readonly duration: number;
  readonly kind?: string;
  readonly statusCode?: number;
  readonly statusMessage?: string;
  readonly libraryName?: string;
  readonly libraryVersion?: string;
  readonly traceState?: string;
  readonly tags: readonly ViewTag[];
  readonly serviceTags: readonly ViewTag[];
  readonly events: readonly ViewEvent[];
  readonly references: readonly ViewReference[];
  readonly warnings: readonly string[];
  readonly stackTraces: readonly string[];
  readonly errorIconColor?: string;
  readonly depth: number;
  readonly childCount: number;
  /** Index in the list of the first span after this one's subtree. */
  readonly subtreeEnd: number;
  /** Itself or any descendant failed: what a collapsed row shows. */
  readonly hasErrorBelow: boolean;
  readonly isError: boolean;
}

/** What the trace view draws: spans depth first, siblings by start. */
export interface ViewTrace {
  readonly traceId: string;
  readonly spans: readonly ViewSpan[];
  /** Earliest start and latest end, epoch milliseconds. */
  readonly startTime: number;
  readonly endTime: number;
  readonly services: readonly string[];
  /** Links of the frame's fields, which are links of every span. */
  readonly links: readonly DataLink[];
  /** What Grafana would silently leave out or alter, in words. */
  readonly losses: readonly string[];
}
