import { isJsonObject } from '../../wire/read';
import type { TraceDocumentReader } from '../../wire/traceDocument';
import { decodeZipkinSteps } from './decodeZipkin';

/** What Zipkin's UI downloads and its APIs v2 and v1 answer: the spans of a trace, a list of such traces, or either one a line. */
export const zipkinDocument: TraceDocumentReader = {
  name: 'Zipkin JSON',
  recognizes: (document) => {
    const first: unknown = Array.isArray(document) ? document[0] : undefined;
    return isSpan(Array.isArray(first) ? first[0] : first);
  },
  decode: decodeZipkinSteps,
};

function isSpan(value: unknown): boolean {
  return isJsonObject(value) && typeof value.traceId === 'string' && typeof value.id === 'string';
}
