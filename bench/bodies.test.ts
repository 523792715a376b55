import { decodeLegacyTraces } from '../src/backends/jaeger/decodeLegacy';
import { assembleTrace } from '../src/model/assembleTrace';
import type { FlatSpan } from '../src/model/flatSpan';
import type { Trace } from '../src/model/trace';
import { decodeOtlp } from '../src/wire/otlp/decodeOtlp';
import { seededSpans } from '../testkit/seededTrace';
import { traceToText } from '../testkit/traceToText';
import { writeLegacyBody, writeOtlpBody } from './bodies';

const drawing = (spans: readonly FlatSpan[], options = { attributes: true, ids: true }) =>
  traceToText(assembleTrace(spans) as Trace, options);

it('otlp: nothing is lost', () => {
  const spans = seededSpans({ spans: 300, seed: 5 });
  const decoded = decodeOtlp(JSON.parse(writeOtlpBody(spans)), { ids: 'hex' });
  expect(decoded.warnings).toEqual([]);
  expect(drawing(decoded.spans)).toBe(drawing(spans));
});

it('legacy: nothing is lost but what is shorter than a microsecond', () => {
  const spans = seededSpans({ spans: 300, seed: 5 });
  const decoded = decodeLegacyTraces(JSON.parse(writeLegacyBody(spans)));
  expect(decoded.warnings).toEqual([]);
  const coarse = spans.map((span) => ({
    ...span,
    startUnixNano: (span.startUnixNano / 1_000n) * 1_000n,
    durationNano: Math.floor(span.durationNano / 1_000) * 1_000,
    events: span.events.map((event) => ({ ...event, timeUnixNano: (event.timeUnixNano / 1_000n) * 1_000n })),
  }));
  expect(drawing(decoded.spans)).toBe(drawing(coarse));
});
