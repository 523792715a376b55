import type { DataFrame, DataFrameType, QueryResultMeta } from '@grafana/data';

import type { MetricPoint, MetricSeries } from '../model/metricSeries';
import type { Notice } from '../model/notice';
import { toMillis, unixMillis } from '../model/time';
import { buildFrame } from './buildFrame';
import type { Column } from './column';
import { buildExemplarFrame } from './exemplarFrame';
import { FIELD_TYPE } from './fieldType';
import type { LinkTarget } from './links';
import { shownUnit } from './metricUnits';
import { buildNotices } from './notices';
import { labelRecord, nameSeries } from './seriesNames';

export interface TimeSeriesOptions {
  readonly refId: string;
  /** Where exemplars lead. */
  readonly datasource: LinkTarget;
  readonly notices?: readonly Notice[];
  /** What rates count when it is not requests: `spans`. */
  readonly ratesOf?: string;
}

/**
 * A frame per series, drawn by Grafana's time series panel and those like it, and one with the exemplars where there are
 * any. Notices go with the first; without any series an empty frame carries them.
 */
export function buildTimeSeriesFrames(series: readonly MetricSeries[], options: TimeSeriesOptions): DataFrame[] {
  const notices = buildNotices(options.notices ?? []);
  if (series.length === 0) {
    const empty: MetricSeries = { labels: [], unit: 'number', points: [], exemplars: [] };
    return [seriesFrame(empty, 'Value', options, { notices })];
  }
  const names = nameSeries(series);
  const frames = series.map((one, index) => seriesFrame(one, names[index], options, index === 0 ? { notices } : {}));
  const exemplars = buildExemplarFrame(series, options);
  return exemplars ? [...frames, exemplars] : frames;
}

function seriesFrame(
  series: MetricSeries,
  name: string,
  { refId, ratesOf }: TimeSeriesOptions,
  meta: QueryResultMeta
): DataFrame {
  const frame = buildFrame(series.points, pointColumns(series, name, ratesOf), {
    name,
    refId,
    meta: {
      type: 'timeseries-multi' as DataFrameType.TimeSeriesMulti,
      typeVersion: [0, 1],
      preferredVisualisationType: 'graph',
      ...meta,
    },
  });
  frame.fields[1].labels = labelRecord(series.labels);
  return frame;
}

/**
 * `interval` lets panels leave a gap where points are missing. No `min`, `max` or thresholds: what a data source says
 * about these wins over the panel's own options (Grafana 12.4, grafana-data/src/field/fieldOverrides.ts).
 */
function pointColumns(series: MetricSeries, name: string, ratesOf: string | undefined): Array<Column<MetricPoint>> {
  const unit = shownUnit(series.unit, ratesOf);
  return [
    {
      name: 'Time',
      type: FIELD_TYPE.time,
      config: series.step === undefined ? {} : { interval: toMillis(series.step) },
      read: ({ timeUnixNano }) => unixMillis(timeUnixNano),
    },
    {
      name: 'Value',
      type: FIELD_TYPE.number,
      config: { displayNameFromDS: name, unit: unit.id },
      // A gap: quantiles of nothing are no number, and a panel would draw 0 or nothing at all.
      read: ({ value }) => (Number.isFinite(value) ? unit.convert(value) : null),
    },
  ];
}
