/** The contract suite against servers that run; which, the environment says (README.md in this folder). */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeBackend } from '../../src/backends/contract/describeBackend';
import { liveWorld } from '../../src/backends/contract/liveWorld';
import { sendStories } from '../../src/backends/contract/sendStories';
import { jaeger } from '../../src/backends/jaeger/definition';
import { liveServers } from './liveServers';

const SETTLE_MS = Number(process.env.JAEGER_SETTLE_MS ?? 1_500);

jest.setTimeout(SETTLE_MS + 30_000);

const servers = liveServers(process.env);

if (servers.length === 0) {
  it.skip('no server is named in the environment (JAEGER_URL)', () => undefined);
}

describe.each(servers)('$name', ({ name, url, otlpUrl, asked }) => {
  beforeAll(async () => {
    if (otlpUrl !== undefined) {
      await sendStories(otlpUrl);
      await sleep(SETTLE_MS);
    }
  });

  const world = liveWorld(url);
  for (const { recording, ...expectations } of asked) {
    const way = recording === name ? '' : ` as ${recording}`;
    describeBackend(jaeger, { server: `${name}${way}`, world, ...expectations });
  }
});
