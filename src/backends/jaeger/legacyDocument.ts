import type { TraceDocumentReader, TraceDocumentWriter } from '../../wire/traceDocument';
import { decodeTracesSteps } from './decodeLegacy';
import { encodeLegacy } from './encodeLegacy';
import type { LegacyEnvelope, LegacySpan, LegacyTrace } from './legacyJson';
import { listOf, objectOf } from './legacyTags';

/**
 * What Jaeger's UI downloads and its legacy API answers (`{data: [trace, …]}`), a list of traces, one trace alone, and any
 * of these one a line.
 */
export const legacyDocument: TraceDocumentReader = {
  name: 'Jaeger JSON',
  recognizes: (document) => {
    const first: unknown = Array.isArray(document) ? document[0] : document;
    return isTrace(first) || isEnvelope(first);
  },
  decode: (document) => decodeTracesSteps(tracesOf(document)),
};

export const legacyDownload: TraceDocumentWriter = { id: 'jaeger', label: 'Jaeger JSON', encode: encodeLegacy };

function tracesOf(document: unknown): readonly unknown[] {
  const items = Array.isArray(document) ? document : [document];
  return items.flatMap((item) => (isEnvelope(item) ? listOf(item.data) : [item]));
}

function isEnvelope(value: unknown): value is { readonly data: unknown } {
  const envelope = objectOf<LegacyEnvelope<unknown>>(value);
  if (!Array.isArray(envelope?.data)) {
    return false;
  }
  // Lists of services and operations come in the same envelope; so does the answer that found nothing.
  return envelope.data.length === 0 ? 'errors' in envelope : isTrace(envelope.data[0]);
}

function isTrace(value: unknown): boolean {
  const trace = objectOf<LegacyTrace>(value);
  if (!Array.isArray(trace?.spans)) {
    return false;
  }
  const [first] = trace.spans;
  return objectOf(trace.processes) !== undefined || 'operationName' in (objectOf<LegacySpan>(first) ?? {});
}
