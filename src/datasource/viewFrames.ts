/** The frames of each view that is drawn from whole traces. */
import type { DataFrame } from '@grafana/data';

import type { Steps } from '../model/cooperative';
import { criticalPathSteps, type CriticalPath } from '../analysis/criticalPath';
import { criticalPathFlameSteps } from '../analysis/criticalPathFlame';
import { flameTreeSteps } from '../analysis/flameTree';
import { spanStatisticsSteps } from '../analysis/spanStatistics';
import { criticalPathFrameSteps } from '../frames/criticalPathFrame';
import { eventFrameSteps } from '../frames/eventFrame';
import { flameGraphFrameSteps } from '../frames/flameGraphFrame';
import type { LinkTarget } from '../frames/links';
import { spanFrameSteps } from '../frames/spanFrame';
import { statisticsFrameSteps } from '../frames/statisticsFrame';
import type { SpanTest } from '../model/matchSpan';
import type { Notice } from '../model/notice';
import type { Trace } from '../model/trace';
import { compileGroupBy, type SearchView, type SummaryView, type TraceView, type ViewFields } from '../query/views';
import { noEventsSentence } from './messages';

/** Views of one trace or of many; the others are what a question answers by itself. */
export type DerivedView = Exclude<TraceView | SearchView, 'trace' | 'list' | 'serviceGraph' | SummaryView>;

export interface ViewFrameOptions {
  readonly refId: string;
  /** Where spans lead. */
  readonly datasource: LinkTarget;
  readonly fields: ViewFields;
  /** Which spans a table of spans shows; missing means all. */
  readonly keepsSpan?: SpanTest;
  readonly notices: readonly Notice[];
}

/** One frame, of the kind that Grafana's own panel for it draws; the remarks on the traces are among its notices. */
export function* viewFrameSteps(
  view: DerivedView,
  traces: readonly Trace[],
  options: ViewFrameOptions
): Steps<DataFrame> {
  const { refId, datasource, fields } = options;
  const notices = [...traceNotices(traces), ...options.notices];
  switch (view) {
    case 'statistics': {
      const groupBy = compileGroupBy(fields.groupBy);
      const groups = yield* spanStatisticsSteps(traces, groupBy);
      return yield* statisticsFrameSteps(groups, { refId, groupBy, datasource, notices });
    }
    case 'criticalPath':
      return yield* criticalPathFrameSteps(yield* pathsSteps(traces), { refId, datasource, notices });
    case 'criticalPathFlameGraph': {
      const tree = yield* criticalPathFlameSteps(yield* pathsSteps(traces));
      return yield* flameGraphFrameSteps(tree, { refId, notices, name: 'Flame graph of the critical path' });
    }
    case 'flameGraph':
      return yield* flameGraphFrameSteps(yield* flameTreeSteps(traces), { refId, notices });
    case 'spans':
      return yield* spanFrameSteps(traces, {
        refId,
        datasource,
        attributes: fields.columns,
        keepsSpan: options.keepsSpan,
        notices,
      });
    case 'events':
      return yield* eventFrameSteps(traces, { refId, datasource, notices: [...noEventsNotice(traces), ...notices] });
  }
}

function* pathsSteps(traces: readonly Trace[]): Steps<CriticalPath[]> {
  const paths: CriticalPath[] = [];
  for (const trace of traces) {
    paths.push(yield* criticalPathSteps(trace));
  }
  return paths;
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
