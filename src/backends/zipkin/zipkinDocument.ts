import { isJsonObject } from '../../wire/read';
import type { TraceDocumentReader } from '../../wire/traceDocument';
import { decodeZipkin } from './decodeZipkin';

/** What Zipkin's UI downloads and its APIs v2 and v1 answer: the spans of a trace, a list of such traces, or either one a line. */
export const zipkinDocument: TraceDocumentReader = {
  name: 'Zipkin JSON',
  recognizes: (document) => {
    const first: unknown = Array.isArray(document) ? document[0] : undefined;
    return isSpan(Array.isArray(first) ? first[0] : first);
  },
  // In one step: parts of a span that came apart must be put together before anything else.
  *decode(document) {
    yield;
    return decodeZipkin(document);
  },
};

function isSpan(value: unknown): boolean {
  return isJsonObject(value) && typeof value.traceId === 'string' && typeof value.id === 'string';
}
