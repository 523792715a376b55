/**
 * `npm run record`: asks real Jaeger servers every question of the contract suite and keeps requests and answers in
 * `src/backends/jaeger/testdata`. `npm run record -- v2.20.0` does it for the named servers only. Look at the difference
 * before committing it: a changed request line is a changed promise.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LiveHttp } from '../src/backends/contract/liveWorld';
import { QUESTIONS } from '../src/backends/contract/questions';
import type { Exchange, Recording } from '../src/backends/contract/recording';
import { requestLine } from '../src/backends/contract/requestLine';
import { sendStories } from '../src/backends/contract/sendStories';
import { BackendError } from '../src/backends/errors';
import type { HttpRequest, HttpResponse } from '../src/backends/http';
import { jaeger } from '../src/backends/jaeger/definition';
import type { Asked } from '../src/backends/jaeger/testdata/servers';
import { withServers } from './jaeger/withServers';

const TESTDATA = path.resolve(__dirname, '../src/backends/jaeger/testdata');
/** Until a server that stores in the background has stored. */
const SETTLE_MS = 1_500;

class RecordingHttp extends LiveHttp {
  readonly exchanges: Exchange[] = [];

  override async get(request: HttpRequest): Promise<HttpResponse> {
    const { status, contentType, body } = await super.get(request);
    const { path: route, query } = request;
    this.exchanges.push({ request: { path: route, query }, status, contentType, body });
    return { status, contentType, body };
  }
}

async function record(url: string, server: string, asked: Asked): Promise<void> {
  const folder = path.join(TESTDATA, asked.recording);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const question of QUESTIONS) {
    const http = new RecordingHttp(url);
    const backend = jaeger.create(jaeger.readSettings(asked.jsonData ?? {}), http);
    // Refusals are answers too: some questions ask for what is not there.
    await question.ask(backend, { signal: new AbortController().signal }).catch((error: unknown) => {
      const isRefusal = error instanceof BackendError && error.kind === 'unsupported';
      if (!question.fails && !isRefusal) {
        console.log(`  ${asked.recording}/${question.name}: ${error instanceof Error ? error.message : error}`);
      }
    });
    // Requests that run side by side end in any order; a recording has one.
    const exchanges = [...http.exchanges].sort((a, b) => (requestLine(a.request) < requestLine(b.request) ? -1 : 1));
    const recording: Recording = { server, exchanges };
    writeFileSync(path.join(folder, `${question.name}.json`), `${JSON.stringify(recording, null, 1)}\n`);
  }
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  await withServers(async (found) => {
    for (const entry of found) {
      const { name, asked } = entry.server;
      if (wanted.length > 0 && !wanted.includes(name)) {
        continue;
      }
      if ('reason' in entry) {
        console.log(`${name} is not recorded: ${entry.reason}.`);
        process.exitCode = 1;
        continue;
      }
      if (entry.otlpUrl) {
        await sendStories(entry.otlpUrl);
        await sleep(SETTLE_MS);
      }
      for (const way of asked) {
        await record(entry.url, `jaeger ${name}`, way);
        console.log(`${name}: recorded in ${path.relative(process.cwd(), path.join(TESTDATA, way.recording))}`);
      }
    }
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
