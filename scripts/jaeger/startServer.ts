import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JaegerServer } from '../../src/backends/jaeger/testdata/servers';
import { freePorts } from './freePorts';
import { configV2, flagsV1, listening, PORT_COUNT, type Listening } from './serverConfig';

/** Addresses without a slash at the end. */
export interface RunningServer {
  readonly url: string;
  readonly otlpUrl: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const KEPT_OUTPUT = 4_000;

/** Starts one server with an empty memory on free ports; rejects, with the server's last words, when it does not come up. */
export async function startServer(server: JaegerServer, program: string, basePath: string): Promise<RunningServer> {
  const places = listening(await freePorts(PORT_COUNT), basePath);
  const folder = mkdtempSync(path.join(tmpdir(), 'tracebridge-jaeger-'));
  const child = spawn(program, argumentsOf(server, places, folder), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SPAN_STORAGE_TYPE: 'memory', OTEL_TRACES_SAMPLER: 'always_off', JAEGER_DISABLED: 'true' },
  });
  // Whatever ends this process, the servers end with it.
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    await stopChild(child);
    process.removeListener('exit', killNow);
    rmSync(folder, { recursive: true, force: true });
  };
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-KEPT_OUTPUT));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const url = `http://127.0.0.1:${places.query}${basePath}`;
  const otlpUrl = `http://127.0.0.1:${places.otlp}`;
  try {
    await untilReady(child, [`${url}/api/dependencies`, `${otlpUrl}/v1/traces`]);
  } catch (error) {
    await stop();
    throw new Error(`${error instanceof Error ? error.message : error} Its last words: ${output.trim() || 'none'}`);
  }
  return { url, otlpUrl, stop };
}

function argumentsOf(server: JaegerServer, places: Listening, folder: string): readonly string[] {
  if (server.program === './cmd/all-in-one') {
    return flagsV1(places);
  }
  const file = path.join(folder, 'config.yaml');
  writeFileSync(file, configV2(places));
  return ['--config', file];
}

/** Until each address answers anything at all. */
async function untilReady(child: ChildProcess, urls: readonly string[]): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (const url of urls) {
    while (!(await answers(url))) {
      if (failure || child.exitCode !== null) {
        throw failure ?? new Error(`The server ended with code ${child.exitCode}.`);
      }
      if (Date.now() > deadline) {
        throw new Error(`${url} did not answer within ${START_TIMEOUT_MS / 1000} s.`);
      }
      await sleep(100);
    }
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.body?.cancel().then(() => true) ?? true,
    () => false
  );
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return;
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(force);
}
