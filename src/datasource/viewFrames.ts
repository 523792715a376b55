/** The frames of each view that is drawn from whole traces. */
import type { DataFrame } from '@grafana/data';

import { computeCriticalPath } from '../analysis/criticalPath';
import { computeCriticalPathFlame } from '../analysis/criticalPathFlame';
import { computeFlameTree } from '../analysis/flameTree';
import { computeSpanStatistics } from '../analysis/spanStatistics';
import { buildCriticalPathFrame } from '../frames/criticalPathFrame';
import { buildEventFrame } from '../frames/eventFrame';
import { buildFlameGraphFrame } from '../frames/flameGraphFrame';
import type { LinkTarget } from '../frames/links';
import { buildSpanFrame } from '../frames/spanFrame';
import { buildStatisticsFrame } from '../frames/statisticsFrame';
import type { Notice } from '../model/notice';
import type { Trace } from '../model/trace';
import { compileGroupBy, type SearchView, type TraceView, type ViewFields } from '../query/views';
import { noEventsSentence } from './messages';

/** Views of one trace or of many; the others are what a question answers by itself. */
export type DerivedView = Exclude<TraceView | SearchView, 'trace' | 'list'>;

export interface ViewFrameOptions {
  readonly refId: string;
  /** Where spans lead. */
  readonly datasource: LinkTarget;
  readonly fields: ViewFields;
  readonly notices: readonly Notice[];
}

/** One frame, of the kind that Grafana's own panel for it draws; the remarks on the traces are among its notices. */
export function buildViewFrame(view: DerivedView, traces: readonly Trace[], options: ViewFrameOptions): DataFrame {
  const { refId, datasource, fields } = options;
  const notices = [...traceNotices(traces), ...options.notices];
  switch (view) {
    case 'statistics': {
      const groupBy = compileGroupBy(fields.groupBy);
      return buildStatisticsFrame(computeSpanStatistics(traces, groupBy), { refId, groupBy, datasource, notices });
    }
    case 'criticalPath':
      return buildCriticalPathFrame(traces.map(computeCriticalPath), { refId, datasource, notices });
    case 'criticalPathFlameGraph':
      return buildFlameGraphFrame(computeCriticalPathFlame(traces.map(computeCriticalPath)), { refId, notices });
    case 'flameGraph':
      return buildFlameGraphFrame(computeFlameTree(traces), { refId, notices });
    case 'spans':
      return buildSpanFrame(traces, { refId, datasource, attributes: fields.columns, notices });
    case 'events':
      return buildEventFrame(traces, { refId, datasource, notices: [...noEventsNotice(traces), ...notices] });
  }
}

function noEventsNotice(traces: readonly Trace[]): Notice[] {
  const hasEvents = traces.some(({ spans }) => spans.some(({ events }) => events.length > 0));
  return hasEvents ? [] : [{ severity: 'info', text: noEventsSentence() }];
}

/** What was repaired or cut; said once, however many traces it was said of. */
function traceNotices(traces: readonly Trace[]): Notice[] {
  const texts = new Set(traces.flatMap(({ warnings }) => warnings));
  return [...texts].map((text) => ({ severity: 'warning', text }));
}
