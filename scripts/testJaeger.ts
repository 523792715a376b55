/**
 * `npm run test:jaeger`: the contract suite against real Jaeger servers, which are found or built, started and stopped
 * here (tests/live/README.md). A server that cannot be had is told and counts as skipped; that none can be had although
 * Go is here to build one is a failure.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { variablesOf } from '../tests/live/liveServers';
import { clauseTable, countClauses, NO_SERVER, readClauses } from './contract/clauseTable';
import { hasGo } from './jaeger/obtainServer';
import { withServers, type Found } from './jaeger/withServers';
import { closingLine, run, type Counts } from './test/step';

async function main(): Promise<Counts> {
  return withServers(async (found) => {
    const missing = found.filter((entry) => 'reason' in entry);
    const hasServer = missing.length < found.length || Boolean(process.env.JAEGER_URL);
    const counts = hasServer ? await runSuite(found) : { passed: 0, failed: (await hasGo()) ? 1 : 0, skipped: 0 };
    for (const { server, reason } of missing) {
      console.log(`Skipped Jaeger ${server.name} (${server.revision}): ${reason}.`);
    }
    if (counts.failed > 0 && !hasServer) {
      console.log('Go is here, yet no Jaeger could be had: nothing was tested.');
    }
    return { ...counts, skipped: counts.skipped + missing.length };
  });
}

async function runSuite(found: readonly Found[]): Promise<Counts> {
  const env: NodeJS.ProcessEnv = {};
  for (const entry of found) {
    if ('url' in entry) {
      const { url, otlpUrl } = variablesOf(entry.server.name);
      env[url] = entry.url;
      env[otlpUrl] = entry.otlpUrl;
    }
  }
  const report = path.join(mkdtempSync(path.join(tmpdir(), 'tracebridge-live-')), 'report.json');
  const { exitCode } = await run(
    'npx',
    ['jest', '--selectProjects', 'live', '--testPathPatterns', 'live/jaeger.test', '--json', '--outputFile', report],
    env
  );
  const clauses = readClauses(JSON.parse(readFileSync(report, 'utf8')));
  console.log(`\n${clauseTable(clauses.filter(({ server }) => server !== NO_SERVER))}\n`);
  const counts = countClauses(clauses);
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

main().then(
  (counts) => {
    console.log(closingLine(counts));
    process.exitCode = counts.failed > 0 ? 1 : 0;
  },
  (error: unknown) => {
    console.error(error);
    console.log(closingLine({ passed: 0, failed: 1, skipped: 0 }));
    process.exitCode = 1;
  }
);
