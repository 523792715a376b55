import type { DataFrame } from '@grafana/data';

import type { MetricSeries } from '../model/metricSeries';
import { attributeColumn } from './attributeColumn';
import { buildFrame } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { shownUnit } from './metricUnits';
import { buildNotices } from './notices';
import { tableConfig } from './tableConfig';
import type { TimeSeriesOptions } from './timeSeriesFrames';

export type MetricTableOptions = Omit<TimeSeriesOptions, 'datasource'>;

/**
 * Series of one value each as a table: a row per set of labels, a column per label, a column per thing measured. Of
 * longer series the last value counts.
 */
export function buildMetricTableFrame(series: readonly MetricSeries[], options: MetricTableOptions): DataFrame {
  const rows = groupByLabels(series);
  const taken = new Set<string>();
  const keys = new Set(series.flatMap(({ labels }) => labels.map(({ key }) => key)));
  const labels = [...keys].map((key) =>
    attributeColumn(key, taken, rows, ([first]) => first.labels.find((label) => label.key === key)?.value)
  );
  return buildFrame(rows, [...labels, ...valueColumns(series, taken, options.ratesOf)], {
    name: 'Values',
    refId: options.refId,
    meta: { preferredVisualisationType: 'table', notices: buildNotices(options.notices ?? []) },
  });
}

type Row = readonly [MetricSeries, ...MetricSeries[]];

function valueColumns(
  series: readonly MetricSeries[],
  taken: Set<string>,
  ratesOf: string | undefined
): Array<Column<Row>> {
  const measured = new Map(series.map((one) => [measure(one), one]));
  return [...measured].map(([key, { name = 'Value', unit }]) => {
    const shown = shownUnit(unit, ratesOf);
    const columnName = taken.has(name) ? `${name} (${shown.id})` : name;
    taken.add(columnName);
    return {
      name: columnName,
      type: FIELD_TYPE.number,
      config: tableConfig(name, { unit: shown.id }),
      read: (row) => {
        const value = row.find((one) => measure(one) === key)?.points.at(-1)?.value;
        return value === undefined || !Number.isFinite(value) ? undefined : shown.convert(value);
      },
    };
  });
}

function groupByLabels(series: readonly MetricSeries[]): Row[] {
  const rows = new Map<string, [MetricSeries, ...MetricSeries[]]>();
  for (const one of series) {
    const key = JSON.stringify(one.labels.map((label) => [label.key, String(label.value)]));
    const row = rows.get(key);
    if (row) {
      row.push(one);
    } else {
      rows.set(key, [one]);
    }
  }
  return [...rows.values()];
}

function measure({ name, unit }: MetricSeries): string {
  return JSON.stringify([name, unit]);
}
