/** The graph of services out of metrics that Tempo's metrics generator or the Collector's connector wrote. */
import type { DataFrame } from '@grafana/data';

import type { ServiceCall, ServiceGraph } from '../model/serviceGraph';
import { nanoseconds, NANOS_PER_SECOND, type TimeWindow } from '../model/time';

const BY = 'sum by (client, server)';
/** The connector adds no unit to the name where metric suffixes are switched off, and once counted milliseconds. */
const DURATIONS = [
  ['traces_service_graph_request_server_seconds_bucket', ''],
  ['traces_service_graph_request_server_bucket', ''],
  ['traces_service_graph_request_server_milliseconds_bucket', ' / 1000'],
] as const;

/**
 * The same names come from Tempo (https://grafana.com/docs/tempo/latest/metrics-generator/service_graphs/) and from the
 * Collector (opentelemetry-collector-contrib, connector/servicegraphconnector).
 */
export function graphExpressions({ fromUnixNano, toUnixNano }: TimeWindow): ReadonlyMap<string, string> {
  const seconds = Number((toUnixNano - fromUnixNano) / BigInt(NANOS_PER_SECOND));
  const range = `[${Math.max(1, seconds)}s]`;
  const quantile = ([name, scale]: (typeof DURATIONS)[number]) =>
    `histogram_quantile(0.95, sum by (le, client, server) (rate(${name}${range})))${scale}`;
  return new Map([
    ['calls', `${BY} (increase(traces_service_graph_request_total${range})) > 0`],
    ['errors', `${BY} (increase(traces_service_graph_request_failed_total${range}))`],
    ['p95', DURATIONS.map(quantile).join(' or ')],
  ]);
}

/** Extrapolation makes `increase` a fraction; calls are whole. A caller that has no name is a user of the first service. */
export function readGraphMetrics(frames: readonly DataFrame[], window: TimeWindow): ServiceGraph {
  const errors = valuesByPair(frames, 'errors');
  const p95 = valuesByPair(frames, 'p95');
  const calls = [...valuesByPair(frames, 'calls')].map(([key, { client, server, value }]): ServiceCall => {
    const seconds = p95.get(key)?.value;
    return {
      caller: client,
      callee: server,
      calls: Math.max(1, Math.round(value)),
      // A pair without failures has no series of them.
      errors: Math.round(errors.get(key)?.value ?? 0),
      ...(seconds === undefined ? {} : { p95: nanoseconds(seconds * NANOS_PER_SECOND) }),
    };
  });
  return { calls, window };
}

interface PairValue {
  readonly client: string;
  readonly server: string;
  readonly value: number;
}

function valuesByPair(frames: readonly DataFrame[], refId: string): ReadonlyMap<string, PairValue> {
  const values = frames
    .filter((frame) => frame.refId === refId)
    .flatMap((frame) => frame.fields)
    .flatMap(({ type, labels, values: points }): PairValue[] => {
      const value: unknown = points.at(-1);
      const { client, server } = labels ?? {};
      const isUsable = type === 'number' && typeof value === 'number' && Number.isFinite(value);
      return isUsable && client && server ? [{ client, server, value }] : [];
    });
  return new Map(values.map((pair) => [JSON.stringify([pair.client, pair.server]), pair]));
}
