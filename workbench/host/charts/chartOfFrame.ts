import { DataFrameType, FieldType, type DataFrame } from '@grafana/data';
import type { ChartKind } from '../panels/ChartPanel';

const KINDS: readonly ChartKind[] = ['timeseries', 'heatmap', 'histogram', 'xychart'];

/**
 * Which chart Explore draws of a frame, if any: the panel the frame asks for, a graph where it says so, and a graph of
 * every frame with one time column and otherwise numbers (Grafana 12.4, explore/utils/decorators.ts).
 */
export function chartOfFrame({ meta, fields }: DataFrame): ChartKind | undefined {
  const wanted = meta?.preferredVisualisationPluginId;
  const kind = KINDS.find((name) => name === wanted);
  if (kind) {
    return kind;
  }
  if (meta?.preferredVisualisationType === 'graph') {
    return 'timeseries';
  }
  if (meta?.type === DataFrameType.HeatmapCells || meta?.type === DataFrameType.HeatmapRows) {
    return 'heatmap';
  }
  const times = fields.filter(({ type }) => type === FieldType.time);
  const numbers = fields.filter(({ type }) => type === FieldType.number);
  const isSeries = times.length === 1 && numbers.length > 0 && times.length + numbers.length === fields.length;
  return meta?.preferredVisualisationType === undefined && isSeries ? 'timeseries' : undefined;
}
