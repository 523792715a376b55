/**
 * `npm run record:metrics`: asks the newest released Jaeger, with a Prometheus behind it that is made up, for metrics and
 * keeps requests and answers in `src/backends/jaeger/testdata/metrics.json`.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Recording } from '../src/backends/contract/recording';
import { fetchMetrics } from '../src/backends/jaeger/metrics';
import { METRICS_QUESTIONS } from '../src/backends/jaeger/testdata/metricsQuestions';
import { JAEGER_SERVERS } from '../src/backends/jaeger/testdata/servers';
import { startFakePrometheus } from './jaeger/fakePrometheus';
import { obtainServer } from './jaeger/obtainServer';
import { startServer } from './jaeger/startServer';
import { RecordingHttp } from './jaeger/RecordingHttp';

const TARGET = path.resolve(__dirname, '../src/backends/jaeger/testdata/metrics.json');
const BUILD_BUDGET_MS = 11 * 60_000;

async function main(): Promise<void> {
  const [server] = JAEGER_SERVERS;
  const obtained = await obtainServer(server, Date.now() + BUILD_BUDGET_MS);
  if ('reason' in obtained) {
    throw new Error(obtained.reason);
  }
  const prometheus = await startFakePrometheus();
  const jaeger = await startServer(server, obtained.program, '', prometheus.url);
  try {
    const http = new RecordingHttp(jaeger.url);
    for (const request of Object.values(METRICS_QUESTIONS)) {
      await fetchMetrics(http, request, new AbortController().signal);
    }
    const recording: Recording = { server: `jaeger ${server.name}`, exchanges: http.exchanges };
    writeFileSync(TARGET, `${JSON.stringify(recording, null, 1)}\n`);
  } finally {
    await jaeger.stop();
    await prometheus.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
