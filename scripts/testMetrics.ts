/**
 * `npm run test:metrics`: rates, errors and durations against a real Jaeger with a real Prometheus, which are found or
 * fetched, started and stopped here (tests/live/README.md). Where one of them cannot be had, that is told and counts as
 * skipped.
 */
import { withJaegerMetrics } from './prometheus/withJaegerMetrics';
import { closeWith } from './test/closeWith';
import { jestCounts } from './test/jestCounts';
import { runLiveSuite } from './test/runLiveSuite';
import { NONE, type Counts } from './test/step';

async function main(): Promise<Counts> {
  return withJaegerMetrics(async (found) => {
    if ('reason' in found) {
      console.log(`Skipped the metrics of Jaeger: ${found.reason}.`);
      return { ...NONE, skipped: 1 };
    }
    const env = { JAEGER_METRICS_URL: found.url, JAEGER_METRICS_OTLP_URL: found.otlpUrl };
    return runLiveSuite('live/jaegerMetrics', env, jestCounts);
  });
}

closeWith(main());
