import { FieldType, type DataFrame } from '@grafana/data';

/** Frames that Grafana's time series panel can draw: with a time column, a number column and at least one row. */
export function drawableSeries(frames: readonly DataFrame[]): DataFrame[] {
  return frames.filter(
    ({ fields, length }) =>
      length > 0 &&
      fields.some(({ type }) => type === FieldType.time) &&
      fields.some(({ type }) => type === FieldType.number)
  );
}

/** Where something can be clicked: a point of a series with a link, or an exemplar. */
export interface LinkedPoint {
  readonly time: number;
  readonly value: number;
  readonly unit: string;
  readonly label: string;
  readonly href: string;
}

/** The points of columns drawn as points, and all exemplars, as far as they have links. */
export function linkedPoints(frames: readonly DataFrame[], annotations: readonly DataFrame[]): LinkedPoint[] {
  const points = frames.flatMap((frame) => {
    const time = frame.fields.find(({ type }) => type === FieldType.time);
    const value = frame.fields.find(
      ({ type, config }) => type === FieldType.number && config.custom?.drawStyle === 'points'
    );
    return time && value ? pointsOf(frame, time.values, value.values, value.config.unit ?? '') : [];
  });
  const unit = frames.flatMap(({ fields }) => fields).find(({ type }) => type === FieldType.number)?.config.unit ?? '';
  const exemplars = annotations
    .filter(({ name, fields }) => name === 'exemplar' && fields.length >= 2)
    .flatMap((frame) => pointsOf(frame, frame.fields[0].values, frame.fields[1].values, unit));
  return [...points, ...exemplars];
}

function pointsOf(frame: DataFrame, times: readonly number[], values: readonly number[], unit: string): LinkedPoint[] {
  const linked = frame.fields.filter(({ config }) => (config.links?.length ?? 0) > 0);
  return times.flatMap((time, row) => {
    const [link] = linked.flatMap((field) => field.getLinks?.({ valueRowIndex: row }) ?? []);
    return link ? [{ time, value: values[row], unit, label: link.title, href: link.href }] : [];
  });
}
