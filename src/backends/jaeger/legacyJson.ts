/**
 * The JSON of Jaeger's `/api/*` routes, as a sound server sends it.
 * https://github.com/jaegertracing/jaeger/blob/v2.20.0/internal/uimodel/model.go
 */
export interface LegacyEnvelope<Data> {
  readonly data: Data | null;
  readonly total?: number;
  readonly limit?: number;
  readonly offset?: number;
  readonly errors?: readonly LegacyError[] | null;
}

export interface LegacyError {
  readonly code?: number;
  readonly msg?: string;
  readonly traceID?: string;
}

export interface LegacyTrace {
  /** 16 digits when the upper half is zero, else 32. */
  readonly traceID: string;
  readonly spans: readonly LegacySpan[];
  readonly processes: Readonly<Record<string, LegacyProcess>>;
  readonly warnings: readonly string[] | null;
}

export interface LegacySpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly flags?: number;
  readonly operationName: string;
  readonly references: readonly LegacyReference[];
  /** Epoch microseconds. */
  readonly startTime: number;
  /** Microseconds. */
  readonly duration: number;
  readonly tags: readonly LegacyTag[];
  readonly logs: readonly LegacyLog[];
  readonly processID: string;
  readonly warnings: readonly string[] | null;
  /** Only in old data and look-alikes; `references` replaced it. */
  readonly parentSpanID?: string;
  /** Only in raw Elasticsearch documents, which have no `processes`. */
  readonly process?: LegacyProcess;
}

export interface LegacyReference {
  readonly refType: 'CHILD_OF' | 'FOLLOWS_FROM';
  readonly traceID: string;
  readonly spanID: string;
}

export interface LegacyTag {
  readonly key: string;
  readonly type: LegacyTagType;
  /** An int64 beyond ±(2^53 − 1) is a decimal string, binary is base64. */
  readonly value: string | number | boolean;
}

/** GreptimeDB writes `boolean`. */
export type LegacyTagType = 'string' | 'bool' | 'boolean' | 'int64' | 'float64' | 'binary';

export interface LegacyLog {
  /** Epoch microseconds. */
  readonly timestamp: number;
  readonly fields: readonly LegacyTag[];
}

export interface LegacyProcess {
  readonly serviceName: string;
  readonly tags: readonly LegacyTag[];
}

/** `/api/operations`. */
export interface LegacyOperation {
  readonly name: string;
  /** Empty where the storage does not keep kinds. */
  readonly spanKind: string;
}

/** `/api/dependencies`. */
export interface LegacyDependency {
  readonly parent: string;
  readonly child: string;
  readonly callCount: number;
}

/** The same fields before anything has been checked. */
export type Unchecked<T> = { readonly [K in keyof T]?: unknown };
