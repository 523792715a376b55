import type { Steps } from '../../model/cooperative';
/**
 * Trace frames as JSON: what Grafana's inspector shows under "Panel data" (`{series: [frame]}`) and "DataFrames"
 * (`[{schema, data}]`), and what its query API answers (`{results: {A: {frames}}}`). The inspector's trace download is
 * OTLP or Jaeger JSON and read as such.
 */
import type { DecodedSpans, FlatSpan } from '../../model/flatSpan';
import { isJsonObject } from '../read';
import type { TraceDocumentReader } from '../traceDocument';
import { isTraceFrame, SpanRowDecoder, type SpanRow } from './SpanRowDecoder';

/** So many rows are decoded between two yields: about a millisecond. */
const ROWS_PER_STEP = 1_024;

type Columns = ReadonlyMap<string, readonly unknown[]>;

export const frameDocuments: TraceDocumentReader = {
  name: 'trace frames of Grafana',
  recognizes: (document) => framesOf(document).some((frame) => isTraceFrame([...frame.keys()])),
  decode: decodeSteps,
};

function* decodeSteps(document: unknown): Steps<DecodedSpans> {
  const decoder = new SpanRowDecoder();
  const spans: FlatSpan[] = [];
  const warnings: string[] = [];
  let broken = 0;
  for (const columns of framesOf(document)) {
    if (!isTraceFrame([...columns.keys()])) {
      continue;
    }
    const length = columns.get('spanID')?.length ?? 0;
    for (let row = 0; row < length; row++) {
      const span = decoder.decode(rowOf(columns, row));
      if (span === undefined) {
        broken++;
      } else {
        spans.push(span);
      }
      if (row % ROWS_PER_STEP === ROWS_PER_STEP - 1) {
        yield;
      }
    }
  }
  if (broken > 0) {
    const which = broken === 1 ? 'One row is' : `${broken} rows are`;
    warnings.push(`${which} left out: there is no trace ID or no span ID in it.`);
  }
  return { spans, warnings };
}

function rowOf(columns: Columns, row: number): SpanRow {
  return { get: (name) => columns.get(name)?.[row] };
}

/** Every frame in a document, by column name; a Map, as names come from strangers. */
function framesOf(document: unknown): readonly Columns[] {
  if (Array.isArray(document)) {
    return document.flatMap(framesOf);
  }
  if (!isJsonObject(document)) {
    return [];
  }
  const { series, frames, results, schema, data, fields } = document;
  if (Array.isArray(series)) {
    return series.flatMap(framesOf);
  }
  if (Array.isArray(frames)) {
    return frames.flatMap(framesOf);
  }
  if (isJsonObject(results)) {
    return Object.values(results).flatMap(framesOf);
  }
  if (isJsonObject(schema) && isJsonObject(data)) {
    const columns = Array.isArray(data.values) ? data.values : [];
    return [toColumns(schema.fields, (_, index) => columns[index])];
  }
  return Array.isArray(fields) ? [toColumns(fields, (field) => (isJsonObject(field) ? field.values : undefined))] : [];
}

function toColumns(fields: unknown, valuesOf: (field: unknown, index: number) => unknown): Columns {
  const columns = new Map<string, readonly unknown[]>();
  (Array.isArray(fields) ? fields : []).forEach((field: unknown, index) => {
    const values = valuesOf(field, index);
    if (isJsonObject(field) && typeof field.name === 'string' && Array.isArray(values)) {
      columns.set(field.name, values);
    }
  });
  return columns;
}
