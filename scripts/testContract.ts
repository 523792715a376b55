/**
 * `npm run test:contract`: every store against the one suite, as a table. Recorded answers, and the servers that the
 * environment names (tests/live/README.md); `test:jaeger` and `test:zipkin` start servers of their own.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backendDefinitions } from '../src/backends/index';
import { clauseTable, countClauses, NO_SERVER, readClauses } from './contract/clauseTable';
import { closingLine, run } from './test/step';

/** Those for which the environment names a server: `JAEGER_URL`, `ZIPKIN_URL`, `TEMPO_URL` and their kin. */
function liveSuites(): readonly string[] {
  const named = Object.entries(process.env).filter(([name, value]) => value && /_URL$/.test(name));
  const stores = backendDefinitions.filter(({ id }) => named.some(([name]) => name.startsWith(id.toUpperCase())));
  return stores.map(({ id }) => `tests/live/${id}`);
}

async function main(): Promise<void> {
  const report = path.join(mkdtempSync(path.join(tmpdir(), 'tracebridge-contract-')), 'report.json');
  const suites = ['--selectProjects', 'pure', 'live', '--testPathPatterns', '\\.contract\\.test', ...liveSuites()];
  const { exitCode } = await run('npx', [
    'jest',
    ...suites,
    '--json',
    '--outputFile',
    report,
    ...process.argv.slice(2),
  ]);
  const clauses = readClauses(JSON.parse(readFileSync(report, 'utf8')));
  const counts = countClauses(clauses);
  console.log(`\n${clauseTable(clauses.filter(({ server }) => server !== NO_SERVER))}\n`);
  console.log(closingLine(counts));
  process.exitCode = exitCode !== 0 || counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
