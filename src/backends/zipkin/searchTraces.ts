import { assembleTraces } from '../../model/assembleTrace';
import type { Notice } from '../../model/notice';
import { summarizeTrace, type TraceSummary } from '../../model/summary';
import type { SearchRequest, SearchResult } from '../backend';
import { BackendError } from '../errors';
import { BACKEND, type ZipkinClient } from './zipkinClient';

/** Zipkin reads the limit as a 32-bit integer. */
const MAX_LIMIT = 2_147_483_647;

/** Asks for one trace more than wanted, which tells whether the limit cut the list. */
export async function searchTraces(
  request: SearchRequest,
  client: ZipkinClient,
  signal: AbortSignal
): Promise<SearchResult> {
  if (request.spanName?.toLowerCase() === 'all') {
    throw new BackendError('bad-request', {
      backend: BACKEND,
      detail: 'To Zipkin the operation “all” means any operation, so it cannot be searched for. Leave it empty.',
    });
  }
  const askedFor = Math.min(request.limit + 1, MAX_LIMIT);
  const { spans, warnings } = await client.searchTraces(request, askedFor, signal);
  const traces = assembleTraces(spans);
  return {
    summaries: traces.map(summarizeTrace).sort(newestFirst).slice(0, request.limit),
    isLimited: traces.length >= askedFor,
    traces,
    notices: [...conditionNotices(request), ...warnings.map((text): Notice => ({ severity: 'warning', text }))],
  };
}

/** A search of Jaeger's finds one span that meets all conditions, so who comes from there must be told. */
function conditionNotices(request: SearchRequest): Notice[] {
  const { spanName, remoteService, attributes, minDuration, maxDuration } = request;
  const conditions = [spanName, remoteService, minDuration ?? maxDuration].filter(
    (condition) => condition !== undefined
  );
  return conditions.length + attributes.length < 2
    ? []
    : [
        {
          severity: 'info',
          text: 'Zipkin looks at each condition by itself: different spans of a trace may meet them.',
        },
      ];
}

function newestFirst(a: TraceSummary, b: TraceSummary): number {
  return a.startUnixNano === b.startUnixNano
    ? a.traceId < b.traceId
      ? -1
      : 1
    : a.startUnixNano < b.startUnixNano
      ? 1
      : -1;
}
