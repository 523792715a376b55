/**
 * `npm run test:zipkin`: the contract suite against a real Zipkin server, which is found or fetched, started and stopped
 * here (tests/live/README.md). That none can be had is told and counts as skipped; that none can be had although Java and
 * Maven are here is a failure.
 */
import { ZIPKIN_SERVER } from '../src/backends/zipkin/testdata/servers';
import { reportClauses } from './contract/reportClauses';
import { closeWith } from './test/closeWith';
import { runLiveSuite } from './test/runLiveSuite';
import type { Counts } from './test/step';
import { hasProgram } from './zipkin/obtainJar';
import { withZipkin } from './zipkin/withZipkin';

async function main(): Promise<Counts> {
  return withZipkin(async (found) => {
    if ('url' in found) {
      const env = process.env.ZIPKIN_URL ? { ZIPKIN_URL: found.url } : { ZIPKIN_KNOWN_URL: found.url };
      return runLiveSuite('live/zipkin', env, reportClauses);
    }
    console.log(`Skipped Zipkin ${ZIPKIN_SERVER.version}: ${found.reason}.`);
    const isHere = (await hasProgram('java')) && (await hasProgram('mvn'));
    if (isHere) {
      console.log('Java and Maven are here, yet no Zipkin could be had: nothing was tested.');
    }
    return { passed: 0, failed: isHere ? 1 : 0, skipped: isHere ? 0 : 1 };
  });
}

closeWith(main());
