/** Who did what: the spans of one operation are summed up, merged and compared together. */
export interface Operation {
  readonly serviceName: string;
  /** The span name. */
  readonly name: string;
}

/** A text per operation: different ones for different operations, whatever the names hold. */
export function operationIdentity(serviceName: string, name: string): string {
  return `${serviceName.length}:${serviceName}${name}`;
}
