import type { DataFrame, DataTopic } from '@grafana/data';

import { displayTraceId } from '../model/ids';
import type { MetricExemplar, MetricSeries } from '../model/metricSeries';
import { nanoseconds, unixMillis } from '../model/time';
import { attributeColumn } from './attributeColumn';
import { buildFrame } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { spanLink, traceLink, type LinkTarget } from './links';
import { shownUnit } from './metricUnits';
import { lookupWindows } from './searchFrame';
import { labelRecord } from './seriesNames';

interface Dot {
  readonly exemplar: MetricExemplar;
  readonly series: MetricSeries;
}

export interface ExemplarOptions {
  readonly refId: string;
  /** Where the traces are. */
  readonly datasource: LinkTarget;
  /** See `shownUnit`. */
  readonly ratesOf?: string;
}

/**
 * The traces that stand for points of the series, as dots with a link; undefined when there are none. The name, the
 * data topic and the first two columns are what the panels look for; the labels of the series are columns so that a
 * click on the legend hides the dots of what it hides (Grafana 12.4, timeseries/plugins/ExemplarsPlugin.tsx).
 */
export function buildExemplarFrame(series: readonly MetricSeries[], options: ExemplarOptions): DataFrame | undefined {
  const dots = series.flatMap((one) => one.exemplars.map((exemplar): Dot => ({ exemplar, series: one })));
  return dots.length === 0
    ? undefined
    : buildFrame(dots, exemplarColumns(dots, options), {
        name: 'exemplar',
        refId: options.refId,
        meta: { dataTopic: 'annotations' as DataTopic.Annotations },
      });
}

function exemplarColumns(dots: readonly Dot[], options: ExemplarOptions): Array<Column<Dot>> {
  const windows = lookupWindows(
    dots.map(({ exemplar: { traceId, timeUnixNano } }) => ({
      traceId,
      startUnixNano: timeUnixNano,
      duration: nanoseconds(0),
    }))
  );
  const units = dots.map(({ series }) => shownUnit(series.unit, options.ratesOf));
  const columns: Array<Column<Dot>> = [
    { name: 'Time', type: FIELD_TYPE.time, read: ({ exemplar }) => unixMillis(exemplar.timeUnixNano) },
    {
      name: 'Value',
      type: FIELD_TYPE.number,
      config: { unit: units[0].id },
      read: ({ exemplar }, index) => units[index].convert(exemplar.value),
    },
    {
      name: 'traceID',
      type: FIELD_TYPE.string,
      config: { displayNameFromDS: 'Trace ID', links: [traceLink(options.datasource, windows, {})] },
      read: ({ exemplar }) => displayTraceId(exemplar.traceId),
    },
  ];
  if (dots.some(({ exemplar }) => exemplar.spanId !== undefined)) {
    columns.push({
      name: 'spanID',
      type: FIELD_TYPE.string,
      config: {
        displayNameFromDS: 'Span ID',
        links: [spanLink(options.datasource, windows, 'traceID', 'Open span')],
      },
      read: ({ exemplar }) => exemplar.spanId,
    });
  }
  return [...columns, ...labelColumns(dots, new Set(columns.map(({ name }) => name)))];
}

function labelColumns(dots: readonly Dot[], taken: Set<string>): Array<Column<Dot>> {
  // The texts of a series win over the dot's own: the legend compares them.
  const labels = dots.map(
    ({ exemplar, series }) =>
      new Map([...Object.entries(labelRecord(exemplar.labels)), ...Object.entries(labelRecord(series.labels))])
  );
  const keys = new Set(labels.flatMap((byKey) => [...byKey.keys()]));
  const indexes = dots.map((_, index) => index);
  return [...keys].map((key) => {
    const column = attributeColumn(key, taken, indexes, (index) => labels[index].get(key));
    return { ...column, read: (_: Dot, index: number) => labels[index].get(key) };
  });
}
