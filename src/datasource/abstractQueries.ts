import { AbstractLabelOperator, type AbstractQuery } from '@grafana/data';

import type { TraceQuery } from '../query/query';

/** How OpenTelemetry's `service.name` is called as a label in Loki and Prometheus. */
const SERVICE_LABEL = 'service_name';

/**
 * What another data source can take over when a panel is switched to it: Loki and Prometheus read label matchers, of which
 * a trace query has the service. There is no way to hand over more, an id included.
 */
export function exportAbstractQuery(query: TraceQuery): AbstractQuery {
  const service = 'service' in query ? query.service : undefined;
  return {
    refId: query.refId,
    labelMatchers: service ? [{ name: SERVICE_LABEL, operator: AbstractLabelOperator.Equal, value: service }] : [],
  };
}
