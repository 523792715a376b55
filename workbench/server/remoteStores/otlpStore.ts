import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { OpenRemoteStore } from './remoteStore';

/** A store that runs and takes OTLP/HTTP, at the usual port of its host unless `otlp` says where. */
export function otlpStore(product: string): OpenRemoteStore {
  return async ({ url, otlp }) => {
    if (url === undefined) {
      throw new Error(
        `Give the address of a running ${product} with --url, or leave --backend out for the embedded store.`
      );
    }
    const otlpUrl = otlp ?? `http://${new URL(url).hostname}:4318`;
    return {
      url,
      createExporter: () => new OTLPTraceExporter({ url: `${otlpUrl}/v1/traces` }),
      isKept: true,
      close: async () => undefined,
    };
  };
}
