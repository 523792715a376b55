/** What a server is told about where to listen; everything else is its own default. */
export interface Listening {
  readonly query: number;
  readonly queryGrpc: number;
  readonly otlp: number;
  /** Further ports, for what cannot be switched off. */
  readonly others: readonly number[];
  /** Such as `/jaeger`; empty for none. */
  readonly basePath: string;
}

/** Ports that a server takes altogether. */
export const PORT_COUNT = 12;

export function listening(ports: readonly number[], basePath: string): Listening {
  const [query, queryGrpc, otlp, ...others] = ports;
  return { query, queryGrpc, otlp, others, basePath };
}

/**
 * Jaeger 2 (`cmd/jaeger`): the pipeline of its all-in-one, without what the suite does not ask. Metrics come from the
 * Prometheus at `prometheusUrl`, if any.
 */
export function configV2({ query, queryGrpc, otlp, basePath }: Listening, prometheusUrl?: string): string {
  return `
service:
  extensions: [jaeger_storage, jaeger_query]
  telemetry: { logs: { level: error }, metrics: { level: none } }
  pipelines:
    traces: { receivers: [otlp], processors: [], exporters: [jaeger_storage_exporter] }
extensions:
  jaeger_query:
    storage: { traces: memory${prometheusUrl ? ', metrics: prometheus' : ''} }
    base_path: "${basePath || '/'}"
    enable_tracing: false
    http: { endpoint: 127.0.0.1:${query} }
    grpc: { endpoint: 127.0.0.1:${queryGrpc} }
  jaeger_storage:
    backends: { memory: { memory: { max_traces: 10000 } } }
${prometheusUrl ? `    metric_backends: { prometheus: { prometheus: { endpoint: "${prometheusUrl}" } } }` : ''}
receivers:
  otlp: { protocols: { http: { endpoint: 127.0.0.1:${otlp} } } }
exporters:
  jaeger_storage_exporter: { trace_storage: memory }
`;
}

/** Jaeger 1 (`cmd/all-in-one`): its storage is memory by default. */
export function flagsV1({ query, queryGrpc, otlp, others, basePath }: Listening): readonly string[] {
  const at = (port: number) => `127.0.0.1:${port}`;
  const flags: ReadonlyArray<readonly [string, string]> = [
    ['query.http-server.host-port', at(query)],
    ['query.grpc-server.host-port', at(queryGrpc)],
    ['collector.otlp.enabled', 'true'],
    ['collector.otlp.http.host-port', at(otlp)],
    ['collector.otlp.grpc.host-port', at(others[0])],
    ['collector.grpc-server.host-port', at(others[1])],
    ['collector.http-server.host-port', at(others[2])],
    ['admin.http.host-port', at(others[3])],
    ['http-server.host-port', at(others[4])],
    ['processor.jaeger-binary.server-host-port', at(others[5])],
    ['processor.jaeger-compact.server-host-port', at(others[6])],
    ['processor.zipkin-compact.server-host-port', at(others[7])],
    ['reporter.grpc.host-port', at(others[1])],
    ['memory.max-traces', '10000'],
    ['log-level', 'error'],
    ...(basePath === '' ? [] : [['query.base-path', basePath] as const]),
  ];
  return flags.map(([name, value]) => `--${name}=${value}`);
}
