import type { DataFrame, Field } from '@grafana/data';

import { FIELD_TYPE } from '../src/frames/fieldType';

/**
 * What the panels that draw over time need (Grafana 12.4, panel/timeseries): one time column that goes forward, numbers
 * with a name for the legend. `null` is a gap.
 */
export function brokenTimeSeriesLaws(frame: DataFrame): string[] {
  const [time, ...others] = frame.fields;
  if (time?.type !== FIELD_TYPE.time || others.some(({ type }) => type === FIELD_TYPE.time)) {
    return ['A time series frame begins with its one time column.'];
  }
  const numbers = others.filter(({ type }) => type === FIELD_TYPE.number);
  if (numbers.length === 0) {
    return ['A time series frame has no numbers.'];
  }
  return [
    ...brokenOrderLaws(time),
    ...numbers
      .filter(({ config }) => !config.displayNameFromDS)
      .map(({ name }) => `The series "${name}" has no name for the legend.`),
    ...others.flatMap(({ name, labels = {} }) =>
      Object.entries(labels)
        .filter(([, value]) => typeof value !== 'string')
        .map(([key]) => `The label "${key}" of "${name}" is no text.`)
    ),
  ];
}

/** How the time series and heatmap panels find the dots (12.4, timeseries/plugins/ExemplarsPlugin.tsx, heatmap/fields.ts). */
export function brokenExemplarLaws(frame: DataFrame): string[] {
  const laws: string[] = [];
  if (frame.name !== 'exemplar') {
    laws.push('The frame with the exemplars is not called "exemplar".');
  }
  const [time, value] = frame.fields;
  if (time?.name !== 'Time' || time.type !== FIELD_TYPE.time) {
    laws.push('Exemplars do not begin with a column "Time".');
  }
  if (value?.name !== 'Value' || value.type !== FIELD_TYPE.number) {
    laws.push('The second column of exemplars is not the number "Value".');
  }
  if (!frame.fields.some(({ config }) => (config.links ?? []).length > 0)) {
    laws.push('Exemplars lead to no trace.');
  }
  return laws;
}

/** A legend that says the same twice tells nothing. */
export function brokenNameLaws(frames: readonly DataFrame[]): string[] {
  const names = frames
    .filter(({ meta }) => meta?.preferredVisualisationType === 'graph')
    .flatMap(({ fields }) => fields.filter(({ type }) => type === FIELD_TYPE.number))
    .map(({ config }) => config.displayNameFromDS);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => `Two series are called "${name}".`);
}

function brokenOrderLaws(time: Field): string[] {
  const row = time.values.findIndex((value, index) => index > 0 && !(value > time.values[index - 1]));
  return row === -1 ? [] : [`The time of row ${row} does not come after the one before it.`];
}
