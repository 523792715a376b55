/**
 * `npm run test:jaeger`: the contract suite against real Jaeger servers, which are found or built, started and stopped
 * here (tests/live/README.md). A server that cannot be had is told and counts as skipped; that none can be had although
 * Go is here to build one is a failure.
 */
import { variablesOf } from '../tests/live/liveServers';
import { reportClauses } from './contract/reportClauses';
import { hasGo } from './jaeger/obtainServer';
import { withServers, type Found } from './jaeger/withServers';
import { closeWith } from './test/closeWith';
import { runLiveSuite } from './test/runLiveSuite';
import type { Counts } from './test/step';

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
  return runLiveSuite('live/jaeger.test', env, reportClauses);
}

closeWith(main());
