import type { BackendCapabilities } from '../../query/capabilities';
import { interpolateQuery } from '../../query/interpolate';
import type { TraceQuery } from '../../query/query';
import { validateQuery, type QueryField } from '../../query/validate';
import { hasVariable } from '../../query/variableText';

/** What the forms take a store to be capable of until it has answered: nothing is hidden, nothing is refused. */
export const assumedCapabilities: BackendCapabilities = {
  search: 'any',
  attributeOperators: ['='],
  durationRange: true,
  spanNames: true,
  attributeCatalogue: false,
  dependencies: true,
  timeSeries: false,
  rawTraces: true,
  traceWindow: true,
};

/**
 * What is wrong with a query while it is being written, one sentence a field. A field that still holds a variable is
 * let be: a repeated panel and a data link know variables that the editor does not.
 */
export function problemsByField(
  query: TraceQuery,
  capabilities: BackendCapabilities,
  interpolate: (text: string) => string
): ReadonlyMap<QueryField, string> {
  const interpolated = interpolateQuery(query, interpolate);
  const texts: Partial<Record<QueryField, unknown>> = { ...interpolated };
  return new Map(
    validateQuery(interpolated, capabilities)
      .filter(({ field }) => !hasVariable(textOf(texts[field])))
      .map(({ field, message }) => [field, message])
  );
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}
