import type { BackendCapabilities } from '../../query/capabilities';

/** What Zipkin can do when nothing of it is switched off. */
export const ZIPKIN_CAPABILITIES: BackendCapabilities = {
  search: 'any',
  attributeOperators: ['=', 'exists'],
  durationRange: true,
  remoteServices: true,
  lowerCaseNames: true,
  spanNames: true,
  attributeCatalogue: true,
  dependencies: true,
  timeSeries: false,
  rawTraces: false,
  traceWindow: false,
};

/** How a server is configured, as far as it changes what can be asked. */
export interface ZipkinFeatures {
  /** `SEARCH_ENABLED=false` leaves the lookup by id. */
  readonly isSearchEnabled: boolean;
  /** `AUTOCOMPLETE_KEYS`: the tags whose values are collected. Missing on a server without a route for them. */
  readonly attributeKeys?: readonly string[];
}

export function capabilitiesOf({ isSearchEnabled, attributeKeys = [] }: ZipkinFeatures): BackendCapabilities {
  return {
    ...ZIPKIN_CAPABILITIES,
    search: isSearchEnabled ? 'any' : 'none',
    attributeCatalogue: isSearchEnabled && attributeKeys.length > 0,
  };
}
