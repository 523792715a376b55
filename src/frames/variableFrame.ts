import type { DataFrame } from '@grafana/data';

import { buildFrame } from './buildFrame';
import { FIELD_TYPE } from './fieldType';

/** Choices of a variable: Grafana takes the field called `text` for them (12.4, variables/query/operators.ts). */
export function buildVariableFrame(values: readonly string[], refId: string): DataFrame {
  const columns = [{ name: 'text', type: FIELD_TYPE.string, read: (value: string) => value }];
  return buildFrame(values, columns, { name: 'Values', refId, meta: {} });
}
