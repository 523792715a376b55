/** A search: the list of what was found, or the traces themselves in another view. */
import type { DataFrame } from '@grafana/data';

import type { SearchResult } from '../backends/backend';
import { buildSearchFrame } from '../frames/searchFrame';
import type { SpanSearch } from '../frames/spanFilters';
import type { Notice } from '../model/notice';
import { ERROR } from '../model/semconv';
import { ownWindowNotice } from '../query/compileRequest';
import type { CompiledSearch } from '../query/compileSearch';
import type { SearchQuery } from '../query/query';
import { isSummaryView, readSearchView } from '../query/views';
import { ClockCorrections } from './clockCorrections';
import { callSearchOf, graphOfTracesSteps } from './drawServiceGraph';
import { fetchFound } from './fetchFound';
import { cutSearchSentence, emptySearchSentence } from './messages';
import { throttleProgress, withProgress } from './progress';
import { readTraces, type ReadTraces } from './readTraces';
import { refuseProblems, type Run } from './run';
import { runCooperatively } from './runCooperatively';
import { answerSummaryView } from './summaryViews';
import { runSearch, type SearchAnswer } from './runSearch';
import { viewFrameSteps, type DerivedView } from './viewFrames';

export async function answerSearch(query: SearchQuery, run: Run): Promise<DataFrame[]> {
  refuseProblems(query, await run.capabilities(), run);
  const view = readSearchView(query) ?? 'list';
  if (isSummaryView(view)) {
    return answerSummaryView(view, query, run);
  }
  switch (view) {
    case 'list':
      return answerList(query, run);
    case 'serviceGraph':
      return answerGraphOfTraces(query, run);
    default:
      return answerView(view, query, run);
  }
}

async function answerList(query: SearchQuery, run: Run): Promise<DataFrame[]> {
  const frameOf = ({ compiled, found }: SearchAnswer) =>
    buildSearchFrame(found.summaries, {
      refId: query.refId,
      datasource: run.self,
      search: spanSearchOf(compiled),
      isLimited: found.isLimited,
      limit: compiled.common.limit,
      notices: [ownWindowNotice(query) ?? [], found.notices].flat(),
    });
  const show = (soFar: SearchAnswer) => run.onPartial([frameOf(soFar)]);
  return [frameOf(await withProgress(show, (onProgress) => runSearch(query, run, onProgress)))];
}

/** What a span of a found trace can be tested against. */
function spanSearchOf({ services, spanNames, common, here }: CompiledSearch): SpanSearch {
  return {
    ...common,
    service: services.length === 1 ? services[0] : undefined,
    spanName: spanNames.length === 1 ? spanNames[0] : undefined,
    attributes: [
      ...common.attributes,
      ...(here?.attributes ?? []),
      ...(common.status === 'error' ? [{ key: ERROR, operator: '=' as const, value: 'true' }] : []),
    ],
  };
}

async function answerGraphOfTraces(query: SearchQuery, run: Run): Promise<DataFrame[]> {
  const options = { refId: query.refId, datasource: run.self, callSearch: callSearchOf(await run.capabilities()) };
  const framesOf = ({ traces, notices }: ReadTraces) =>
    runCooperatively(graphOfTracesSteps(traces, { ...options, notices }), run);
  const showPart = async (soFar: ReadTraces) => run.onPartial(await framesOf(soFar));
  const onProgress = throttleProgress<ReadTraces>(showPart, run.services.now);
  return framesOf(await searchAndRead(query, run, onProgress));
}

async function answerView(view: DerivedView, query: SearchQuery, run: Run): Promise<DataFrame[]> {
  const frameOf = ({ traces, notices }: ReadTraces) =>
    runCooperatively(
      viewFrameSteps(view, traces, {
        refId: query.refId,
        datasource: run.self,
        fields: query,
        keepsSpan: run.keepsSpan,
        notices,
      }),
      run
    );
  const showPart = async (soFar: ReadTraces) => run.onPartial([await frameOf(soFar)]);
  const onProgress = throttleProgress<ReadTraces>(showPart, run.services.now);
  return [await frameOf(await searchAndRead(query, run, onProgress))];
}

/** The whole traces of a search, within bounds, with all there is to say about them. */
export async function searchAndRead(
  query: SearchQuery,
  run: Run,
  onProgress: (soFar: ReadTraces) => void
): Promise<ReadTraces> {
  // Only traces count here: a list that is still growing shows nothing of them yet.
  const { compiled, found } = await runSearch(query, run, ({ found }) => {
    if (found.traces) {
      onProgress({ traces: found.traces, notices: found.notices });
    }
  });
  const clocks = new ClockCorrections(run);
  const { traces, notices } = await readTraces({
    found,
    fetchTrace: fetchFound(found, run),
    prepareTrace: (trace) => clocks.correct(trace),
    describe: run.describe,
    onProgress,
  });
  return { traces, notices: [...searchNotices(query, compiled.common.limit, found), ...notices, ...clocks.notices] };
}

function searchNotices(query: SearchQuery, limit: number, found: SearchResult): Notice[] {
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
