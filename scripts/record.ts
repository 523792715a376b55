/**
 * `npm run record`: asks real servers every question of the contract suite and keeps requests and answers in the
 * `testdata` of their backend. `npm run record -- v2.20.0 zipkin` does it for the named servers only. Look at the
 * difference before committing it: a changed request line is a changed promise.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askAsProduct } from '../src/backends/contract/askAsProduct';
import type { BackendDefinition } from '../src/backends/backend';
import { questionsFor, type Question } from '../src/backends/contract/questions';
import type { Recording } from '../src/backends/contract/recording';
import { requestLine } from '../src/backends/contract/requestLine';
import { sendStories } from '../src/backends/contract/sendStories';
import { BackendError } from '../src/backends/errors';
import { jaeger } from '../src/backends/jaeger/definition';
import { zipkin } from '../src/backends/zipkin/definition';
import { sendZipkinStories } from '../src/backends/zipkin/testdata/sendZipkinStories';
import { ZIPKIN_SERVER } from '../src/backends/zipkin/testdata/servers';
import { RecordingHttp } from './jaeger/RecordingHttp';
import { withServers } from './jaeger/withServers';
import { withZipkin } from './zipkin/withZipkin';

/** Until a server that stores in the background has stored. */
const SETTLE_MS = 1_500;

interface Taken {
  readonly url: string;
  /** Who answers: `jaeger v2.20.0`. */
  readonly server: string;
  /** Folder of the recordings, below the backend's `testdata`. */
  readonly recording: string;
  readonly jsonData?: unknown;
  readonly questions: readonly Question[];
}

async function record<T>(definition: BackendDefinition<T>, taken: Taken): Promise<void> {
  const { url, server, recording: name, questions } = taken;
  const folder = path.resolve(__dirname, '../src/backends', definition.id, 'testdata', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const question of questions) {
    const http = new RecordingHttp(url);
    const backend = definition.create(definition.readSettings(taken.jsonData ?? {}), http);
    const context = { signal: new AbortController().signal };
    // Refusals are answers too: some questions ask for what is not there.
    await askAsProduct(question, backend, context).catch((error: unknown) => {
      const isRefusal = error instanceof BackendError && error.kind === 'unsupported';
      if (!question.fails && !isRefusal) {
        console.log(`  ${name}/${question.name}: ${error instanceof Error ? error.message : error}`);
      }
    });
    // Requests that run side by side end in any order; a recording has one.
    const exchanges = [...http.exchanges].sort((a, b) => (requestLine(a.request) < requestLine(b.request) ? -1 : 1));
    const recording: Recording = { server, exchanges };
    writeFileSync(path.join(folder, `${question.name}.json`), `${JSON.stringify(recording, null, 1)}\n`);
  }
  console.log(`${server}: recorded in ${path.relative(process.cwd(), folder)}`);
}

async function recordJaeger(wanted: readonly string[]): Promise<void> {
  await withServers(async (found) => {
    for (const entry of found) {
      const { name, asked } = entry.server;
      if (wanted.length > 0 && !wanted.includes(name)) {
        continue;
      }
      if ('reason' in entry) {
        notRecorded(name, entry.reason);
        continue;
      }
      if (entry.otlpUrl) {
        await sendStories(entry.otlpUrl);
        await sleep(SETTLE_MS);
      }
      for (const { recording, jsonData } of asked) {
        await record(jaeger, {
          url: entry.url,
          server: `jaeger ${name}`,
          recording,
          jsonData,
          questions: questionsFor(jaeger.capabilities),
        });
      }
    }
  });
}

async function recordZipkin(): Promise<void> {
  const { recording, expectations } = ZIPKIN_SERVER;
  await withZipkin(async (found) => {
    if ('reason' in found) {
      notRecorded(zipkin.id, found.reason);
      return;
    }
    await sendZipkinStories(found.url);
    await sleep(SETTLE_MS);
    const questions = [...questionsFor(zipkin.capabilities), ...expectations.further];
    await record(zipkin, { url: found.url, server: `zipkin ${recording}`, recording, questions });
  });
}

function notRecorded(name: string, reason: string): void {
  console.log(`${name} is not recorded: ${reason}.`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const others = wanted.filter((name) => name !== zipkin.id);
  if (wanted.length === 0 || others.length > 0) {
    await recordJaeger(others);
  }
  if (wanted.length === 0 || wanted.includes(zipkin.id)) {
    await recordZipkin();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
