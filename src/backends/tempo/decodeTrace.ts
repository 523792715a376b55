import type { DecodedSpans } from '../../model/flatSpan';
import { runForPage } from '../../model/runForPage';
import { decodeOtlpSteps } from '../../wire/otlp/decodeOtlp';
import { fail, isJsonObject, listField, optionalString, readObject, type JsonObject } from '../../wire/read';

export interface TraceAnswer extends DecodedSpans {
  /** 200 with nothing in it is how the enveloped route says that there is no such trace. */
  readonly isEmpty: boolean;
}

const BLOCK_LISTS = ['resourceSpans', 'batches', 'resource_spans'];

/**
 * `{trace: {resourceSpans}, status, message}` (v2), `{batches}` (v1), and the same without its envelope: gateways and
 * look-alikes mix them. Ids are base64 here (a stock protobuf printer) and hex there.
 */
export async function decodeTrace(body: unknown, signal: AbortSignal): Promise<TraceAnswer> {
  const envelope = readObject(body);
  const trace = traceOf(envelope);
  const key = BLOCK_LISTS.find((name) => trace[name] !== undefined) ?? BLOCK_LISTS[0];
  const { spans, warnings } = await runForPage(decodeOtlpSteps(trace, { ids: 'by-shape' }), signal);
  const remark = partialRemark(envelope);
  return {
    spans,
    warnings: remark === undefined ? warnings : [remark, ...warnings],
    isEmpty: listField(trace, key).length === 0,
  };
}

function traceOf(envelope: JsonObject): JsonObject {
  if (isJsonObject(envelope.trace)) {
    return envelope.trace;
  }
  if (BLOCK_LISTS.some((name) => envelope[name] !== undefined)) {
    return envelope;
  }
  if (envelope.trace !== undefined && envelope.trace !== null) {
    return fail('an object', envelope.trace, 'trace');
  }
  return Object.keys(envelope).every((key) => ENVELOPE.includes(key)) ? {} : fail('an object with a trace', envelope);
}

const ENVELOPE = ['trace', 'metrics', 'status', 'message'];

/** Said since 2.7. A complete answer has no status: protobuf leaves out a zero. */
function partialRemark(envelope: JsonObject): string | undefined {
  if (envelope.status !== 'PARTIAL' && envelope.status !== 1) {
    return undefined;
  }
  const words = optionalString(envelope, 'message');
  return `Tempo answered with a part of this trace only${words ? `: ${words}` : '.'}`;
}
