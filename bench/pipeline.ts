import { INSIGHT_KINDS } from '../src/analysis/insights/insight';
import { decodeLegacySteps, decodeLegacyTraces } from '../src/backends/jaeger/decodeLegacy';
import { traceViewSteps, type PreparedTrace, type TraceViewOptions } from '../src/datasource/traceViewSteps';
import { addFoldLinks } from '../src/frames/foldLinks';
import { buildTraceNodeGraphFrames } from '../src/frames/nodeGraphFrames';
import { buildTraceFrame, traceFrameSteps } from '../src/frames/traceFrame';
import { assembleTrace } from '../src/model/assembleTrace';
import type { Steps } from '../src/model/cooperative';
import type { DecodedSpans } from '../src/model/flatSpan';
import type { Trace } from '../src/model/trace';
import { decodeOtlp, decodeOtlpSteps } from '../src/wire/otlp/decodeOtlp';
import type { Wire } from './bodies';

const DECODERS: Readonly<Record<Wire, (body: unknown) => DecodedSpans>> = {
  legacy: (body) => decodeLegacyTraces(body),
  otlp: (body) => decodeOtlp(body, { ids: 'hex' }),
};

export function decodeSteps(wire: Wire, body: unknown): Steps<DecodedSpans> {
  return wire === 'legacy' ? decodeLegacySteps(body) : decodeOtlpSteps(body, { ids: 'hex' });
}

/** A parsed body → its trace, as a look-up by id makes it. */
export function readTrace(wire: Wire, body: unknown): Trace {
  const { spans, warnings } = DECODERS[wire](body);
  const trace = assembleTrace(spans, warnings);
  if (trace === undefined) {
    throw new Error('The body has no spans.');
  }
  return trace;
}

/** What a data source does whose settings nobody has touched (`datasource/settings.ts`). */
export const BY_DEFAULT: TraceViewOptions = {
  insights: new Set(INSIGHT_KINDS),
  hasCriticalPathMarks: true,
  threshold: 10_000,
};

export function* preparedFrameSteps({ trace, notices, isFolded }: PreparedTrace): Steps<unknown> {
  const frame = yield* traceFrameSteps(trace, { refId: 'A', notices });
  return isFolded ? addFoldLinks(frame, { uid: 'traces', name: 'Traces' }) : frame;
}

/** A trace → the frame of the trace view, by all that stands between them. */
export function* foldedFrameSteps(trace: Trace): Steps<unknown> {
  return yield* preparedFrameSteps(yield* traceViewSteps(trace, BY_DEFAULT));
}

export function traceFrame(trace: Trace): unknown {
  return buildTraceFrame(trace, { refId: 'A' });
}

export function nodeGraph(trace: Trace): unknown {
  return buildTraceNodeGraphFrames(trace, { refId: 'A' });
}
