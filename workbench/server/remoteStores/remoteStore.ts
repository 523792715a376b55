import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** A store of its own beside the workbench: the plugin reads from it, the shop sends to it. */
export interface RemoteStore {
  /** As a user enters it into the data source. */
  readonly url: string;
  /** How the shop's traces get there; one exporter each for the past and for the live shop. */
  createExporter(): SpanExporter;
  /** It outlives the workbench, so what was written once must not be written again. */
  readonly isKept: boolean;
  /** Stops what was started for it. */
  close(): Promise<void>;
}

export interface RemoteStoreOptions {
  /** Of a server that runs; missing where one is to be started. */
  readonly url?: string;
  /** Where it takes OTLP/HTTP, if not at the usual place beside `url`. */
  readonly otlp?: string;
  say(line: string): void;
}

/** Rejects with a sentence where no store can be had. */
export type OpenRemoteStore = (options: RemoteStoreOptions) => Promise<RemoteStore>;
