import type { QueryDialect } from './dialect';
import { tempoSearch } from './tempoSearch';
import { traceIdField } from './traceIdField';
import { traceIdTypes } from './traceIdTypes';
import { traceQlText } from './traceQlText';
import { uploadedTrace } from './uploadedTrace';

/** Query shapes that are not tied to one store, in the order in which they are asked. */
export const foreignDialects: readonly QueryDialect[] = [
  uploadedTrace,
  tempoSearch,
  traceQlText,
  traceIdTypes,
  traceIdField,
];
