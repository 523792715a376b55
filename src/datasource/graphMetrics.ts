/** The graph of services out of metrics that Tempo's metrics generator or the Collector's connector wrote. */
import type { DataFrame, Labels } from '@grafana/data';

import { completeServiceGraph } from '../analysis/completeServiceGraph';
import type { ServiceCall, ServiceGraph, ServiceNumbers } from '../model/serviceGraph';
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
  const p95By = (labels: string) =>
    DURATIONS.map(
      ([name, scale]) => `histogram_quantile(0.95, sum by (le, ${labels}) (rate(${name}${range})))${scale}`
    ).join(' or ');
  return new Map([
    ['calls', `${BY} (increase(traces_service_graph_request_total${range})) > 0`],
    ['errors', `${BY} (increase(traces_service_graph_request_failed_total${range}))`],
    ['p95', p95By('client, server')],
    // Quantiles of pairs do not add up to that of the service they call.
    ['serverP95', p95By('server')],
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
  return { calls, services: readServices(frames, calls), window };
}

/** The called services whose durations are known; what else there is to know is the sum of their calls. */
function readServices(frames: readonly DataFrame[], calls: readonly ServiceCall[]): readonly ServiceNumbers[] {
  const p95 = new Map(
    valuesOf(frames, 'serverP95').flatMap(({ labels, value }) => (labels.server ? [[labels.server, value]] : []))
  );
  return completeServiceGraph({ calls }).services.flatMap((service) => {
    const seconds = p95.get(service.name);
    return seconds === undefined ? [] : [{ ...service, p95: nanoseconds(seconds * NANOS_PER_SECOND) }];
  });
}

interface PairValue {
  readonly client: string;
  readonly server: string;
  readonly value: number;
}

function valuesByPair(frames: readonly DataFrame[], refId: string): ReadonlyMap<string, PairValue> {
  const pairs = valuesOf(frames, refId).flatMap(({ labels: { client, server }, value }) =>
    client && server ? [{ client, server, value }] : []
  );
  return new Map(pairs.map((pair) => [JSON.stringify([pair.client, pair.server]), pair]));
}

interface LabelledValue {
  readonly labels: Labels;
  readonly value: number;
}

function valuesOf(frames: readonly DataFrame[], refId: string): readonly LabelledValue[] {
  return frames
    .filter((frame) => frame.refId === refId)
    .flatMap((frame) => frame.fields)
    .flatMap(({ type, labels = {}, values }): LabelledValue[] => {
      const value: unknown = values.at(-1);
      const isUsable = type === 'number' && typeof value === 'number' && Number.isFinite(value);
      return isUsable ? [{ labels, value }] : [];
    });
}
