/** The conditions of a search that its server cannot apply, applied to the traces it found. */
import type { SearchResult } from '../backends/backend';
import { matchTraces } from '../analysis/matchTraces';
import type { Notice } from '../model/notice';
import type { SpanConditions } from '../model/matchSpan';
import { summarizeTrace } from '../model/summary';
import type { BrowserConditions, CompiledSearch } from '../query/compileSearch';
import { displayFilter } from '../query/filterRows';
import { fetchFound } from './fetchFound';
import { throttleProgress } from './progress';
import { MAX_TRACES_READ, readTraces, type ReadTraces } from './readTraces';
import type { Run } from './run';
import { filteredHereSentence, moreToFilterSentence } from './searchMessages';

/** Most of what the server finds does not match, so more is asked for than is wanted, within what is read at all. */
export function candidateLimit(limit: number): number {
  return Math.max(limit, Math.min(5 * limit, MAX_TRACES_READ));
}

export interface FoundByServer {
  readonly compiled: CompiledSearch;
  readonly here: BrowserConditions;
  readonly found: SearchResult;
}

/** Reads the whole traces, several at a time. `onProgress` gets what matched so far. */
export async function filterHere(
  { compiled, here, found }: FoundByServer,
  run: Run,
  onProgress: (soFar: SearchResult) => void
): Promise<SearchResult> {
  const filtered = (read: ReadTraces) => keepMatching(read, compiled, here, found);
  const showProgress = throttleProgress<ReadTraces>((soFar) => onProgress(filtered(soFar)), run.services.now);
  return filtered(
    await readTraces({ found, fetchTrace: fetchFound(found, run), describe: run.describe, onProgress: showProgress })
  );
}

/** While the server is still asked: what came whole is judged at once, of the rest nothing is known yet. */
export function filterAtHand({ compiled, here, found }: FoundByServer): SearchResult {
  const held = new Map(found.traces?.map((trace) => [trace.traceId, trace]));
  const traces = found.summaries.flatMap(({ traceId }) => held.get(traceId) ?? []);
  return keepMatching({ traces, notices: [] }, compiled, here, found);
}

function keepMatching(
  { traces, notices }: ReadTraces,
  compiled: CompiledSearch,
  here: BrowserConditions,
  found: SearchResult
): SearchResult {
  const matching = matchTraces(traces, { server: serverConditions(compiled), here });
  const kept = matching.slice(0, compiled.common.limit);
  const said: Notice[] = [
    { severity: 'info', text: filteredHereSentence(conditionsText(here), traces.length, matching.length) },
  ];
  if (found.isLimited) {
    said.push({ severity: 'warning', text: moreToFilterSentence() });
  }
  return {
    summaries: kept.map(summarizeTrace),
    traces: kept,
    isLimited: kept.length < matching.length,
    notices: [...said, ...found.notices, ...notices],
  };
}

function serverConditions({ services, spanNames, common }: CompiledSearch): SpanConditions {
  const { attributes, status, minDuration, maxDuration } = common;
  return {
    services: services.length === 0 ? undefined : services,
    spanNames: spanNames.length === 0 ? undefined : spanNames,
    statuses: status && [status],
    attributes,
    minDuration,
    maxDuration,
  };
}

function conditionsText({ attributes, statuses }: BrowserConditions): string {
  return [...attributes.map(displayFilter), ...(statuses ? [`status ${statuses.join(' or ')}`] : [])].join(', ');
}
