import type { BackendCapabilities } from '../../query/capabilities';
import type { JaegerFeatures } from './features';

/** What the newest Jaeger can do. */
export const JAEGER_CAPABILITIES: BackendCapabilities = {
  // Whether a storage does without a service is known to the server only; it then refuses in its own words.
  search: 'any',
  attributeOperators: ['='],
  durationRange: true,
  spanNames: true,
  attributeCatalogue: false,
  dependencies: true,
  // Whether metrics are configured is known to the server only; see `JaegerBackend.fetchMetrics`.
  timeSeries: true,
  rawTraces: true,
  traceWindow: true,
};

export function capabilitiesOf({ apis, variant }: JaegerFeatures): BackendCapabilities {
  return {
    ...JAEGER_CAPABILITIES,
    search: apis.has('v3') ? 'any' : apis.has('legacy-search') ? 'needs-service' : 'none',
    dependencies: variant.hasDependencies,
    timeSeries: variant.isJaeger,
    rawTraces: variant.hasLookupParameters,
    traceWindow: variant.hasLookupParameters,
  };
}
