import fc from 'fast-check';
import { arbitraryFlatSpans } from '../../../testkit/arbitrarySpans';
import { encodeTempo } from '../../../testkit/encodeTempo';
import { traceToText } from '../../../testkit/traceToText';
import { assembleTrace } from '../../model/assembleTrace';
import type { FlatSpan } from '../../model/flatSpan';
import type { Trace } from '../../model/trace';
import { encodeOtlp } from '../../wire/otlp/encodeOtlp';
import { decodeTrace } from './decodeTrace';

/** Warnings are our remarks and not part of a trace. JSON has one zero. */
function asText(trace: Trace): string {
  const drawing = traceToText(trace, { attributes: true, ids: true, withoutWarnings: true });
  return [trace.traceId, trace.epochUnixNano, drawing].join('\n').replace(/-0\.0(?=[ }\]])/g, '0');
}

/** What protobuf cannot tell from nothing. */
function withoutEmptyTexts(span: FlatSpan): FlatSpan {
  const { status, scope, traceState } = span;
  return {
    ...span,
    status: { code: status.code, message: status.message || undefined },
    scope: scope && (scope.name !== '' || scope.attributes?.size) ? scope : undefined,
    traceState: traceState || undefined,
  };
}

it('any trace comes through the wire of Tempo as it is', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryFlatSpans, async (spans) => {
      const trace = assembleTrace(spans.map(withoutEmptyTexts));
      fc.pre(trace !== undefined && trace.epochUnixNano > 0n);
      const wire: unknown = JSON.parse(JSON.stringify({ trace: encodeTempo(encodeOtlp(trace)), metrics: {} }));
      const decoded = await decodeTrace(wire, new AbortController().signal);
      expect(decoded.warnings).toEqual([]);
      expect(asText(assembleTrace(decoded.spans) as Trace)).toBe(asText(trace));
    })
  );
});
