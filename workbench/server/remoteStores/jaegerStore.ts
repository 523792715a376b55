import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { OpenRemoteStore } from './remoteStore';

/** A Jaeger that runs, an all-in-one unless `otlp` says where it takes traces. */
export const openJaegerStore: OpenRemoteStore = async ({ url, otlp }) => {
  if (url === undefined) {
    throw new Error('Give the address of a running Jaeger with --url, or leave --backend out for the embedded store.');
  }
  const otlpUrl = otlp ?? `http://${new URL(url).hostname}:4318`;
  return {
    url,
    createExporter: () => new OTLPTraceExporter({ url: `${otlpUrl}/v1/traces` }),
    isKept: true,
    close: async () => undefined,
  };
};
