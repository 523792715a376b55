/** Which questions a store can answer. Plain data: editors, validation, docs and tests read it. */
export interface BackendCapabilities {
  /** `needs-service`: the store refuses a search that names no service. */
  readonly search: 'none' | 'needs-service' | 'any';
  readonly attributeOperators: readonly AttributeOperator[];
  readonly durationRange: boolean;
  readonly queryLanguage?: 'traceql';
  /** Lists operation names of a service. */
  readonly spanNames: boolean;
  readonly attributeCatalogue: boolean;
  readonly dependencies: boolean;
  readonly timeSeries: boolean;
  /** Can answer a trace as it was stored, without the server's own adjustments. */
  readonly rawTraces: boolean;
  /** Can bound a lookup by id in time. */
  readonly traceWindow: boolean;
}

export type AttributeOperator = '=' | '!=' | '=~' | 'exists';
