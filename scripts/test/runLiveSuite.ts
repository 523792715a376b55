import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run, type Counts } from './step';

/** Runs what `pattern` matches of the live tests. `readCounts` takes the path of Jest's report. */
export async function runLiveSuite(
  pattern: string,
  env: NodeJS.ProcessEnv,
  readCounts: (report: string) => Counts
): Promise<Counts> {
  const report = path.join(mkdtempSync(path.join(tmpdir(), 'tracebridge-live-')), 'report.json');
  const suite = ['--selectProjects', 'live', '--testPathPatterns', pattern];
  const { exitCode } = await run('npx', ['jest', ...suite, '--json', '--outputFile', report], env);
  const counts = readCounts(report);
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
