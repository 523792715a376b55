import { fromMillis, unixNanoFromMillis } from '../../../model/time';
import type { MetricsRequest } from '../../backend';

const END_MS = Date.UTC(2026, 2, 1, 12);
const MINUTE = 60_000;

function minutes(count: number, endMs = END_MS): Pick<MetricsRequest, 'window' | 'step' | 'rateWindow'> {
  return {
    window: { fromUnixNano: unixNanoFromMillis(endMs - count * MINUTE), toUnixNano: unixNanoFromMillis(endMs) },
    step: fromMillis(MINUTE),
    rateWindow: fromMillis(5 * MINUTE),
  };
}

/** What a real Jaeger before a Prometheus is asked by `npm run record:metrics`; the answers are in metrics.json. */
export const METRICS_QUESTIONS: Readonly<Record<string, MetricsRequest>> = {
  calls: { metric: 'calls', services: ['checkout'], byOperation: false, ...minutes(3) },
  latencies: {
    metric: 'latencies',
    quantile: 0.95,
    services: ['checkout', 'cart'],
    byOperation: true,
    spanKinds: ['server', 'consumer'],
    ...minutes(2),
  },
  // Cart has no errors at all, so Prometheus has no series for them, and Jaeger fills in zeros.
  errors: { metric: 'errors', services: ['checkout', 'cart'], byOperation: false, ...minutes(1) },
  nobody: { metric: 'calls', services: ['nobody'], byOperation: false, ...minutes(1) },
  'rounded quantile': {
    metric: 'latencies',
    quantile: 0.999,
    services: ['checkout'],
    byOperation: false,
    ...minutes(1, END_MS + 12_345),
  },
  'name with a pattern in it': { metric: 'calls', services: ['a+b (c)'], byOperation: false, ...minutes(1) },
};
