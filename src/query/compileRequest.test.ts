import type { TraceRequest } from '../backends/backend';
import type { TimeWindow } from '../model/time';
import { compileTraceRequest, ownWindowNotice } from './compileRequest';
import type { SearchQuery, TraceIdQuery } from './query';

const lookup = (fields: Partial<TraceIdQuery>): TraceIdQuery => ({
  refId: 'A',
  queryType: 'traceql',
  query: 'ab',
  ...fields,
});
const panel: TimeWindow = { fromUnixNano: 1_000_000_000n, toUnixNano: 9_000_000_000n };

describe('compileTraceRequest', () => {
  const compile = (fields: Partial<TraceIdQuery>, window?: TimeWindow): TraceRequest =>
    compileTraceRequest(lookup(fields), window);

  it('pads the id and asks everywhere without a window', () => {
    expect(compile({})).toEqual({ traceId: '000000000000000000000000000000ab' });
  });

  test.each<[string, Partial<TraceIdQuery>, TimeWindow | undefined, TimeWindow | undefined]>([
    ["the panel's", {}, panel, panel],
    ['its own', { fromMs: 2000, toMs: '3000.5' }, panel, { fromUnixNano: 2_000_000_000n, toUnixNano: 3_000_500_000n }],
    [
      "its own start and the panel's end",
      { fromMs: '2000' },
      panel,
      { fromUnixNano: 2_000_000_000n, toUnixNano: 9_000_000_000n },
    ],
    ["the panel's, its own being empty", { fromMs: 2000, toMs: 2000 }, panel, panel],
    ["the panel's, its own being no time", { fromMs: 'now-1h', toMs: 'now' }, panel, panel],
    ["the panel's, its own being beyond any date", { fromMs: 1e300, toMs: 1e301 }, panel, panel],
    ['none, its own being half', { fromMs: 2000 }, undefined, undefined],
  ])('window: %s', (_name, fields, window, expected) => {
    expect(compile(fields, window).window).toEqual(expected);
  });

  it('passes the raw switch on', () => {
    expect(compile({ rawTraces: true })).toMatchObject({ rawTraces: true });
  });

  it('refuses what is no id with a sentence', () => {
    expect(() => compile({ query: 'hello' })).toThrow('“hello” is not a trace ID.');
  });
});

it('tells of the window of the address that a search came from', () => {
  const query: SearchQuery = { refId: 'A', queryType: 'search', fromMs: 1767225600000, toMs: 1767229200000 };
  expect(ownWindowNotice(query)?.text).toBe(
    'This search keeps the time range of the address it was pasted from (2026-01-01T00:00:00.000Z to 2026-01-01T01:00:00.000Z), not the one of the panel.'
  );
  expect(ownWindowNotice({ refId: 'A', queryType: 'search' })).toBeUndefined();
});
