import type { DataFrame } from '@grafana/data';

import { displayTraceId } from '../model/ids';
import type { MatchedSpan, TraceSummary } from '../model/summary';
import { unixMillis } from '../model/time';
import { attributeColumn } from './attributeColumn';
import { buildFrame } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { spanLink, type LinkTarget, type LinkWindow } from './links';
import { tableConfig } from './tableConfig';

interface Match {
  readonly traceId: string;
  readonly span: MatchedSpan;
}

export interface MatchedSpanOptions {
  readonly refId: string;
  /** Where the span ids lead. */
  readonly datasource: LinkTarget;
  /** Where to look for each trace again. */
  readonly windows: ReadonlyMap<string, LinkWindow>;
}

/** The spans that a search found as one table: a row each, a column for every attribute that the search asked about. */
export function buildMatchedSpanFrame(
  summaries: readonly TraceSummary[],
  options: MatchedSpanOptions,
  meta: DataFrame['meta'] = {}
): DataFrame {
  return matchFrame(summaries, options, true, meta);
}

/**
 * A column whose cells are tables: the matching spans of the row's trace, which Grafana's table shows below the row when it
 * is opened. Undefined when no store told which spans match.
 *
 * All of these tables have the same columns, since Grafana draws each with those of the first (12.4, TableNG.tsx).
 */
export function matchedSpansColumn(
  summaries: readonly TraceSummary[],
  options: MatchedSpanOptions
): Column<TraceSummary> | undefined {
  if (!summaries.some(({ matches }) => matches && matches.spans.length > 0)) {
    return undefined;
  }
  const whole = matchFrame(summaries, options, false, {});
  let end = 0;
  const parts = new Map(
    summaries.map(({ traceId, matches }) => {
      const start = end;
      end += matches?.spans.length ?? 0;
      return [traceId, rowsOf(whole, start, end)];
    })
  );
  return {
    name: 'matches',
    type: FIELD_TYPE.nestedFrames,
    config: tableConfig('Matching spans'),
    read: ({ traceId }) => [parts.get(traceId)],
  };
}

/** None of these is the name of an attribute, which are written in small letters. */
const INNER_TITLES: ReadonlyMap<string, string> = new Map([
  ['spanID', 'Span ID'],
  ['startTime', 'Start time'],
  ['operation', 'Operation'],
  ['duration', 'Duration'],
]);

function rowsOf(frame: DataFrame, start: number, end: number): DataFrame {
  return {
    ...frame,
    length: end - start,
    fields: frame.fields.map((field) => ({
      ...field,
      config: { ...field.config },
      // Grafana heads the columns of an inner table by their names (12.4, TableNG.tsx).
      name: field.name === TRACE_FIELD ? field.name : (INNER_TITLES.get(field.name) ?? field.name),
      values: field.values.slice(start, end),
    })),
  };
}

function matchFrame(
  summaries: readonly TraceSummary[],
  options: MatchedSpanOptions,
  showsTrace: boolean,
  meta: DataFrame['meta']
): DataFrame {
  const matches = summaries.flatMap((summary) =>
    (summary.matches?.spans ?? []).map((span): Match => ({ traceId: summary.traceId, span }))
  );
  return buildFrame(matches, matchColumns(matches, options, showsTrace), {
    name: 'Spans',
    refId: options.refId,
    meta: { preferredVisualisationType: 'table', ...meta },
  });
}

const TRACE_FIELD = 'traceID';

function matchColumns(
  matches: readonly Match[],
  { datasource, windows }: MatchedSpanOptions,
  showsTrace: boolean
): Array<Column<Match>> {
  const fixed: Array<Column<Match>> = [
    {
      name: TRACE_FIELD,
      type: FIELD_TYPE.string,
      config: showsTrace ? tableConfig('Trace ID', { width: 290 }) : hiddenConfig('Trace ID'),
      read: ({ traceId }) => displayTraceId(traceId),
    },
    {
      name: 'spanID',
      type: FIELD_TYPE.string,
      config: {
        ...tableConfig('Span ID', { width: 170 }),
        links: [spanLink(datasource, windows, TRACE_FIELD, 'Open span')],
      },
      read: ({ span }) => span.spanId,
    },
    {
      name: 'startTime',
      type: FIELD_TYPE.time,
      config: tableConfig('Start time', { width: 200 }),
      read: ({ span }) => unixMillis(span.startUnixNano),
    },
    // Told only where the question asks for it.
    ...(matches.some(({ span }) => span.name !== undefined)
      ? [
          {
            name: 'operation',
            type: FIELD_TYPE.string,
            config: tableConfig('Operation'),
            read: ({ span }: Match) => span.name ?? '',
          },
        ]
      : []),
    {
      name: 'duration',
      type: FIELD_TYPE.number,
      config: tableConfig('Duration', { width: 110, unit: 'ns' }),
      read: ({ span }) => span.duration,
    },
  ];
  const taken = new Set(fixed.map(({ name }) => name));
  const keys = new Set(matches.flatMap(({ span }) => span.attributes.entries.map(({ key }) => key)));
  return [
    ...fixed,
    ...[...keys].map((key) => attributeColumn(key, taken, matches, ({ span }) => span.attributes.get(key))),
  ];
}

/** There for the links, which read it; its place in the table would be taken by what is on the row above. */
function hiddenConfig(title: string) {
  return { displayNameFromDS: title, custom: { hideFrom: { viz: true, legend: false, tooltip: false } } };
}
