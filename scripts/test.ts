/**
 * `npm test`: everything that can be checked on this machine, in the order in which it is cheapest to fail.
 * Closes with `N passed, N failed, N skipped`; what could not run is told with its reason and counted as skipped.
 * `npm test -- unit e2e` runs only the named steps.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBrowser } from './test/browser';
import { jestCounts } from './test/jestCounts';
import { playwrightCounts } from './test/playwrightCounts';
import { add, closingLine, NONE, readClosingLine, run, type Counts } from './test/step';

const reports = mkdtempSync(path.join(tmpdir(), 'tracebridge-test-'));

/** A program whose exit code is its only result. */
async function check(...command: readonly [string, ...string[]]): Promise<Counts> {
  const { exitCode } = await run(command[0], command.slice(1));
  return exitCode === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
}

/** A program that counts; when it dies without a count, or exits non-zero with none failed, that is a failure. */
function counted(exitCode: number, read: () => Counts | undefined): Counts {
  let counts: Counts | undefined;
  try {
    counts = read();
  } catch {
    counts = undefined;
  }
  if (!counts) {
    return { ...NONE, failed: 1 };
  }
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function unit(): Promise<Counts> {
  const report = path.join(reports, 'unit.json');
  const { exitCode } = await run('npx', [
    'jest',
    '--selectProjects',
    'pure',
    'grafana',
    '--json',
    '--outputFile',
    report,
  ]);
  return counted(exitCode, () => jestCounts(report));
}

async function closing(script: string): Promise<Counts> {
  const { exitCode, output } = await run('npm', ['run', '--silent', script]);
  return counted(exitCode, () => readClosingLine(output));
}

async function e2e(): Promise<Counts> {
  const browser = await ensureBrowser();
  if (!browser) {
    console.log('Browser tests skipped: no Chromium here and none could be installed. Set CHROMIUM to its path.');
    return { ...NONE, skipped: 1 };
  }
  const report = path.join(reports, 'e2e.json');
  const { exitCode } = await run('npx', ['playwright', 'test', '--reporter', 'list,json'], {
    CHROMIUM: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return counted(exitCode, () => playwrightCounts(report));
}

const steps: ReadonlyArray<readonly [name: string, step: () => Promise<Counts>]> = [
  ['typecheck', () => check('npm', 'run', '--silent', 'typecheck')],
  ['lint', () => check('npm', 'run', '--silent', 'lint')],
  ['unit', unit],
  ['build', () => check('npm', 'run', '--silent', 'build')],
  ['validate', () => closing('validate')],
  ['jaeger', () => closing('test:jaeger')],
  ['zipkin', () => closing('test:zipkin')],
  ['metrics', () => closing('test:metrics')],
  ['e2e', e2e],
];

/** Runs only when named: what it tells needs a machine that does nothing else. */
const onRequest: typeof steps = [['bench', () => check('npm', 'run', '--silent', 'bench')]];

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const known = [...steps, ...onRequest];
  const unknown = wanted.filter((name) => !known.some(([step]) => step === name));
  if (unknown.length > 0) {
    console.error(`No step named ${unknown.join(', ')}. Steps: ${known.map(([name]) => name).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  let total = NONE;
  const rows: string[] = [];
  for (const [name, step] of wanted.length === 0 ? steps : known.filter(([name]) => wanted.includes(name))) {
    console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 90 - name.length))}`);
    const started = Date.now();
    const counts = await step();
    total = add(total, counts);
    rows.push(`${name.padEnd(10)} ${closingLine(counts)} (${Math.round((Date.now() - started) / 1000)} s)`);
  }
  console.log(`\n${rows.join('\n')}\n`);
  console.log(closingLine(total));
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

void main();
