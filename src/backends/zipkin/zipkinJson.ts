/**
 * Zipkin's JSON, version 2, field by field as the server sends it: https://zipkin.io/zipkin-api/#/default/get_trace__traceId_
 * Times are microseconds. Every field but the two ids may be missing.
 */
export interface ZipkinEndpoint {
  /** Lower case: the server sees to it. */
  readonly serviceName?: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly port?: number;
}

export interface ZipkinAnnotation {
  readonly timestamp: number;
  readonly value: string;
}

/** Missing means local: work within the service, as a method call. */
export type ZipkinKind = 'CLIENT' | 'SERVER' | 'PRODUCER' | 'CONSUMER';

export interface ZipkinSpan {
  /** 16 or 32 lower-case hex digits. */
  readonly traceId: string;
  readonly id: string;
  /** Missing on roots. */
  readonly parentId?: string;
  readonly kind?: ZipkinKind;
  /** Lower case: the server sees to it. */
  readonly name?: string;
  /** Since the epoch. */
  readonly timestamp?: number;
  /** At least 1. */
  readonly duration?: number;
  /** The service that recorded the span. */
  readonly localEndpoint?: ZipkinEndpoint;
  /** The other side of a call or of a message. */
  readonly remoteEndpoint?: ZipkinEndpoint;
  readonly annotations?: readonly ZipkinAnnotation[];
  /** The tag `error` marks a failure whatever its value, which is the message or a code. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Recorded although sampling would have left it out. */
  readonly debug?: boolean;
  /** The callee's half of a call, under the id that the caller made (B3 propagation). */
  readonly shared?: boolean;
}

/** `/api/v2/dependencies`. */
export interface ZipkinLink {
  readonly parent: string;
  readonly child: string;
  readonly callCount: number;
  /** Missing when there was none. */
  readonly errorCount?: number;
}
