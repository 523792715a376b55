import type { BackendCapabilities } from '../../query/capabilities';

/** What TraceQL can ask, of any version of Tempo that speaks it (2.0 and later). */
export const TEMPO_CAPABILITIES: BackendCapabilities = {
  search: 'any',
  attributeOperators: ['=', '!=', '=~', '!~', 'exists', '<', '>'],
  durationRange: true,
  statusFilter: true,
  queryLanguage: 'traceql',
  spanNames: true,
  attributeCatalogue: true,
  // Its graph of services is kept in a Prometheus, by the metrics generator.
  dependencies: false,
  timeSeries: false,
  rawTraces: false,
  traceWindow: true,
};
