import type { DataFrame } from '@grafana/data';
import { runAtOnce, type Steps } from '../model/cooperative';
import type { CriticalPath } from '../analysis/criticalPath';
import { summarizeCriticalPathSteps, type PathShare } from '../analysis/criticalPathSummary';
import type { Notice } from '../model/notice';
import { nanoseconds } from '../model/time';
import { frameSteps } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import type { LinkTarget } from './links';
import { buildNotices } from './notices';
import { spanIdColumns } from './spanColumns';
import { durationText } from './statText';
import { tableConfig } from './tableConfig';

export interface CriticalPathFrameOptions {
  readonly refId: string;
  /** Where the span with the longest section leads. */
  readonly datasource: LinkTarget;
  readonly notices?: readonly Notice[];
}

/** Time on the critical path per service and operation, of one trace or of many, most first. */
export function buildCriticalPathFrame(paths: readonly CriticalPath[], options: CriticalPathFrameOptions): DataFrame {
  return runAtOnce(criticalPathFrameSteps(paths, options));
}

/** `buildCriticalPathFrame` in steps. */
export function* criticalPathFrameSteps(
  paths: readonly CriticalPath[],
  options: CriticalPathFrameOptions
): Steps<DataFrame> {
  const shares = yield* summarizeCriticalPathSteps(paths);
  const ids = spanIdColumns(
    shares,
    ({ longest }) => ({ trace: longest.path.trace, span: longest.section.span }),
    options.datasource,
    { span: 'Span of the longest section', trace: 'Trace of the longest section' }
  );
  return yield* frameSteps(shares, [...SHARE_COLUMNS, ids.spanId, ids.traceId], {
    name: 'Critical path',
    refId: options.refId,
    meta: {
      preferredVisualisationType: 'table',
      notices: buildNotices([...gapNotice(paths), ...(options.notices ?? [])]),
    },
  });
}

function gapNotice(paths: readonly CriticalPath[]): Notice[] {
  let gap = 0;
  let duration = 0;
  for (const path of paths) {
    gap += path.trace.duration - path.time;
    duration += path.trace.duration;
  }
  if (gap <= 0) {
    return [];
  }
  return [
    {
      severity: 'info',
      text:
        `For ${durationText(nanoseconds(gap))} of ${durationText(nanoseconds(duration))} no span was at work that the ` +
        'end depended on: between a span and one that it caused later (a queue), or between spans without a common root.',
    },
  ];
}

const SHARE_COLUMNS: ReadonlyArray<Column<PathShare>> = [
  {
    name: 'service',
    type: FIELD_TYPE.string,
    config: tableConfig('Service', { width: 130 }),
    read: ({ serviceName }) => serviceName,
  },
  {
    name: 'operation',
    type: FIELD_TYPE.string,
    config: tableConfig('Operation', { width: 230 }),
    read: ({ name }) => name,
  },
  {
    name: 'time',
    type: FIELD_TYPE.number,
    config: tableConfig('Time on critical path', { unit: 'ns', width: 160 }),
    read: ({ time }) => time,
  },
  {
    name: 'share',
    type: FIELD_TYPE.number,
    config: tableConfig('Share of critical path', { unit: 'percentunit', decimals: 1, width: 160 }),
    read: ({ share }) => share,
  },
  {
    name: 'spans',
    type: FIELD_TYPE.number,
    config: tableConfig('Spans', { width: 80 }),
    read: ({ spanCount }) => spanCount,
  },
  {
    name: 'sections',
    type: FIELD_TYPE.number,
    config: tableConfig('Sections', { width: 90 }),
    read: ({ sectionCount }) => sectionCount,
  },
  {
    name: 'longest',
    type: FIELD_TYPE.number,
    config: tableConfig('Longest section', { unit: 'ns', width: 130 }),
    read: ({ longest: { section } }) => section.end - section.start,
  },
];
