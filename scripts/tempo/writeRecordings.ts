/**
 * `npx tsx scripts/tempo/writeRecordings.ts`: asks an imitation of Tempo every question of the contract suite and keeps
 * requests and answers in `src/backends/tempo/testdata`. Look at the difference before committing it: a changed request
 * line is a changed promise.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { QUESTIONS } from '../../src/backends/contract/questions';
import type { Exchange, Recording } from '../../src/backends/contract/recording';
import { requestLine } from '../../src/backends/contract/requestLine';
import { tempo } from '../../src/backends/tempo/definition';
import { IMITATED_VERSIONS } from '../../src/backends/tempo/testdata/servers';
import { ImitatedTempo } from './ImitatedTempo';

const TESTDATA = path.resolve(__dirname, '../../src/backends/tempo/testdata');

async function main(): Promise<void> {
  for (const imitated of IMITATED_VERSIONS) {
    const folder = path.join(TESTDATA, imitated.recording);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const server = new ImitatedTempo(imitated);
    for (const question of QUESTIONS) {
      const exchanges: Exchange[] = [];
      const backend = tempo.create(undefined, {
        get: async (request) => {
          const response = await server.get(request);
          exchanges.push({ request: { path: request.path, query: request.query }, ...response });
          return response;
        },
      });
      // Refusals are answers too: some questions ask for what is not there.
      await question.ask(backend, { signal: new AbortController().signal }).catch(() => undefined);
      exchanges.sort((a, b) => (requestLine(a.request) < requestLine(b.request) ? -1 : 1));
      const recording: Recording = { server: `imitation of tempo ${imitated.version}`, exchanges };
      writeFileSync(path.join(folder, `${question.name}.json`), `${JSON.stringify(recording, null, 1)}\n`);
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
