import type { BackendCapabilities } from '../../query/capabilities';
import { isKnownBefore, type TempoServer } from './serverVersion';

/** What TraceQL can ask, of any version of Tempo that speaks it (2.0 and later); metrics since 2.4. */
export const TEMPO_CAPABILITIES: BackendCapabilities = {
  search: 'any',
  attributeOperators: ['=', '!=', '=~', '!~', 'exists', '<', '>'],
  repeatedKeys: true,
  durationRange: true,
  statusFilter: true,
  queryLanguage: 'traceql',
  spanNames: true,
  attributeCatalogue: true,
  // Its graph of services is kept in a Prometheus, by the metrics generator.
  dependencies: false,
  timeSeries: true,
  rawTraces: false,
  traceWindow: true,
};

export function capabilitiesOf(server: TempoServer): BackendCapabilities {
  return { ...TEMPO_CAPABILITIES, timeSeries: !isKnownBefore(server, 2, 4) };
}
