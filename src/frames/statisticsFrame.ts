import type { DataFrame } from '@grafana/data';
import { runAtOnce, type Steps } from '../model/cooperative';
import type { GroupKey } from '../analysis/groupKey';
import type { SpanGroup } from '../analysis/spanStatistics';
import type { Notice } from '../model/notice';
import { attributeColumnSteps } from './attributeColumn';
import { frameSteps } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import type { LinkTarget } from './links';
import { buildNotices } from './notices';
import { spanIdColumns } from './spanColumns';
import { tableConfig } from './tableConfig';

export interface StatisticsFrameOptions {
  readonly refId: string;
  /** What the groups were made by: a column each. */
  readonly groupBy: readonly GroupKey[];
  /** Where the slowest span of each group leads. */
  readonly datasource: LinkTarget;
  readonly notices?: readonly Notice[];
}

/** `computeSpanStatistics` as a table: one row a group, its slowest span a link. */
export function buildStatisticsFrame(groups: readonly SpanGroup[], options: StatisticsFrameOptions): DataFrame {
  return runAtOnce(statisticsFrameSteps(groups, options));
}

/** `buildStatisticsFrame` in steps: there may be as many groups as spans. */
export function* statisticsFrameSteps(groups: readonly SpanGroup[], options: StatisticsFrameOptions): Steps<DataFrame> {
  const ids = spanIdColumns(groups, ({ slowest }) => slowest, options.datasource, {
    span: 'Slowest span',
    trace: 'Trace of the slowest span',
  });
  const fixed = [...GROUP_COLUMNS, ids.spanId, ids.traceId];
  const taken = new Set(fixed.map(({ name }) => name));
  const keys: Array<Column<SpanGroup>> = [];
  for (const groupKey of options.groupBy) {
    keys.push(yield* keyColumnSteps(groupKey, keys.length, groups, taken));
  }
  return yield* frameSteps(groups, [...keys, ...fixed], {
    name: 'Statistics',
    refId: options.refId,
    meta: { preferredVisualisationType: 'table', notices: buildNotices(options.notices ?? []) },
  });
}

const KEY_WIDTHS = { service: 130, operation: 230, kind: 90, status: 80 } as const;
const KEY_TITLES = { service: 'Service', operation: 'Operation', kind: 'Kind', status: 'Status' } as const;

function* keyColumnSteps(
  groupKey: GroupKey,
  index: number,
  groups: readonly SpanGroup[],
  taken: Set<string>
): Steps<Column<SpanGroup>> {
  const name = groupKey.by === 'attribute' ? groupKey.key : groupKey.by;
  const column = yield* attributeColumnSteps<SpanGroup>(name, taken, groups, ({ values }) => values[index]);
  return groupKey.by === 'attribute'
    ? column
    : { ...column, config: tableConfig(KEY_TITLES[groupKey.by], { width: KEY_WIDTHS[groupKey.by] }) };
}

const time = (name: 'total' | 'self' | 'min' | 'mean' | 'p50' | 'p95' | 'max', title: string): Column<SpanGroup> => ({
  name,
  type: FIELD_TYPE.number,
  config: tableConfig(title, { unit: 'ns', width: 85 }),
  read: (group) => group[name],
});

const GROUP_COLUMNS: ReadonlyArray<Column<SpanGroup>> = [
  { name: 'count', type: FIELD_TYPE.number, config: tableConfig('Spans', { width: 70 }), read: ({ count }) => count },
  {
    name: 'errors',
    type: FIELD_TYPE.number,
    config: tableConfig('Errors', { width: 70 }),
    read: ({ errors }) => errors,
  },
  time('self', 'Self time'),
  {
    name: 'share',
    type: FIELD_TYPE.number,
    config: tableConfig('Share of self time', { unit: 'percentunit', decimals: 1, width: 150 }),
    read: ({ share }) => share,
  },
  time('total', 'Total'),
  time('min', 'Min'),
  time('mean', 'Mean'),
  time('p50', 'p50'),
  time('p95', 'p95'),
  time('max', 'Max'),
];
