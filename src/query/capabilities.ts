/** Which questions a store can answer. Plain data: editors, validation, docs and tests read it. */
export interface BackendCapabilities {
  /** `needs-service`: the store refuses a search that names no service. */
  readonly search: 'none' | 'needs-service' | 'any';
  /** What the server itself can apply; the others are applied here, to fetched traces. */
  readonly attributeOperators: readonly AttributeOperator[];
  /** Takes several values for one key, all of which must hold; the others get the first, the rest is applied here. */
  readonly repeatedKeys?: boolean;
  readonly durationRange: boolean;
  /** Finds traces by the outcome of their spans without an attribute for it. */
  readonly statusFilter?: boolean;
  /** Knows which services a service calls, and searches by them. */
  readonly remoteServices?: boolean;
  /** Keeps the names of services and spans in lower case, whatever they were sent as. */
  readonly lowerCaseNames?: boolean;
  readonly queryLanguage?: 'traceql';
  /** Lists operation names of a service. */
  readonly spanNames: boolean;
  /** Lists attribute keys and the values of a key. */
  readonly attributeCatalogue: boolean;
  readonly dependencies: boolean;
  /** Keeps rate, errors and durations of its own. */
  readonly timeSeries: boolean;
  /** Can answer a trace as it was stored, without the server's own adjustments. */
  readonly rawTraces: boolean;
  /** Can bound a lookup by id in time. */
  readonly traceWindow: boolean;
}

export const ATTRIBUTE_OPERATORS = ['=', '!=', '=~', '!~', 'exists', '<', '>'] as const;

/** `=~` and `!~` match the whole value, as everywhere in Grafana; `<` and `>` compare numbers. */
export type AttributeOperator = (typeof ATTRIBUTE_OPERATORS)[number];
