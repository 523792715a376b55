import type { DataFrame, Field } from '@grafana/data';

import { FIELD_TYPE } from '../src/frames/fieldType';

/**
 * Buckets as the histogram panel draws them without computing any (Grafana 12.4, grafana-data/src/transformations/
 * transformers/histogram.ts): `xMin` and `xMax` of each bucket, then counts.
 */
export function brokenHistogramLaws(frame: DataFrame): string[] {
  const [xMin, xMax, ...counts] = frame.fields;
  if (xMin?.name !== 'xMin' || xMax?.name !== 'xMax') {
    return ['A histogram begins with the columns "xMin" and "xMax".'];
  }
  const gap = xMin.values.findIndex((from, row) => row > 0 && from !== xMax.values[row - 1]);
  return [
    ...brokenBoundLaws(xMin, xMax),
    ...(gap === -1 ? [] : [`The bucket of row ${gap} does not begin where the one before it ends.`]),
    ...(counts.length === 0 ? ['A histogram counts nothing.'] : counts.flatMap(brokenCountLaws)),
  ];
}

/** Cells as the heatmap panel draws them (12.4, panel/heatmap/fields.ts): the end of a step of time, a bucket, a count. */
export function brokenHeatmapLaws(frame: DataFrame): string[] {
  const [x, yMin, yMax, count] = frame.fields;
  const names = frame.fields.map(({ name }) => name).join(', ');
  if (frame.meta?.type !== 'heatmap-cells' || names !== 'xMax, yMin, yMax, count') {
    return ['A heatmap is of the type "heatmap-cells" with the columns xMax, yMin, yMax, count.'];
  }
  const laws = [...brokenBoundLaws(yMin, yMax), ...brokenCountLaws(count)];
  if (x.type !== FIELD_TYPE.time || !(Number(x.config.interval) > 0)) {
    laws.push('The column "xMax" is no time with an interval: the panel does not know how wide a cell is.');
  }
  const disorder = x.values.findIndex(
    (time, row) =>
      row > 0 && !(time > x.values[row - 1] || (time === x.values[row - 1] && yMin.values[row] > yMin.values[row - 1]))
  );
  return disorder === -1 ? laws : [...laws, `The cell of row ${disorder} does not come after the one before it.`];
}

/** Dots as the XY chart draws them without settings: the first number over the first column; each leads to its trace. */
export function brokenScatterLaws(frame: DataFrame): string[] {
  const [x, y] = frame.fields;
  if (x?.type !== FIELD_TYPE.time || y?.type !== FIELD_TYPE.number) {
    return ['A scatter frame begins with a time and a number.'];
  }
  return [
    ...(y.config.displayNameFromDS ? [] : ['The dots have no name for the legend.']),
    ...((y.config.links ?? []).length > 0 ? [] : ['The dots lead to no trace.']),
  ];
}

function brokenBoundLaws(from: Field, to: Field): string[] {
  const laws: string[] = [];
  const row = from.values.findIndex((low, index) => !(low > 0 && to.values[index] > low));
  if (row !== -1) {
    laws.push(`The bucket of row ${row} is empty or does not begin above 0: a logarithmic axis has no place for it.`);
  }
  if (!from.config.unit || from.config.unit !== to.config.unit) {
    laws.push(`The columns "${from.name}" and "${to.name}" are not of one unit.`);
  }
  return laws;
}

function brokenCountLaws({ name, values, config }: Field): string[] {
  const row = values.findIndex((value) => !Number.isInteger(value) || value < 0);
  return [
    ...(config.displayNameFromDS ? [] : [`The counts "${name}" have no name for the legend.`]),
    ...(row === -1 ? [] : [`The count "${name}" of row ${row} is no whole number.`]),
  ];
}
