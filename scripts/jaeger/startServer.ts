import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JaegerServer } from '../../src/backends/jaeger/testdata/servers';
import { freePorts } from '../servers/freePorts';
import { startProgram } from '../servers/startProgram';
import { configV2, flagsV1, listening, PORT_COUNT, type Listening } from './serverConfig';

/** Addresses without a slash at the end. */
export interface RunningServer {
  readonly url: string;
  readonly otlpUrl: string;
  stop(): Promise<void>;
}

/** Starts one server with an empty memory on free ports; rejects, with the server's last words, when it does not come up. */
export async function startServer(
  server: JaegerServer,
  program: string,
  basePath: string,
  prometheusUrl?: string
): Promise<RunningServer> {
  const places = listening(await freePorts(PORT_COUNT), basePath);
  const folder = mkdtempSync(path.join(tmpdir(), 'tracebridge-jaeger-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const url = `http://127.0.0.1:${places.query}${basePath}`;
  const otlpUrl = `http://127.0.0.1:${places.otlp}`;
  try {
    const stopProgram = await startProgram({
      command: program,
      args: argumentsOf(server, places, folder, prometheusUrl),
      env: { SPAN_STORAGE_TYPE: 'memory', OTEL_TRACES_SAMPLER: 'always_off', JAEGER_DISABLED: 'true' },
      readyUrls: [`${url}/api/dependencies`, `${otlpUrl}/v1/traces`],
    });
    return { url, otlpUrl, stop: () => stopProgram().finally(removeFolder) };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

function argumentsOf(
  server: JaegerServer,
  places: Listening,
  folder: string,
  prometheusUrl?: string
): readonly string[] {
  if (server.program === './cmd/all-in-one') {
    return flagsV1(places);
  }
  const file = path.join(folder, 'config.yaml');
  writeFileSync(file, configV2(places, prometheusUrl));
  return ['--config', file];
}
