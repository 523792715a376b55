/** The contract suite against a Tempo that runs; which, the environment says (README.md in this folder). */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeBackend } from '../../src/backends/contract/describeBackend';
import { liveWorld } from '../../src/backends/contract/liveWorld';
import { sendStories } from '../../src/backends/contract/sendStories';
import { tempo } from '../../src/backends/tempo/definition';
import { LIVE_TEMPO } from '../../src/backends/tempo/testdata/servers';

const SETTLE_MS = Number(process.env.TEMPO_SETTLE_MS ?? 15_000);

jest.setTimeout(SETTLE_MS + 30_000);

const url = process.env.TEMPO_URL?.replace(/\/+$/, '');
const otlpUrl = process.env.TEMPO_OTLP_URL?.replace(/\/+$/, '');

if (url === undefined || url === '') {
  it.skip('no server is named in the environment (TEMPO_URL)', () => undefined);
} else {
  beforeAll(async () => {
    // A server that is named without the other holds the stories already.
    if (otlpUrl) {
      await sendStories(otlpUrl);
      await sleep(SETTLE_MS);
    }
  });

  describeBackend(tempo, { server: 'own', world: liveWorld(url), ...LIVE_TEMPO });
}
