import type { Notice } from '../../model/notice';
import type { SearchResult } from '../backend';
import { BackendError } from '../errors';
import type { FoundTrace } from './decodeSearch';
import type { SearchParameters, TempoClient } from './TempoClient';
import { withoutTexts } from '../../query/traceqlText';

/** `limit 1001 exceeds max limit 1000` */
const LIMIT_TOO_HIGH = /limit \d+ exceeds max/i;

/** Asks for one trace more than wanted, which tells whether the limit cut the list. */
export async function searchTraces(
  client: TempoClient,
  request: SearchParameters,
  signal: AbortSignal
): Promise<SearchResult> {
  const { limit, text } = request;
  const { found, askedFor } = await withOneMore(limit, (asked) => client.search({ ...request, limit: asked }, signal));
  const isLimited = found.length >= askedFor;
  return {
    summaries: newestFirst(found).slice(0, limit),
    isLimited,
    notices: isLimited && !asksForNewest(text) ? [ANY_NOT_NEWEST] : [],
  };
}

const ANY_NOT_NEWEST: Notice = {
  severity: 'info',
  text: 'Tempo stops at the first traces it finds, which need not be the newest. “with (most_recent=true)” at the end of the TraceQL asks for the newest (Tempo 2.8 and later).',
};

function asksForNewest(text: string): boolean {
  return /\bmost_recent\s*=\s*true\b/.test(withoutTexts(text));
}

/** Asks again for exactly the limit where one more is too many for the server. */
async function withOneMore(
  limit: number,
  search: (limit: number) => Promise<readonly FoundTrace[]>
): Promise<{ found: readonly FoundTrace[]; askedFor: number }> {
  try {
    return { found: await search(limit + 1), askedFor: limit + 1 };
  } catch (error) {
    if (error instanceof BackendError && LIMIT_TOO_HIGH.test(error.serverMessage ?? '')) {
      return { found: await search(limit), askedFor: limit };
    }
    throw error;
  }
}

function newestFirst(found: readonly FoundTrace[]): FoundTrace[] {
  return [...found].sort((a, b) =>
    a.startUnixNano === b.startUnixNano ? (a.traceId < b.traceId ? -1 : 1) : a.startUnixNano < b.startUnixNano ? 1 : -1
  );
}
