import { decodeSearch } from './decodeSearch';
import { decodeTrace } from './decodeTrace';

it('reads what is left out as zero, pads ids, and has no root where none has arrived', () => {
  const [found] = decodeSearch({
    traces: [
      {
        traceID: 'a3a91c2d4e5b6071829304a5b6c7d04',
        rootServiceName: '<root span not yet received>',
        startTimeUnixNano: '1772366400123456789',
        serviceStats: { __proto__: { spanCount: 1 }, web: { spanCount: 2, errorCount: 1 }, db: { spanCount: 3 } },
      },
    ],
  });
  expect(found).toEqual({
    traceId: '0a3a91c2d4e5b6071829304a5b6c7d04',
    startUnixNano: 1_772_366_400_123_456_789n,
    duration: 0,
    spanCount: 5,
    errorCount: 1,
    services: [
      { name: 'db', spanCount: 3, errorCount: 0 },
      { name: 'web', spanCount: 2, errorCount: 1 },
    ],
  });
});

it('does not count where the server does not', () => {
  const [found] = decodeSearch({ traces: [{ traceID: 'ab' }] });
  expect(found).not.toHaveProperty('spanCount');
  expect(found).not.toHaveProperty('matches');
});

it('gathers the matching spans of all groups, each with what its group has in common', () => {
  const span = (spanID: string) => ({
    spanID,
    durationNanos: '5',
    attributes: [{ key: 'a', value: { intValue: '1' } }],
  });
  const group = (name: string, spans: unknown[]) => ({
    spans,
    matched: 4,
    attributes: [{ key: 'by(name)', value: { stringValue: name } }],
  });
  const sets = [group('x', [span('0a')]), group('y', [span('0b')])];
  const [found] = decodeSearch({ traces: [{ traceID: 'ab', spanSet: sets[0], spanSets: sets }] });
  expect(found.matches?.count).toBe(8);
  expect(
    found.matches?.spans.map(({ spanId, attributes }) => [spanId, attributes.get('a'), attributes.get('by(name)')])
  ).toEqual([
    ['000000000000000a', 1, 'x'],
    ['000000000000000b', 1, 'y'],
  ]);
});

it.each<[name: string, body: unknown, isEmpty: boolean, spans: number]>([
  ['an envelope with nothing in it', { trace: {}, metrics: {} }, true, 0],
  ['an envelope alone', { metrics: {} }, true, 0],
  ['batches', { batches: [block()] }, false, 1],
  ['an envelope with batches', { trace: { batches: [block()] } }, false, 1],
  ['hex ids', { trace: { resourceSpans: [block('7f3a91c2d4e5b6071829304a5b6c7d8e', '00c0ffee12345678')] } }, false, 1],
])('reads %s', async (_, body, isEmpty, spans) => {
  const trace = await decodeTrace(body, new AbortController().signal);
  expect(trace.isEmpty).toBe(isEmpty);
  expect(trace.spans).toHaveLength(spans);
  expect(trace.spans.every(({ traceId }) => traceId === '7f3a91c2d4e5b6071829304a5b6c7d8e')).toBe(true);
});

it('tells that a trace is cut, in the words of the server', async () => {
  const body = { trace: { resourceSpans: [block()] }, status: 'PARTIAL', message: 'too large' };
  const { warnings } = await decodeTrace(body, new AbortController().signal);
  expect(warnings).toEqual(['Tempo answered with a part of this trace only: too large']);
});

function block(traceId = 'fzqRwtTltgcYKTBKW2x9jg==', spanId = 'AMD/7hI0Vng=') {
  return { resource: {}, scopeSpans: [{ spans: [{ traceId, spanId, name: 'a', startTimeUnixNano: '1' }] }] };
}
