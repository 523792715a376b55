import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JAEGER_SERVERS } from '../../src/backends/jaeger/testdata/servers';
import { obtainServer } from '../jaeger/obtainServer';
import { freePorts } from '../servers/freePorts';
import { startProgram } from '../servers/startProgram';
import { obtainPrometheus } from './obtainPrometheus';

/** Addresses without a slash at the end. */
export type FoundMetrics = { readonly url: string; readonly otlpUrl: string } | { readonly reason: string };

interface MetricsServer {
  /** In `JAEGER_SERVERS`. */
  readonly name: string;
  /** What its Collector calls the connector that counts spans: renamed between the two. */
  readonly connector: 'span_metrics' | 'spanmetrics';
}

/**
 * Releases that count spans and answer both generations of the API, the newest first. Jaeger 2 is no version that Go
 * modules have; the last tag of the old scheme holds its 2.13.0, and the module proxy serves that one.
 */
const SERVERS: readonly MetricsServer[] = [
  { name: 'v2.20.0', connector: 'span_metrics' },
  { name: 'v1.76.0', connector: 'spanmetrics' },
];
const BUILD_BUDGET_MS = 8 * 60_000;

/**
 * Starts a Jaeger that counts its spans (span_metrics connector) and a Prometheus that keeps the counts and answers
 * Jaeger's questions about them; calls `run`, and stops both, whatever happens.
 */
export async function withJaegerMetrics<T>(run: (found: FoundMetrics) => Promise<T>): Promise<T> {
  const jaeger = await obtainJaeger();
  if ('reason' in jaeger) {
    return run(jaeger);
  }
  const prometheus = await obtainPrometheus();
  if ('reason' in prometheus) {
    return run(prometheus);
  }
  const [query, queryGrpc, otlp, exporter, web] = await freePorts(5);
  const folder = mkdtempSync(path.join(tmpdir(), 'tracebridge-metrics-'));
  const write = (name: string, content: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const prometheusUrl = `http://127.0.0.1:${web}`;
  const url = `http://127.0.0.1:${query}`;
  const otlpUrl = `http://127.0.0.1:${otlp}`;
  const stops: Array<() => Promise<void>> = [];
  try {
    stops.push(
      await startProgram({
        command: prometheus.program,
        args: [
          `--config.file=${write('prometheus.yml', prometheusConfig(exporter))}`,
          `--storage.tsdb.path=${path.join(folder, 'data')}`,
          `--web.listen-address=127.0.0.1:${web}`,
          '--log.level=error',
        ],
        env: {},
        readyUrls: [`${prometheusUrl}/-/ready`],
      }),
      await startProgram({
        command: jaeger.program,
        args: [
          '--config',
          write('jaeger.yml', jaegerConfig({ query, queryGrpc, otlp, exporter, prometheusUrl }, jaeger.connector)),
        ],
        env: { OTEL_TRACES_SAMPLER: 'always_off' },
        readyUrls: [`${url}/api/services`, `${otlpUrl}/v1/traces`, `http://127.0.0.1:${exporter}/metrics`],
      })
    );
    return await run({ url, otlpUrl });
  } finally {
    await Promise.all(stops.map((stop) => stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first of `SERVERS` that can be had, else why none can. */
async function obtainJaeger(): Promise<(MetricsServer & { readonly program: string }) | { readonly reason: string }> {
  const deadline = Date.now() + BUILD_BUDGET_MS;
  const reasons: string[] = [];
  for (const wanted of SERVERS) {
    const [server] = JAEGER_SERVERS.filter(({ name }) => name === wanted.name);
    const obtained = await obtainServer(server, deadline);
    if ('program' in obtained) {
      console.log(`Metrics are asked of Jaeger ${wanted.name}.`);
      return { ...wanted, ...obtained };
    }
    reasons.push(`Jaeger ${wanted.name} cannot be had: ${obtained.reason}`);
  }
  return { reason: reasons.join('; ') };
}

/** Scrapes every second, so that a test has rates within seconds. */
const prometheusConfig = (exporter: number): string => `
global: { scrape_interval: 1s }
scrape_configs:
  - job_name: spans
    static_configs: [{ targets: ['127.0.0.1:${exporter}'] }]
`;

interface JaegerPlaces {
  readonly query: number;
  readonly queryGrpc: number;
  readonly otlp: number;
  readonly exporter: number;
  readonly prometheusUrl: string;
}

/** As Jaeger's documentation wires service performance monitoring, with counts handed on every second. */
const jaegerConfig = (
  { query, queryGrpc, otlp, exporter, prometheusUrl }: JaegerPlaces,
  connector: MetricsServer['connector']
): string => `
service:
  extensions: [jaeger_storage, jaeger_query]
  telemetry: { logs: { level: error }, metrics: { level: none } }
  pipelines:
    traces: { receivers: [otlp], exporters: [jaeger_storage_exporter, ${connector}] }
    metrics: { receivers: [${connector}], exporters: [prometheus] }
extensions:
  jaeger_query:
    storage: { traces: memory, metrics: prometheus }
    enable_tracing: false
    http: { endpoint: 127.0.0.1:${query} }
    grpc: { endpoint: 127.0.0.1:${queryGrpc} }
  jaeger_storage:
    backends: { memory: { memory: { max_traces: 10000 } } }
    metric_backends:
      prometheus: { prometheus: { endpoint: "${prometheusUrl}", normalize_calls: true, normalize_duration: true } }
connectors:
  ${connector}: { metrics_flush_interval: 1s }
receivers:
  otlp: { protocols: { http: { endpoint: 127.0.0.1:${otlp} } } }
exporters:
  jaeger_storage_exporter: { trace_storage: memory }
  prometheus: { endpoint: 127.0.0.1:${exporter} }
`;
