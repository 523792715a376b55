/** The views of a search that need no more than the list of what was found. */
import type { DataFrame } from '@grafana/data';

import { observeSummaries } from '../analysis/observeSummaries';
import { durationSeries, errorShareSeries, rateSeries } from '../analysis/sampleSeries';
import { buildExemplarFrame } from '../frames/exemplarFrame';
import { buildHeatmapFrame, buildHistogramFrame } from '../frames/latencyFrames';
import { buildScatterFrames } from '../frames/scatterFrames';
import { buildTimeSeriesFrames } from '../frames/timeSeriesFrames';
import type { Notice } from '../model/notice';
import { nanoseconds, NANOS_PER_MILLI } from '../model/time';
import { ownWindowNotice } from '../query/compileRequest';
import { DEFAULT_QUANTILES } from '../query/metrics';
import type { SearchQuery } from '../query/query';
import type { SummaryView } from '../query/views';
import { sampleSentence, unknownErrorsSentence } from './graphMessages';
import { emptySearchSentence } from './messages';
import { throttleProgress } from './progress';
import type { Run } from './run';
import { runSearch, type SearchAnswer } from './runSearch';
import { coveredWindow, sampleStep, tellsNoErrors } from './sampleMetrics';

export async function answerSummaryView(view: SummaryView, query: SearchQuery, run: Run): Promise<DataFrame[]> {
  const framesOf = (answer: SearchAnswer) => buildSummaryView(view, answer, query, run);
  const onProgress = throttleProgress<SearchAnswer>((soFar) => run.onPartial(framesOf(soFar)), run.services.now);
  return framesOf(await runSearch(query, run, onProgress));
}

function buildSummaryView(
  view: SummaryView,
  { found, compiled }: SearchAnswer,
  query: SearchQuery,
  run: Run
): DataFrame[] {
  const { summaries } = found;
  const options = { refId: query.refId, datasource: run.self, notices: viewNotices(found, query) };
  const observations = observeSummaries(summaries);
  const interval = nanoseconds(Math.max(1000, run.request.intervalMs) * NANOS_PER_MILLI);
  const { window } = compiled.common;
  const sample = { window: coveredWindow(window, found), step: sampleStep(window, interval) };
  switch (view) {
    case 'red':
      // Durations first: exemplars are placed on the first axis (Grafana 12.4, timeseries/plugins/ExemplarsPlugin.tsx).
      return buildTimeSeriesFrames(
        [
          ...durationSeries(observations, DEFAULT_QUANTILES, sample),
          ...(tellsNoErrors(found) ? [] : [{ ...errorShareSeries(observations, sample), name: 'error share' }]),
          { ...rateSeries(observations, sample), name: 'rate' },
        ],
        { ...options, ratesOf: 'traces' }
      );
    case 'histogram':
      return [buildHistogramFrame(observations, options)];
    case 'heatmap': {
      const slowest = durationSeries(observations, [0.99], sample);
      return [buildHeatmapFrame(observations, sample.step, options), buildExemplarFrame(slowest, options) ?? []].flat();
    }
    case 'scatter':
      return buildScatterFrames(summaries, options);
  }
}

function viewNotices(found: SearchAnswer['found'], query: SearchQuery): readonly Notice[] {
  const { summaries, isLimited, notices } = found;
  const texts = [
    summaries.length === 0 ? emptySearchSentence() : sampleSentence(summaries.length, isLimited),
    ...(tellsNoErrors(found) ? [unknownErrorsSentence()] : []),
  ];
  return [
    ...texts.map((text) => ({ severity: 'info' as const, text })),
    ...[ownWindowNotice(query) ?? []].flat(),
    ...notices,
  ];
}
