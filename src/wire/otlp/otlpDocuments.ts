import type { Steps } from '../../model/cooperative';
import type { DecodedSpans } from '../../model/flatSpan';
import { isJsonObject, type JsonObject } from '../read';
import type { TraceDocumentReader } from '../traceDocument';
import { OtlpDecoder } from './decodeOtlp';

/** An OTLP body, and what the envelope around it says about it. */
interface Opened {
  readonly body: JsonObject;
  readonly remark?: string;
}

/** What protobuf's JSON, Tempo, the Collector and others call the list of blocks. */
const BLOCK_LISTS = ['resourceSpans', 'resource_spans', 'batches'];
const SCOPE_LISTS = ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'instrumentation_library_spans'];

/** `{trace: {…}}` of Tempo's API v2, which says whether the trace is whole. */
const tempoAnswer = reader('a Tempo answer', (document) => {
  const body = document.trace;
  // An unknown trace is an empty object.
  if (!isJsonObject(body) || !(isBody(body) || Object.keys(body).length === 0)) {
    return undefined;
  }
  const { status, message } = document;
  // By its name or its number.
  const isPartial = status === 'PARTIAL' || status === 1;
  const words = typeof message === 'string' && message !== '' ? ` Tempo said: ${message.slice(0, 200)}` : '';
  return { body, remark: isPartial ? `Tempo answered with a part of this trace only.${words}` : undefined };
});

/** `{result: {…}}` of Jaeger's API v3. */
const jaegerV3Answer = reader('a Jaeger API v3 answer', ({ result }) =>
  isJsonObject(result) && isBody(result) ? { body: result } : undefined
);

/** The format of a document that was read from protobuf and is JSON since (`otlpProtobuf.ts`). */
export const OTLP_PROTOBUF = 'OTLP protobuf';

/** Who drops a file in protobuf shall read that it was taken for what it is. */
const otlpFromProtobuf = reader(OTLP_PROTOBUF, (document) =>
  document.format === OTLP_PROTOBUF && isBody(document) ? { body: document } : undefined
);

/** What OTLP exporters, the Collector's file exporter, Tempo's API v1 and Grafana's trace download write. */
const otlp = reader('OTLP JSON', (document) => {
  if (isBody(document)) {
    return { body: document };
  }
  return SCOPE_LISTS.some((key) => Array.isArray(document[key])) ? { body: { resourceSpans: [document] } } : undefined;
});

/** Everything whose spans are OTLP's, as one document or as a list of them (a file with one a line). */
export const otlpDocuments: readonly TraceDocumentReader[] = [tempoAnswer, jaegerV3Answer, otlpFromProtobuf, otlp];

function isBody(object: JsonObject): boolean {
  return BLOCK_LISTS.some((key) => Array.isArray(object[key]));
}

function reader(name: string, open: (document: JsonObject) => Opened | undefined): TraceDocumentReader {
  const openItem = (item: unknown) => (isJsonObject(item) ? open(item) : undefined);
  return {
    name,
    recognizes: (document) => openItem(Array.isArray(document) ? document[0] : document) !== undefined,
    decode: (document) => decodeSteps(Array.isArray(document) ? document : [document], openItem),
  };
}

function* decodeSteps(items: readonly unknown[], openItem: (item: unknown) => Opened | undefined): Steps<DecodedSpans> {
  // Files hold hex, answers of Tempo and of old Jaegers base64; Jaeger puts remarks on a span among its attributes.
  const decoder = new OtlpDecoder({
    ids: 'by-shape',
    warningsAttribute: '@jaeger@warnings',
    hiddenAttributes: ['@jaeger@format', 'internal.span.format'],
  });
  const remarks = new Set<string>();
  let strangers = 0;
  for (const item of items) {
    const opened = openItem(item);
    if (opened === undefined) {
      strangers++;
      continue;
    }
    if (opened.remark !== undefined) {
      remarks.add(opened.remark);
    }
    yield* decoder.addSteps(opened.body);
  }
  if (strangers > 0) {
    const which = strangers === 1 ? 'One entry is' : `${strangers} entries are`;
    remarks.add(`${which} of another kind than the rest and left out.`);
  }
  const { spans, warnings } = decoder.result();
  return { spans, warnings: [...remarks, ...warnings] };
}
