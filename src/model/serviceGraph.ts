/** Who calls whom. Counts are whole numbers over the window that was asked for. */
export interface ServiceCall {
  readonly caller: string;
  readonly callee: string;
  readonly calls: number;
  /** Missing where the source does not count errors. */
  readonly errors?: number;
}

export interface ServiceGraph {
  readonly calls: readonly ServiceCall[];
}
