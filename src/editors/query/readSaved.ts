import { backendDefinitions } from '../../backends';
import { normalizeQuery } from '../../query/normalizeQuery';
import type { TraceQuery } from '../../query/query';

const dialects = backendDefinitions.flatMap((definition) => definition.dialects ?? []);

/** The query that a saved, linked or provisioned one means; what the forms show. */
export function readSaved(saved: unknown): TraceQuery {
  return normalizeQuery(saved, { dialects });
}

/**
 * The query that a text means when it is typed or pasted where a trace ID goes: an id, a header, an address of a trace
 * or even of a search. It takes the place of `replaced` and nothing of what that asked.
 */
export function readPasted(text: string, { refId, key, hide, datasource }: TraceQuery): TraceQuery {
  return readSaved({ refId, key, hide, datasource, query: text });
}
