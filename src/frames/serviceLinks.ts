import type { DataLink } from '@grafana/data';
import {
  errorSearchLink,
  expressionLink,
  nearServicesLink,
  serviceMetricsLink,
  serviceSearchLink,
  type LinkTarget,
} from './links';

interface Targets {
  readonly datasource?: LinkTarget;
  readonly metrics?: LinkTarget;
}

/** Where the name of a service leads; `field` holds the name in the same row. Undefined where it leads nowhere. */
export function serviceLinks(field: string, { datasource, metrics }: Targets): DataLink[] | undefined {
  if (!datasource) {
    return undefined;
  }
  return [
    serviceSearchLink(datasource, field, 'Search traces of this service'),
    errorSearchLink(datasource, field, 'Search its errors'),
    serviceMetricsLink(datasource, field, 'calls', 'Request rate'),
    serviceMetricsLink(datasource, field, 'errors', 'Error share'),
    serviceMetricsLink(datasource, field, 'latencies', 'Durations'),
    nearServicesLink(datasource, field, 'Services around it'),
    ...(metrics ? [expressionLink(metrics, serverRate(field), 'Service graph metrics')] : []),
  ];
}

/** Where a call leads: to the traces of both ends, to the errors of the called service, to the metric of the pair. */
export function edgeLinks(callerField: string, calleeField: string, { datasource, metrics }: Targets) {
  if (!datasource) {
    return undefined;
  }
  return {
    caller: [serviceSearchLink(datasource, callerField, 'Search traces of the caller')],
    callee: [
      serviceSearchLink(datasource, calleeField, 'Search traces of the called service'),
      errorSearchLink(datasource, calleeField, 'Search errors of the called service'),
      serviceMetricsLink(datasource, calleeField, 'latencies', 'Durations of the called service'),
      ...(metrics ? [expressionLink(metrics, pairRate(callerField, calleeField), 'Service graph metrics')] : []),
    ],
  };
}

function serverRate(field: string): string {
  return `sum(rate(traces_service_graph_request_total{server="\${__data.fields.${field}}"}[$__rate_interval]))`;
}

function pairRate(caller: string, callee: string): string {
  const pair = `client="\${__data.fields.${caller}}", server="\${__data.fields.${callee}}"`;
  return `sum(rate(traces_service_graph_request_total{${pair}}[$__rate_interval]))`;
}
