import { assembleTraces } from '../../model/assembleTrace';
import type { DecodedSpans } from '../../model/flatSpan';
import type { Notice } from '../../model/notice';
import { summarizeTrace, type TraceSummary } from '../../model/summary';
import type { Trace } from '../../model/trace';
import type { SearchRequest, SearchResult } from '../backend';
import { BackendError } from '../errors';
import type { JaegerApi, JaegerFeatures } from './features';
import { filterTraces } from './filterTraces';
import type { LegacyClient } from './legacyClient';
import { DURATION_WITH_TAGS, SEARCH_DEPTH } from './refusals';
import { routesFor } from './routes';
import type { V3Client } from './v3Client';

export interface SearchWay {
  readonly api: JaegerApi;
  readonly features: JaegerFeatures;
  readonly v3: V3Client;
  readonly legacy: LegacyClient;
  readonly signal: AbortSignal;
}

/** Jaeger reads the limit as a 32-bit integer. */
const MAX_LIMIT = 2_147_483_647;

/**
 * Asks for one trace more than wanted, which tells whether the limit cut the list, and does on whole traces what the
 * server would not: attributes before v2.19, durations together with tags on Cassandra. Both are told.
 */
export async function searchTraces(request: SearchRequest, way: SearchWay): Promise<SearchResult> {
  // v3 without summaries is older than v2.19 and ignores attributes in silence.
  const ignoresAttributes = way.api === 'v3' && request.attributes.length > 0 && !way.features.apis.has('v3-summaries');
  try {
    return ignoresAttributes
      ? await searchAndFilter(request, request, way, ATTRIBUTES_FILTERED_HERE)
      : await searchOnServer(request, way);
  } catch (error) {
    if (!isDurationWithTags(error) || routesFor('full-search', way.features).length === 0) {
      throw error;
    }
    const { minDuration, maxDuration, ...asked } = request;
    return searchAndFilter(asked, request, way, DURATIONS_FILTERED_HERE);
  }
}

const ATTRIBUTES_FILTERED_HERE =
  'Jaeger before v2.19 ignores attribute filters in a search by API v3, so they were applied here, to the traces that it returned. Some matches may be missing: raise the limit or narrow the time range.';
const DURATIONS_FILTERED_HERE =
  'This storage cannot filter by duration and attributes at once, so durations were applied here, to the traces that it returned. Some matches may be missing: raise the limit or narrow the time range.';

async function searchOnServer(request: SearchRequest, way: SearchWay): Promise<SearchResult> {
  const { answer, askedFor } = await withOneMore(request.limit, (limit) => fetchSummaries(request, limit, way));
  return {
    ...cut(answer.summaries, request.limit, askedFor),
    notices: answer.notices,
    ...(answer.traces && { traces: answer.traces }),
  };
}

/** `asked` goes to the server, `wanted` is what the answer is filtered by. */
async function searchAndFilter(
  asked: SearchRequest,
  wanted: SearchRequest,
  way: SearchWay,
  remark: string
): Promise<SearchResult> {
  const [api] = routesFor('full-search', way.features);
  const { answer, askedFor } = await withOneMore(wanted.limit, (limit) => fetchSpans(asked, limit, { ...way, api }));
  const traces = assembleTraces(answer.spans, answer.warnings);
  const matching = filterTraces(traces, wanted);
  return {
    summaries: newestFirst(matching.map(summarizeTrace)).slice(0, wanted.limit),
    traces: matching,
    isLimited: traces.length >= askedFor,
    notices: [{ severity: 'warning', text: remark }, ...warningNotices(answer)],
  };
}

async function fetchSummaries(
  request: SearchRequest,
  limit: number,
  way: SearchWay
): Promise<{ summaries: readonly TraceSummary[]; notices: readonly Notice[]; traces?: readonly Trace[] }> {
  if (way.api === 'v3-summaries') {
    const listed = await way.v3.searchSummaries(request, limit, way.signal);
    return { summaries: listed.summaries, notices: warningNotices(listed) };
  }
  const decoded = await fetchSpans(request, limit, way);
  const traces = assembleTraces(decoded.spans);
  return { summaries: traces.map(summarizeTrace), traces, notices: warningNotices(decoded) };
}

function fetchSpans(request: SearchRequest, limit: number, way: SearchWay): Promise<DecodedSpans> {
  return way.api === 'v3'
    ? way.v3.searchTraces(request, limit, way.signal)
    : way.legacy.searchTraces(request, limit, way.features.variant, way.signal);
}

/** Asks again for exactly the limit when the server takes one more for too many, as memory storage may. */
async function withOneMore<T>(
  limit: number,
  search: (limit: number) => Promise<T>
): Promise<{ answer: T; askedFor: number }> {
  const oneMore = Math.min(limit + 1, MAX_LIMIT);
  try {
    return { answer: await search(oneMore), askedFor: oneMore };
  } catch (error) {
    if (isAboutLimit(error) && oneMore > limit) {
      return { answer: await search(limit), askedFor: limit };
    }
    throw error;
  }
}

function cut(
  summaries: readonly TraceSummary[],
  limit: number,
  askedFor: number
): Pick<SearchResult, 'summaries' | 'isLimited'> {
  return { summaries: newestFirst(summaries).slice(0, limit), isLimited: summaries.length >= askedFor };
}

function newestFirst(summaries: readonly TraceSummary[]): TraceSummary[] {
  return [...summaries].sort((a, b) =>
    a.startUnixNano === b.startUnixNano ? (a.traceId < b.traceId ? -1 : 1) : a.startUnixNano < b.startUnixNano ? 1 : -1
  );
}

function warningNotices({ warnings }: Pick<DecodedSpans, 'warnings'>): Notice[] {
  return [...new Set(warnings)].map((text) => ({ severity: 'warning', text }));
}

/** Look-alikes have maximum limits of their own and speak of them in their own words. */
function isAboutLimit(error: unknown): boolean {
  return hasWords(error, SEARCH_DEPTH) || hasWords(error, /\blimit\b/i);
}

function isDurationWithTags(error: unknown): boolean {
  return hasWords(error, DURATION_WITH_TAGS);
}

function hasWords(error: unknown, words: RegExp): boolean {
  return (
    error instanceof BackendError &&
    error.kind === 'bad-request' &&
    error.serverMessage !== undefined &&
    words.test(error.serverMessage)
  );
}
