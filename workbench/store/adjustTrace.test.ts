import { adjustTrace } from './adjustTrace';
import { warningsOf, type StoredSpan } from './otlpSpan';
import { readOtlpTraces } from './readOtlpTraces';
import { sanitizeSpans } from './sanitizeSpans';

const TRACE = '7f3a91c2d4e5b6071829304a5b6c7d8e';
const SECOND = 1_000_000_000n;

interface Drawn {
  readonly id: string;
  readonly parent?: string;
  readonly kind?: number;
  readonly start: number;
  readonly end: number;
  readonly host?: string;
}

/** Spans with times in milliseconds; ids are repeated to their full length. */
function spansOf(drawn: readonly Drawn[]): StoredSpan[] {
  const text = (key: string, stringValue = '') => ({ key, value: { stringValue } });
  return readOtlpTraces({
    resourceSpans: drawn.map(({ id, parent, kind, start, end, host }) => ({
      resource: { attributes: [text('service.name', 's'), ...(host ? [text('host.name', host)] : [])] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: TRACE,
              spanId: id.repeat(16),
              parentSpanId: parent?.repeat(16),
              name: 'op',
              kind,
              startTimeUnixNano: String(SECOND + BigInt(start * 1e6)),
              endTimeUnixNano: String(SECOND + BigInt(end * 1e6)),
            },
          ],
        },
      ],
    })),
  });
}

function adjusted(drawn: readonly Drawn[]): readonly StoredSpan[] {
  const spans = spansOf(drawn);
  return adjustTrace({ traceId: TRACE, spans, startUnixNano: 0n, endUnixNano: 0n }).spans;
}

it.each<[string, Drawn, string[]]>([
  ['inside its parent', { id: 'b', parent: 'a', start: 10, end: 90, host: 'y' }, []],
  ['on the same host', { id: 'b', parent: 'a', start: -10, end: 50, host: 'x' }, []],
  [
    'early on another host',
    { id: 'b', parent: 'a', start: -10, end: 50, host: 'y' },
    ['clock skew adjustment disabled; not applying calculated delta of 30ms'],
  ],
  [
    'late on another host',
    { id: 'b', parent: 'a', start: 90, end: 110.5, host: 'y' },
    ['clock skew adjustment disabled; not applying calculated delta of -50.25ms'],
  ],
  [
    'early on an unknown host',
    { id: 'b', parent: 'a', start: -1.5, end: 98.5 },
    ['clock skew adjustment disabled; not applying calculated delta of 1.5ms'],
  ],
  [
    'longer than its parent and early',
    { id: 'b', parent: 'a', start: -2000, end: 200, host: 'y' },
    ['clock skew adjustment disabled; not applying calculated delta of 2s'],
  ],
  ['longer than its parent and not early', { id: 'b', parent: 'a', start: 10, end: 200, host: 'y' }, []],
  [
    'without its parent',
    { id: 'b', parent: 'c', start: 10, end: 20, host: 'y' },
    ['parent span ID=cccccccccccccccc is not in the trace; skipping clock skew adjustment'],
  ],
])('warns of a span %s as Jaeger does', (_what, child, expected) => {
  const spans = adjusted([{ id: 'a', start: 0, end: 100, host: 'x' }, child]);
  expect(spans.map(warningsOf)).toEqual([[], expected]);
});

it('drops exact duplicates only', () => {
  const spans = adjusted([
    { id: 'a', start: 0, end: 100 },
    { id: 'a', start: 0, end: 100 },
    { id: 'a', start: 0, end: 99 },
  ]);
  expect(spans.map(warningsOf)).toEqual([[], ['duplicate span IDs; skipping clock skew adjustment']]);
});

it('separates the two sides of a call that share an id', () => {
  const spans = adjusted([
    { id: 'a', kind: 3, start: 0, end: 100 },
    { id: 'a', kind: 2, start: 10, end: 90 },
    { id: 'b', parent: 'a', start: 20, end: 30 },
  ]);
  expect(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId])).toEqual([
    ['a'.repeat(16), ''],
    ['0000000000000001', 'a'.repeat(16)],
    ['b'.repeat(16), '0000000000000001'],
  ]);
});

it('sorts events by name, whatever their times', () => {
  const [span] = spansOf([{ id: 'a', start: 0, end: 100 }]);
  const events = [
    { timeUnixNano: 1n, name: 'retry', attributes: [] },
    { timeUnixNano: 2n, name: 'exception', attributes: [] },
    { timeUnixNano: 3n, name: 'retry', attributes: [] },
  ];
  const adjusted = adjustTrace({ traceId: TRACE, spans: [{ ...span, events }], startUnixNano: 0n, endUnixNano: 0n });
  expect(adjusted.spans[0].events.map(({ timeUnixNano }) => timeUnixNano)).toEqual([2n, 1n, 3n]);
});

it('does not change what is stored', () => {
  const spans = spansOf([{ id: 'a', parent: 'c', start: 0, end: 100 }]);
  adjustTrace({ traceId: TRACE, spans, startUnixNano: 0n, endUnixNano: 0n });
  expect(spans.map(warningsOf)).toEqual([[]]);
});

it.each([
  [
    100,
    'Original end timestamp: 1970-01-01 00:00:01.1 +0000 UTC, adjusted to: 1970-01-01 00:00:01.100000001 +0000 UTC',
  ],
  [
    90,
    'Original end timestamp: 1970-01-01 00:00:01.09 +0000 UTC, adjusted to: 1970-01-01 00:00:01.100000001 +0000 UTC',
  ],
])('a span from 100 ms to %i ms comes in one nanosecond long', (end, warning) => {
  const [span] = sanitizeSpans(spansOf([{ id: 'a', start: 100, end }]));
  expect(span.endUnixNano - span.startUnixNano).toBe(1n);
  expect(warningsOf(span)).toEqual([`Negative duration detected, sanitizing end timestamp. ${warning}`]);
});
