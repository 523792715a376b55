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
import { sampleSentence, unknownErrorsSentence } from './metricsMessages';
import { emptySearchSentence } from './messages';
import { withProgress } from './progress';
import type { Run } from './run';
import { runSearch, type SearchAnswer } from './runSearch';
import { tellsNoErrors } from './sampleMetrics';
import { coveredWindow, sampleStep } from './sampleStep';

export async function answerSummaryView(view: SummaryView, query: SearchQuery, run: Run): Promise<DataFrame[]> {
  const framesOf = (answer: SearchAnswer) => buildSummaryView(view, answer, query, run);
  const show = (soFar: SearchAnswer) => run.onPartial(framesOf(soFar));
  return framesOf(await withProgress(show, (onProgress) => runSearch(query, run, onProgress)));
}

function buildSummaryView(view: SummaryView, answer: SearchAnswer, query: SearchQuery, run: Run): DataFrame[] {
  const { found, compiled } = answer;
  const { summaries } = found;
  const options = { refId: query.refId, datasource: run.self, notices: viewNotices(answer, query) };
  const observations = observeSummaries(summaries);
  const interval = nanoseconds(Math.max(1000, run.request.intervalMs) * NANOS_PER_MILLI);
  const { window } = compiled.common;
  const covered = coveredWindow(window, found);
  const sample = { window: covered, step: sampleStep(covered, interval, summaries.length) };
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
      const step = sampleStep(window, interval);
      return [buildHeatmapFrame(observations, step, options), buildExemplarFrame(slowest, options) ?? []].flat();
    }
    case 'scatter':
      return buildScatterFrames(summaries, options);
  }
}

function viewNotices({ found, isPartial }: SearchAnswer, query: SearchQuery): readonly Notice[] {
  const { summaries, isLimited, notices } = found;
  const texts = [
    ...(summaries.length > 0 ? [sampleSentence(summaries.length, isLimited, 'traces')] : []),
    ...(summaries.length === 0 && !isPartial ? [emptySearchSentence()] : []),
    ...(tellsNoErrors(found) ? [unknownErrorsSentence()] : []),
  ];
  return [
    ...texts.map((text) => ({ severity: 'info' as const, text })),
    ...[ownWindowNotice(query) ?? []].flat(),
    ...notices,
  ];
}
