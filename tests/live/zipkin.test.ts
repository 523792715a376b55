/** The contract suite against a Zipkin that runs; which, the environment says (README.md in this folder). */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeBackend } from '../../src/backends/contract/describeBackend';
import { liveWorld } from '../../src/backends/contract/liveWorld';
import { zipkin } from '../../src/backends/zipkin/definition';
import { sendZipkinStories } from '../../src/backends/zipkin/testdata/sendZipkinStories';
import { ZIPKIN_SERVER } from '../../src/backends/zipkin/testdata/servers';
import { zipkinServers } from './zipkinServers';

const SETTLE_MS = Number(process.env.ZIPKIN_SETTLE_MS ?? 1_500);

jest.setTimeout(SETTLE_MS + 30_000);

const servers = zipkinServers(process.env);

if (servers.length === 0) {
  it.skip('no server is named in the environment (ZIPKIN_URL)', () => undefined);
}

describe.each(servers)('$name', ({ name, url, expectations }) => {
  beforeAll(async () => {
    await sendZipkinStories(url);
    await sleep(SETTLE_MS);
  });

  describeBackend(zipkin, { server: `zipkin ${name}`, world: liveWorld(url), ...expectations });
  // As a proxy passes it on that knows only the path of Zipkin's UI.
  describeBackend(zipkin, {
    server: `zipkin ${name} below /zipkin`,
    world: liveWorld(`${url}/zipkin`),
    ...expectations,
  });
});

it('the known server is the one of the recordings', () => {
  expect(zipkinServers({ ZIPKIN_KNOWN_URL: 'http://host/' })).toEqual([
    { name: ZIPKIN_SERVER.recording, url: 'http://host', expectations: ZIPKIN_SERVER.expectations },
  ]);
});
