import type { DataFrame, Field, FieldType } from '@grafana/data';
import { FIELD_TYPE } from '../src/frames/fieldType';
import { brokenFlameGraphLaws } from './flameGraphFrameLaws';
import { brokenHeatmapLaws, brokenHistogramLaws, brokenScatterLaws } from './latencyFrameLaws';
import { brokenLogsLaws } from './logsFrameLaws';
import { brokenNodeGraphLaws, brokenNodeGraphPairLaws } from './nodeGraphFrameLaws';
import { brokenExemplarLaws, brokenNameLaws, brokenTimeSeriesLaws } from './timeSeriesFrameLaws';
import { brokenTraceLaws } from './traceFrameLaws';

/**
 * What a frame must satisfy so that Grafana shows it whole: the answer lists the broken laws as sentences, each naming
 * the column and the first row where it happened; an empty list means that the frame is sound.
 */
export function checkFrame(frame: DataFrame): string[] {
  const shape = [...brokenHeadLaws(frame), ...frame.fields.flatMap((field) => brokenFieldLaws(field, frame))];
  if (isExemplar(frame)) {
    return [...shape, ...brokenExemplarLaws(frame)];
  }
  switch (frame.meta?.preferredVisualisationType) {
    case 'graph':
      return [...shape, ...brokenTimeSeriesLaws(frame)];
    case 'trace':
      return [...shape, ...brokenTraceLaws(frame)];
    case 'nodeGraph':
      return [...shape, ...brokenNodeGraphLaws(frame)];
    case 'flamegraph':
      return [...shape, ...brokenFlameGraphLaws(frame)];
    case 'logs':
      return [...shape, ...brokenLogsLaws(frame)];
    case 'table':
      return [...shape, ...brokenTableLaws(frame)];
    default:
      return [...shape, ...brokenPanelLaws(frame)];
  }
}

/** Of frames that name the panel that draws them. */
function brokenPanelLaws(frame: DataFrame): string[] {
  switch (frame.meta?.preferredVisualisationPluginId) {
    case 'histogram':
      return brokenHistogramLaws(frame);
    case 'heatmap':
      return brokenHeatmapLaws(frame);
    case 'xychart':
      return brokenScatterLaws(frame);
    default:
      return [];
  }
}

/** `checkFrame` on each, and what the frames of one answer must satisfy together. */
export function checkFrames(frames: readonly DataFrame[]): string[] {
  const laws = frames.flatMap((frame) => checkFrame(frame).map((law) => `Frame "${frame.name ?? ''}": ${law}`));
  const isTrace = (frame: DataFrame) => frame.meta?.preferredVisualisationType === 'trace';
  // The view and the panel of Grafana 12.x take the first frame; a second trace is never drawn.
  if (frames.some(isTrace) && !isTrace(frames[0])) {
    laws.push('The trace frame is not the first frame.');
  }
  if (frames.filter(isTrace).length > 1) {
    laws.push('There is more than one trace frame.');
  }
  return [...laws, ...brokenNodeGraphPairLaws(frames), ...brokenNameLaws(frames)];
}

/** Frames with a data topic never reach a panel by themselves. */
function isExemplar(frame: DataFrame): boolean {
  return frame.meta?.dataTopic === 'annotations';
}

function brokenHeadLaws(frame: DataFrame): string[] {
  const laws: string[] = [];
  if (!frame.refId) {
    laws.push('The frame has no refId.');
  }
  const { preferredVisualisationType: kind, preferredVisualisationPluginId: panel } = frame.meta ?? {};
  if (!kind && !panel && !isExemplar(frame)) {
    laws.push('The frame does not say how it is to be shown (meta.preferredVisualisationType).');
  }
  const names = frame.fields.map((field) => field.name);
  for (const name of new Set(names.filter((candidate, index) => names.indexOf(candidate) !== index))) {
    laws.push(`Two columns are called "${name}".`);
  }
  for (const notice of frame.meta?.notices ?? []) {
    if (!notice.text || !['info', 'warning', 'error'].includes(notice.severity)) {
      laws.push(`A notice has no text or an unknown severity: ${JSON.stringify(notice)}.`);
    }
  }
  return laws;
}

/** People read the titles; the names are for links and transformations. */
function brokenTableLaws(frame: DataFrame): string[] {
  return frame.fields
    .filter(({ config }) => !(config.displayNameFromDS || config.displayName))
    .map(({ name }) => `Column "${name}" of a table has no title.`);
}

function brokenFieldLaws(field: Field, { length, meta }: DataFrame): string[] {
  const isGapAllowed = meta?.preferredVisualisationType === 'graph' && field.type === FIELD_TYPE.number;
  const laws: string[] = [];
  if (!field.name) {
    laws.push('A column has no name.');
  }
  if (field.values.length !== length) {
    laws.push(`Column "${field.name}" has ${field.values.length} values, the frame has ${length} rows.`);
  }
  const wrong = field.values.findIndex(
    (value) => value !== undefined && !(value === null && isGapAllowed) && !isOfType(value, field.type)
  );
  if (wrong !== -1) {
    laws.push(`Column "${field.name}" is declared ${field.type}, row ${wrong} holds ${describe(field.values[wrong])}.`);
  }
  for (const link of field.config.links ?? []) {
    if (!link.title) {
      laws.push(`A link of column "${field.name}" has no title.`);
    }
    if (link.internal ? !link.internal.datasourceUid || !link.internal.query : !link.url) {
      laws.push(`The link "${link.title}" of column "${field.name}" leads nowhere.`);
    }
  }
  return laws;
}

function isOfType(value: unknown, type: FieldType): boolean {
  switch (type) {
    case FIELD_TYPE.string:
      return typeof value === 'string';
    case FIELD_TYPE.number:
    case FIELD_TYPE.time:
      return typeof value === 'number' && Number.isFinite(value);
    case FIELD_TYPE.boolean:
      return typeof value === 'boolean';
    default:
      return typeof value === 'object' && value !== null;
  }
}

/** A value in a sentence: short, and never itself a reason to throw. */
export function describe(value: unknown): string {
  if (typeof value === 'bigint') {
    return `the bigint ${value}`;
  }
  const text =
    typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : JSON.stringify(value);
  return String(text ?? value).slice(0, 80);
}
