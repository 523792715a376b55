/** A search: the list of what was found, or the traces themselves in another view. */
import type { DataFrame } from '@grafana/data';

import type { SearchRequest, SearchResult } from '../backends/backend';
import { buildSearchFrame, lookupWindows } from '../frames/searchFrame';
import { displayTraceId } from '../model/ids';
import type { Notice } from '../model/notice';
import type { TraceSummary } from '../model/summary';
import { unixNanoFromMillis } from '../model/time';
import type { Trace } from '../model/trace';
import { compileSearchRequest, ownWindowNotice } from '../query/compileRequest';
import type { SearchQuery } from '../query/query';
import { readSearchView } from '../query/views';
import { cutSearchSentence, emptySearchSentence } from './messages';
import { throttleProgress } from './progress';
import { readTraces, type ReadTraces } from './readTraces';
import { refuseProblems, type Run } from './run';
import { buildViewFrame, type DerivedView } from './viewFrames';

export async function answerSearch(query: SearchQuery, run: Run): Promise<DataFrame[]> {
  refuseProblems(query, await run.catalogue.capabilities(run.context.signal));
  const view = readSearchView(query) ?? 'list';
  return view === 'list' ? answerList(query, run) : answerView(view, query, run);
}

async function answerList(query: SearchQuery, run: Run): Promise<DataFrame[]> {
  const request = compileSearchRequest(query, run.window);
  const { summaries, isLimited, notices } = await run.connected.backend.searchTraces(request, run.context);
  const frame = buildSearchFrame(summaries, {
    refId: query.refId,
    datasource: run.self,
    search: request,
    isLimited,
    limit: request.limit,
    notices: [ownWindowNotice(query) ?? [], notices].flat(),
  });
  return [frame];
}

async function answerView(view: DerivedView, query: SearchQuery, run: Run): Promise<DataFrame[]> {
  const frameOf = ({ traces, notices }: ReadTraces) =>
    buildViewFrame(view, traces, { refId: query.refId, datasource: run.self, fields: query, notices });
  const onProgress = throttleProgress<ReadTraces>((soFar) => run.onPartial([frameOf(soFar)]), run.services.now);
  return [frameOf(await searchAndRead(query, run, onProgress))];
}

/** The whole traces of a search, within bounds, with all there is to say about them. */
export async function searchAndRead(
  query: SearchQuery,
  run: Run,
  onProgress: (soFar: ReadTraces) => void
): Promise<ReadTraces> {
  const request = compileSearchRequest(query, run.window);
  const found = await run.connected.backend.searchTraces(request, run.context);
  const windows = lookupWindows(found.summaries);
  const { traces, notices } = await readTraces({
    found,
    fetchTrace: (summary) => fetchFound(summary, windows, run),
    describe: run.describe,
    onProgress,
  });
  return { traces, notices: [...searchNotices(query, request, found), ...notices] };
}

function fetchFound(summary: TraceSummary, windows: ReturnType<typeof lookupWindows>, run: Run): Promise<Trace> {
  const { backend, definition } = run.connected;
  const window = windows.get(displayTraceId(summary.traceId));
  const bounds =
    window === undefined || !definition.capabilities.traceWindow
      ? undefined
      : { fromUnixNano: unixNanoFromMillis(window.fromMs), toUnixNano: unixNanoFromMillis(window.toMs) };
  return backend.fetchTrace({ traceId: summary.traceId, ...(bounds && { window: bounds }) }, run.context);
}

function searchNotices(query: SearchQuery, { limit }: SearchRequest, found: SearchResult): Notice[] {
  const texts = [
    ...(found.summaries.length === 0 ? [emptySearchSentence()] : []),
    ...(found.isLimited ? [cutSearchSentence(limit)] : []),
  ];
  return [
    ...texts.map((text) => ({ severity: 'info' as const, text })),
    ...[ownWindowNotice(query) ?? []].flat(),
    ...found.notices,
  ];
}
