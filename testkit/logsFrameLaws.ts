import type { DataFrame } from '@grafana/data';
import { FIELD_TYPE } from '../src/frames/fieldType';

const COLUMNS = [
  ['timestamp', FIELD_TYPE.time],
  ['body', FIELD_TYPE.string],
  ['severity', FIELD_TYPE.string],
  ['id', FIELD_TYPE.string],
  ['labels', FIELD_TYPE.other],
] as const;

/** Grafana's data plane for logs (12.4, public/app/features/logs/logsFrame.ts, parseDataplaneLogsFrame). */
export function brokenLogsLaws(frame: DataFrame): string[] {
  const laws: string[] = [];
  if (frame.meta?.type !== 'log-lines') {
    laws.push('The frame is not of the type "log-lines".');
  }
  for (const [name, type] of COLUMNS) {
    const field = frame.fields.find((candidate) => candidate.name === name);
    if (field?.type !== type) {
      laws.push(`A frame of log lines needs a column "${name}" of type ${type}.`);
    } else if (field.values.some((value) => value === undefined)) {
      laws.push(`Column "${name}" has a row without a value.`);
    }
  }
  const valuesOf = (name: string): unknown[] => frame.fields.find((field) => field.name === name)?.values ?? [];
  const ids = valuesOf('id');
  if (new Set(ids).size < ids.length) {
    laws.push('Two lines have the same id, so only one of them is shown.');
  }
  const wrong = valuesOf('labels').findIndex(
    (labels) => typeof labels === 'object' && !Object.values(labels ?? {}).every((value) => typeof value === 'string')
  );
  return wrong === -1 ? laws : [...laws, `The labels of row ${wrong} are no record of texts.`];
}
