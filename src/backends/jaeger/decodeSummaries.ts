import { normalizeTraceId } from '../../model/ids';
import type { ServiceCount, TraceSummary } from '../../model/summary';
import { nanoseconds } from '../../model/time';
import {
  fail,
  int64Field,
  listField,
  optionalString,
  readEach,
  ReadError,
  readInteger,
  readObject,
  stringField,
  type JsonObject,
} from '../../wire/read';

export interface DecodedSummaries {
  readonly summaries: readonly TraceSummary[];
  /** In words; what could not be read was left out. */
  readonly warnings: readonly string[];
}

/**
 * `/api/v3/trace-summaries` (v2.19). Zero numbers and empty texts are left out by the server. Throws a `ReadError` when
 * no summary of the list can be read.
 */
export function decodeSummaries(body: unknown): DecodedSummaries {
  const object = readObject(body);
  if (object.summaries === undefined && Object.keys(object).length > 0) {
    fail('an object with "summaries"', body);
  }
  const summaries: TraceSummary[] = [];
  let broken: ReadError | undefined;
  const items = listField(object, 'summaries');
  items.forEach((item, index) => {
    try {
      summaries.push(decodeSummary(item));
    } catch (error) {
      if (!(error instanceof ReadError)) {
        throw error;
      }
      broken ??= error.within(`summaries[${index}]`);
    }
  });
  if (broken === undefined) {
    return { summaries, warnings: [] };
  }
  if (summaries.length === 0) {
    throw broken;
  }
  const count = items.length - summaries.length;
  const which = count === 1 ? 'One of the traces found' : `${count} of the traces found`;
  return { summaries, warnings: [`${which} could not be read and had to be left out: ${broken.message}`] };
}

function decodeSummary(item: unknown): TraceSummary {
  const summary = readObject(item);
  const start = int64Field(summary, 'minStartTimeUnixNano');
  const end = int64Field(summary, 'maxEndTimeUnixNano');
  const services = readEach(summary, 'services', decodeService);
  return {
    traceId: readTraceId(summary),
    startUnixNano: start,
    duration: nanoseconds(end > start ? Number(end - start) : 0),
    rootServiceName: nonEmpty(optionalString(summary, 'rootServiceName')),
    rootSpanName: nonEmpty(optionalString(summary, 'rootOperationName')),
    spanCount: count(summary, 'spanCount'),
    errorCount: count(summary, 'errorSpanCount'),
    orphanCount: count(summary, 'orphanSpanCount'),
    services: services.sort((a, b) => b.spanCount - a.spanCount || (a.name < b.name ? -1 : 1)),
  };
}

function decodeService(item: unknown): ServiceCount {
  const service = readObject(item);
  return {
    name: optionalString(service, 'name') ?? '',
    spanCount: count(service, 'spanCount'),
    errorCount: count(service, 'errorSpanCount'),
  };
}

/** A few builds around v2.19 wrote `traceID`. */
function readTraceId(summary: JsonObject): string {
  const text = stringField(summary, summary.traceId === undefined ? 'traceID' : 'traceId');
  return normalizeTraceId(text) ?? fail('a trace id', text, 'traceId');
}

function count(object: JsonObject, key: string): number {
  const value = object[key];
  return value === undefined || value === null ? 0 : Number(readInteger(value));
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
