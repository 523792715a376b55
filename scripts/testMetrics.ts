/**
 * `npm run test:metrics`: rates, errors and durations against a real Jaeger with a real Prometheus, which are found or
 * fetched, started and stopped here (tests/live/README.md). Where one of them cannot be had, that is told and counts as
 * skipped.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withJaegerMetrics } from './prometheus/withJaegerMetrics';
import { jestCounts } from './test/jestCounts';
import { closingLine, NONE, run, type Counts } from './test/step';

async function main(): Promise<Counts> {
  return withJaegerMetrics(async (found) => {
    if ('reason' in found) {
      console.log(`Skipped the metrics of Jaeger: ${found.reason}.`);
      return { ...NONE, skipped: 1 };
    }
    const report = path.join(mkdtempSync(path.join(tmpdir(), 'tracebridge-live-')), 'report.json');
    const suite = ['--selectProjects', 'live', '--testPathPatterns', 'live/jaegerMetrics'];
    const { exitCode } = await run('npx', ['jest', ...suite, '--json', '--outputFile', report], {
      JAEGER_METRICS_URL: found.url,
      JAEGER_METRICS_OTLP_URL: found.otlpUrl,
    });
    const counts = jestCounts(report);
    return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  });
}

main().then(
  (counts) => {
    console.log(closingLine(counts));
    process.exitCode = counts.failed > 0 ? 1 : 0;
  },
  (error: unknown) => {
    console.error(error);
    console.log(closingLine({ ...NONE, failed: 1 }));
    process.exitCode = 1;
  }
);
