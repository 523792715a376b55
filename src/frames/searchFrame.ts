import type { DataFrame, FieldConfig, ThresholdsMode } from '@grafana/data';
import { displayTraceId } from '../model/ids';
import type { Notice } from '../model/notice';
import type { ServiceCount, TraceSummary } from '../model/summary';
import { ceilToMillis, floorToMillis, NANOS_PER_SECOND, unixMillis } from '../model/time';
import { buildFrame } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { matchedSpansColumn } from './matchedSpanFrames';
import { traceLink, type LinkTarget, type LinkWindow } from './links';
import { buildNotices } from './notices';
import type { SpanSearch } from './spanFilters';

export interface SearchFrameOptions {
  readonly refId: string;
  /** Where the trace ids lead: the data source that was searched. */
  readonly datasource: LinkTarget;
  /** What was searched for; links carry it on as span filters. */
  readonly search?: SpanSearch;
  /** The limit cut the list. */
  readonly isLimited: boolean;
  readonly limit: number;
  readonly notices?: readonly Notice[];
}

/**
 * Room on both sides of a row's time window. A summary may have been made while spans were still coming in, and a
 * lookup that is bounded too closely would hide these.
 */
const LOOKUP_MARGIN_NANO = 30n * 60n * BigInt(NANOS_PER_SECOND);

/** Search results as a table: one row a trace, newest first, the trace id a link to the trace. */
export function buildSearchFrame(summaries: readonly TraceSummary[], options: SearchFrameOptions): DataFrame {
  const newestFirst = [...summaries].sort((a, b) =>
    a.startUnixNano === b.startUnixNano ? 0 : a.startUnixNano < b.startUnixNano ? 1 : -1
  );
  return buildFrame(newestFirst, searchColumns(newestFirst, options), {
    name: 'Traces',
    refId: options.refId,
    meta: {
      preferredVisualisationType: 'table',
      limit: options.limit,
      // Rows that were opened stay open when the search runs again.
      uniqueRowIdFields: [0],
      notices: buildNotices([...limitNotice(summaries.length, options), ...(options.notices ?? [])]),
    },
  });
}

function limitNotice(count: number, { isLimited, limit }: SearchFrameOptions): Notice[] {
  if (!isLimited) {
    return [];
  }
  return [
    {
      severity: 'info',
      text:
        `Showing ${count} ${count === 1 ? 'trace' : 'traces'}: the limit of ${limit} cut the list, there may be more. ` +
        'Raise the limit or narrow the time range to see them.',
    },
  ];
}

function searchColumns(summaries: readonly TraceSummary[], options: SearchFrameOptions): Array<Column<TraceSummary>> {
  const windows = lookupWindows(summaries);
  const columns: Array<Column<TraceSummary>> = [
    {
      name: 'traceID',
      type: FIELD_TYPE.string,
      config: {
        ...columnConfig('Trace ID', { width: traceIdWidth(summaries) }),
        links: [traceLink(options.datasource, windows, options.search ?? {})],
      },
      read: (summary) => displayTraceId(summary.traceId),
    },
    {
      name: 'startTime',
      type: FIELD_TYPE.time,
      config: columnConfig('Start time', { width: 200 }),
      read: (summary) => unixMillis(summary.startUnixNano),
    },
    {
      name: 'rootService',
      type: FIELD_TYPE.string,
      config: columnConfig('Root service', { minWidth: 140 }),
      read: (summary) => summary.rootServiceName ?? '',
    },
    {
      name: 'rootOperation',
      type: FIELD_TYPE.string,
      config: columnConfig('Root operation', { minWidth: 180 }),
      read: (summary) => summary.rootSpanName ?? '',
    },
    {
      name: 'duration',
      type: FIELD_TYPE.number,
      config: { ...columnConfig('Duration', { width: 110 }), unit: 'ns' },
      read: (summary) => summary.duration,
    },
    ...(summaries.length > 0 && summaries.every(({ spanCount }) => spanCount === undefined) ? [] : countColumns()),
  ];
  if (summaries.some((summary) => summary.orphanCount)) {
    columns.push({
      name: 'incomplete',
      type: FIELD_TYPE.string,
      config: columnConfig('Incomplete', { width: 190 }),
      read: (summary) => orphanText(summary.orphanCount ?? 0),
    });
  }
  const matches = matchedSpansColumn(summaries, { ...options, windows });
  return matches ? [...columns, matches] : columns;
}

/** What a store that does not count leaves out. */
function countColumns(): Array<Column<TraceSummary>> {
  return [
    {
      name: 'spans',
      type: FIELD_TYPE.number,
      config: columnConfig('Spans', { width: 80 }),
      read: (summary) => summary.spanCount,
    },
    {
      name: 'errors',
      type: FIELD_TYPE.number,
      config: { ...columnConfig('Errors', { width: 80, cellOptions: { type: 'color-text' } }), ...RED_FROM_ONE },
      read: (summary) => summary.errorCount,
    },
    {
      name: 'services',
      type: FIELD_TYPE.string,
      config: columnConfig('Services', { minWidth: 220 }),
      read: (summary) => summary.services.map(serviceText).join(', '),
    },
  ];
}

function columnConfig(title: string, custom: Record<string, unknown>): FieldConfig {
  return { displayNameFromDS: title, custom };
}

const RED_FROM_ONE: FieldConfig = {
  color: { mode: 'thresholds' },
  thresholds: {
    mode: 'absolute' as ThresholdsMode.Absolute,
    steps: [
      { value: -Infinity, color: 'text' },
      { value: 1, color: 'red' },
    ],
  },
};

function serviceText({ name, spanCount }: ServiceCount): string {
  return `${name} (${spanCount})`;
}

function orphanText(orphanCount: number): string {
  if (orphanCount === 0) {
    return '';
  }
  return orphanCount === 1 ? '1 span without its parent' : `${orphanCount} spans without their parent`;
}

/** Where to look for each trace again, by the id that frames show. */
export function lookupWindows(
  summaries: ReadonlyArray<Pick<TraceSummary, 'traceId' | 'startUnixNano' | 'duration'>>
): Map<string, LinkWindow> {
  return new Map(
    summaries.map((summary) => {
      const endUnixNano = summary.startUnixNano + BigInt(Math.ceil(summary.duration));
      return [
        displayTraceId(summary.traceId),
        {
          fromMs: Number(floorToMillis(summary.startUnixNano - LOOKUP_MARGIN_NANO)),
          toMs: Number(ceilToMillis(endUnixNano + LOOKUP_MARGIN_NANO)),
        },
      ];
    })
  );
}

/** Pixels for 32 digits, or for 16 where all ids are of 64 bits. */
function traceIdWidth(summaries: readonly TraceSummary[]): number {
  return summaries.some((summary) => displayTraceId(summary.traceId).length > 16) ? 290 : 170;
}
