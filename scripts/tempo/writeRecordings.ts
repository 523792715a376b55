/**
 * Asks every question of the contract suite and keeps requests and answers in `src/backends/tempo/testdata`. Look at the
 * difference before committing it: a changed request line is a changed promise.
 *
 *     npx tsx scripts/tempo/writeRecordings.ts                                of the versions that are imitated
 *     npx tsx scripts/tempo/writeRecordings.ts v3.0.3 http://localhost:3200   of a Tempo that holds the stories
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LiveHttp } from '../../src/backends/contract/liveWorld';
import { questionsFor, type Question } from '../../src/backends/contract/questions';
import type { Exchange, Recording } from '../../src/backends/contract/recording';
import { requestLine } from '../../src/backends/contract/requestLine';
import type { HttpClient } from '../../src/backends/http';
import { tempo } from '../../src/backends/tempo/definition';
import { IMITATED_VERSIONS, LIVE_TEMPO } from '../../src/backends/tempo/testdata/servers';
import { ImitatedTempo } from './ImitatedTempo';

const TESTDATA = path.resolve(__dirname, '../../src/backends/tempo/testdata');

async function record(
  name: string,
  server: string,
  http: HttpClient,
  further: readonly Question[] = []
): Promise<void> {
  const folder = path.join(TESTDATA, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const question of [...questionsFor(tempo.capabilities), ...further]) {
    const exchanges: Exchange[] = [];
    const backend = tempo.create(undefined, {
      get: async (request) => {
        const { status, contentType, body } = await http.get(request);
        exchanges.push({ request: { path: request.path, query: request.query }, status, contentType, body });
        return { status, contentType, body };
      },
    });
    // Refusals are answers too: some questions ask for what is not there.
    await question.ask(backend, { signal: new AbortController().signal }).catch(() => undefined);
    exchanges.sort((a, b) => (requestLine(a.request) < requestLine(b.request) ? -1 : 1));
    const recording: Recording = { server, exchanges };
    writeFileSync(path.join(folder, `${question.name}.json`), `${JSON.stringify(recording, null, 1)}\n`);
  }
}

async function main([version, url]: readonly string[]): Promise<void> {
  if (version !== undefined && url !== undefined) {
    await record(version, `tempo ${version}`, new LiveHttp(url), LIVE_TEMPO.further);
    return;
  }
  for (const imitated of IMITATED_VERSIONS) {
    await record(imitated.recording, `imitation of tempo ${imitated.version}`, new ImitatedTempo(imitated));
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
