/** A question in the store's own language: traces, the spans in them that match, or numbers. */
import type { DataFrame } from '@grafana/data';

import { buildMatchedSpanFrame } from '../frames/matchedSpanFrames';
import { buildMetricTableFrame } from '../frames/metricTableFrame';
import { buildNotices } from '../frames/notices';
import { buildSearchFrame, lookupWindows } from '../frames/searchFrame';
import { buildTimeSeriesFrames } from '../frames/timeSeriesFrames';
import { compileLanguageMetrics, compileLanguageSearch } from '../query/compileLanguage';
import type { LanguageQuery } from '../query/query';
import { isTraceqlMetrics } from '../query/traceqlText';
import { cutSearchSentence } from './messages';
import { refuseProblems, type Run } from './run';

/** What its rates count. */
const RATES_OF = 'spans';

export async function answerLanguage(query: LanguageQuery, run: Run): Promise<DataFrame[]> {
  refuseProblems(query, await run.catalogue.capabilities(run.context.signal), run);
  return isTraceqlMetrics(query.query) ? answerMetrics(query, run) : answerSearch(query, run);
}

async function answerSearch(query: LanguageQuery, run: Run): Promise<DataFrame[]> {
  const { backend } = run.connected;
  const request = compileLanguageSearch(query, run.window);
  const { summaries, isLimited, notices } = (await backend.searchByLanguage?.(request, run.context)) ?? NOTHING;
  const frameOptions = { refId: query.refId, datasource: run.self };
  if (query.tableType === 'spans') {
    const cut = isLimited ? [{ severity: 'info' as const, text: cutSearchSentence(request.limit) }] : [];
    const windows = lookupWindows(summaries);
    return [
      buildMatchedSpanFrame(summaries, { ...frameOptions, windows }, { notices: buildNotices([...cut, ...notices]) }),
    ];
  }
  return [buildSearchFrame(summaries, { ...frameOptions, isLimited, limit: request.limit, notices })];
}

const NOTHING = { summaries: [], isLimited: false, notices: [] };

async function answerMetrics(query: LanguageQuery, run: Run): Promise<DataFrame[]> {
  const { backend } = run.connected;
  const request = compileLanguageMetrics(query, run.window, run.request.intervalMs);
  const { series, notices } = (await backend.fetchLanguageMetrics?.(request, run.context)) ?? {
    series: [],
    notices: [],
  };
  const options = { refId: query.refId, notices, ratesOf: RATES_OF };
  return query.metricsQueryType === 'instant'
    ? [buildMetricTableFrame(series, options)]
    : buildTimeSeriesFrames(series, { ...options, datasource: run.self });
}
