import { decodeLegacyTraces } from '../src/backends/jaeger/decodeLegacy';
import { buildTraceNodeGraphFrames } from '../src/frames/nodeGraphFrames';
import { buildTraceFrame } from '../src/frames/traceFrame';
import { assembleTrace } from '../src/model/assembleTrace';
import type { DecodedSpans } from '../src/model/flatSpan';
import type { Trace } from '../src/model/trace';
import { decodeOtlp } from '../src/wire/otlp/decodeOtlp';
import type { Wire } from './bodies';

const DECODERS: Readonly<Record<Wire, (body: unknown) => DecodedSpans>> = {
  legacy: (body) => decodeLegacyTraces(body),
  otlp: (body) => decodeOtlp(body, { ids: 'hex' }),
};

/** A parsed body → its trace, as a look-up by id makes it. */
export function readTrace(wire: Wire, body: unknown): Trace {
  const { spans, warnings } = DECODERS[wire](body);
  const trace = assembleTrace(spans, warnings);
  if (trace === undefined) {
    throw new Error('The body has no spans.');
  }
  return trace;
}

export function traceFrame(trace: Trace): unknown {
  return buildTraceFrame(trace, { refId: 'A' });
}

export function nodeGraph(trace: Trace): unknown {
  return buildTraceNodeGraphFrames(trace, { refId: 'A' });
}
