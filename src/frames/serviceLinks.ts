import type { DataLink } from '@grafana/data';
import {
  callSearchLink,
  errorSearchLink,
  expressionLink,
  nearServicesLink,
  serviceMetricsLink,
  serviceSearchLink,
  type CallFields,
  type CallSearch,
  type LinkTarget,
} from './links';

interface Targets {
  readonly datasource?: LinkTarget;
  readonly metrics?: LinkTarget;
  /** Missing where the store knows no calls: a call then leads to the traces of its ends. */
  readonly callSearch?: CallSearch;
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

/**
 * Where a call leads: to its traces and those of them that failed where the store can search for a call, to the traces,
 * errors and metrics of both ends, to the metric of the pair.
 */
export function edgeLinks(fields: CallFields, { datasource, metrics, callSearch }: Targets) {
  if (!datasource) {
    return undefined;
  }
  const ofCall = callSearch && [
    callSearchLink(datasource, callSearch, fields, 'Search traces of this call'),
    callSearchLink(datasource, callSearch, fields, 'Search its errors', 'error'),
  ];
  return {
    caller: [...(ofCall ?? []), ...endLinks(datasource, fields.caller, 'the caller')],
    callee: [
      ...endLinks(datasource, fields.callee, 'the called service'),
      ...(metrics ? [expressionLink(metrics, pairRate(fields), 'Service graph metrics')] : []),
    ],
  };
}

function endLinks(datasource: LinkTarget, field: string, who: string): DataLink[] {
  return [
    serviceSearchLink(datasource, field, `Search traces of ${who}`),
    errorSearchLink(datasource, field, `Search errors of ${who}`),
    serviceMetricsLink(datasource, field, 'calls', `Request rate of ${who}`),
    serviceMetricsLink(datasource, field, 'errors', `Error share of ${who}`),
    serviceMetricsLink(datasource, field, 'latencies', `Durations of ${who}`),
  ];
}

function serverRate(field: string): string {
  return `sum(rate(traces_service_graph_request_total{server="\${__data.fields.${field}}"}[$__rate_interval]))`;
}

function pairRate({ caller, callee }: CallFields): string {
  const pair = `client="\${__data.fields.${caller}}", server="\${__data.fields.${callee}}"`;
  return `sum(rate(traces_service_graph_request_total{${pair}}[$__rate_interval]))`;
}
