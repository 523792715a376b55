import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../../testkit/arbitrarySpans';
import { encodeTempo } from '../../../testkit/encodeTempo';
import { wireText, withoutEmptyTexts } from '../../../testkit/wireText';
import { assembleTrace } from '../../model/assembleTrace';
import type { Trace } from '../../model/trace';
import { encodeOtlp } from '../../wire/otlp/encodeOtlp';
import { decodeTrace } from './decodeTrace';

it('any trace comes through the wire of Tempo as it is', async () => {
  await checkProperty(
    fc.asyncProperty(arbitraryFlatSpans, async (spans) => {
      const trace = assembleTrace(spans.map(withoutEmptyTexts));
      fc.pre(trace !== undefined && trace.epochUnixNano > 0n);
      const wire: unknown = JSON.parse(JSON.stringify({ trace: encodeTempo(encodeOtlp(trace)), metrics: {} }));
      const decoded = await decodeTrace(wire, new AbortController().signal);
      expect(decoded.warnings).toEqual([]);
      expect(wireText(assembleTrace(decoded.spans) as Trace)).toBe(wireText(trace));
    })
  );
});
