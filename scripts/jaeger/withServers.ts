import { JAEGER_SERVERS, type JaegerServer } from '../../src/backends/jaeger/testdata/servers';
import { liveServers } from '../../tests/live/liveServers';
import { obtainServer } from './obtainServer';
import { startServer, type RunningServer } from './startServer';

/** A server that can be asked, or why not. */
export type Found =
  | { readonly server: JaegerServer; readonly url: string; readonly otlpUrl: string | undefined }
  | { readonly server: JaegerServer; readonly reason: string };

/**
 * For all builds of one run. Two busy cores without a cache need up to seven minutes for each release, and a server that
 * could have been built but was not is a test that did not run; still the whole of `npm test` must be done within an hour.
 */
const BUILD_BUDGET_MS = 25 * 60_000;

/** Servers that hide behind a path, as behind a proxy: all clauses must hold there too. */
const BEHIND_A_PATH: ReadonlySet<string> = new Set(['v2.20.0', 'v1.76.0']);
const BASE_PATH = '/observe/jaeger';

/** Finds or starts every server, calls `run`, and stops what it started, whatever happens. */
export async function withServers<T>(run: (found: readonly Found[]) => Promise<T>): Promise<T> {
  const running: RunningServer[] = [];
  const stopAll = () => Promise.all(running.map((server) => server.stop()));
  const leave = (signal: NodeJS.Signals) => void stopAll().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  try {
    const found: Found[] = [];
    const deadline = Date.now() + BUILD_BUDGET_MS;
    for (const server of JAEGER_SERVERS) {
      found.push(await find(server, deadline, running));
    }
    return await run(found);
  } finally {
    process.removeListener('SIGINT', leave);
    process.removeListener('SIGTERM', leave);
    await stopAll();
  }
}

async function find(server: JaegerServer, deadline: number, running: RunningServer[]): Promise<Found> {
  const [named] = liveServers(process.env).filter(({ name }) => name === server.name);
  if (named) {
    return { server, url: named.url, otlpUrl: named.otlpUrl };
  }
  const obtained = await obtainServer(server, deadline);
  if ('reason' in obtained) {
    return { server, reason: obtained.reason };
  }
  try {
    const started = await startServer(server, obtained.program, BEHIND_A_PATH.has(server.name) ? BASE_PATH : '');
    running.push(started);
    return { server, url: started.url, otlpUrl: started.otlpUrl };
  } catch (error) {
    return { server, reason: `it did not start: ${error instanceof Error ? error.message : error}` };
  }
}
