import { freePorts } from '../servers/freePorts';
import { startProgram } from '../servers/startProgram';

export interface RunningZipkin {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A cold Java on a busy machine takes its time. */
const START_TIMEOUT_MS = 120_000;

/** Starts a Zipkin that keeps traces in memory, on a free port unless one is given. `env` configures it further. */
export async function startZipkin(
  jar: string,
  env: Readonly<Record<string, string>> = {},
  port?: number
): Promise<RunningZipkin> {
  const [free] = port === undefined ? await freePorts(1) : [port];
  const url = `http://127.0.0.1:${free}`;
  const stop = await startProgram({
    command: 'java',
    args: ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-jar', jar],
    env: { QUERY_PORT: String(free), STORAGE_TYPE: 'mem', SELF_TRACING_ENABLED: 'false', ...env },
    readyUrls: [`${url}/health`],
    startTimeoutMs: START_TIMEOUT_MS,
  });
  return { url, stop };
}
