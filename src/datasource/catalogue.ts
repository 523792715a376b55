import type { TimeWindow } from '../model/time';
import type { BackendCapabilities } from '../query/capabilities';

/** What the editors may ask a data source for while the user types. Implemented by `TraceDataSource`; cached there. */
export interface Catalogue {
  /** Sorted. Of a time range, where the store can tell. Rejects with an `Error` whose message is a sentence for the user. */
  listServices(window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]>;
  /** The same of operations. `service` may hold variables and name several. */
  listSpanNames(service: string, window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]>;
  /** Sorted. Of the spans of one service or several, as above, in a time range; of whatever is known without one. */
  listAttributeKeys(service?: string, window?: TimeWindow, signal?: AbortSignal): Promise<readonly string[]>;
  /** The same of the values of a key, which may hold a variable. */
  listAttributeValues(
    key: string,
    service?: string,
    window?: TimeWindow,
    signal?: AbortSignal
  ): Promise<readonly string[]>;
  /** Sorted. Whom the one `service`, which may be a variable, calls; empty where the store does not know. */
  listRemoteServices(service: string, signal?: AbortSignal): Promise<readonly string[]>;
  /** What the server that answers can do; what the backend's definition declares while that is unknown. */
  capabilities(signal?: AbortSignal): Promise<BackendCapabilities>;
  /** Variables replaced, for validation and lookups. */
  interpolate(text: string): string;
}
