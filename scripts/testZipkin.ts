/**
 * `npm run test:zipkin`: the contract suite against a real Zipkin server, which is found or fetched, started and stopped
 * here (tests/live/README.md). That none can be had is told and counts as skipped; that none can be had although Java and
 * Maven are here is a failure.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ZIPKIN_SERVER } from '../src/backends/zipkin/testdata/servers';
import { clauseTable, countClauses, NO_SERVER, readClauses } from './contract/clauseTable';
import { closingLine, run, type Counts } from './test/step';
import { hasProgram } from './zipkin/obtainJar';
import { withZipkin } from './zipkin/withZipkin';

async function main(): Promise<Counts> {
  return withZipkin(async (found) => {
    if ('url' in found) {
      return runSuite(process.env.ZIPKIN_URL ? { ZIPKIN_URL: found.url } : { ZIPKIN_KNOWN_URL: found.url });
    }
    console.log(`Skipped Zipkin ${ZIPKIN_SERVER.version}: ${found.reason}.`);
    const isHere = (await hasProgram('java')) && (await hasProgram('mvn'));
    if (isHere) {
      console.log('Java and Maven are here, yet no Zipkin could be had: nothing was tested.');
    }
    return { passed: 0, failed: isHere ? 1 : 0, skipped: isHere ? 0 : 1 };
  });
}

async function runSuite(env: NodeJS.ProcessEnv): Promise<Counts> {
  const report = path.join(mkdtempSync(path.join(tmpdir(), 'tracebridge-live-')), 'report.json');
  const suite = ['--selectProjects', 'live', '--testPathPatterns', 'live/zipkin'];
  const { exitCode } = await run('npx', ['jest', ...suite, '--json', '--outputFile', report], env);
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
