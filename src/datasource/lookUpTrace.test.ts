import type { TraceRequest } from '../backends/backend';
import { BackendError } from '../backends/errors';
import { unixNanoFromMillis, type TimeWindow } from '../model/time';
import type { Trace } from '../model/trace';
import { lookUpTrace } from './lookUpTrace';
import { fakeBackend } from './testing/fakeServices';
import { chainTrace, START_MS, TRACE_ID } from './testing/spans';

const HOUR = 3_600_000;
const context = { signal: new AbortController().signal };

const hours = (from: number, to: number): TimeWindow => ({
  fromUnixNano: unixNanoFromMillis(START_MS + from * HOUR),
  toUnixNano: unixNanoFromMillis(START_MS + to * HOUR),
});

/** Looks up in a store that answers with `inWindow` to bounded questions and with `anywhere` to unbounded ones. */
async function lookUp(window: TimeWindow | undefined, inWindow: Trace | undefined, anywhere: Trace | undefined) {
  const asked: TraceRequest[] = [];
  const backend = fakeBackend({
    fetchTrace: async (request) => {
      asked.push(request);
      const trace = request.window ? inWindow : anywhere;
      if (!trace) {
        throw new BackendError('trace-not-found', { backend: 'fake' });
      }
      return trace;
    },
  });
  const lookup = lookUpTrace(backend, { traceId: TRACE_ID, rawTraces: true, window }, context, (unixMs) =>
    new Date(unixMs).toISOString().slice(0, 16)
  );
  return { asked, lookup };
}

it('asks once, everywhere, without bounds', async () => {
  const trace = chainTrace(['a']);
  const { lookup, asked } = await lookUp(undefined, undefined, trace);
  await expect(lookup).resolves.toEqual({ trace, notices: [] });
  expect(asked).toEqual([{ traceId: TRACE_ID, rawTraces: true }]);
});

it('asks once within the bounds when the trace is there', async () => {
  const trace = chainTrace(['a', 'b']);
  const { lookup, asked } = await lookUp(hours(-1, 1), trace, undefined);
  await expect(lookup).resolves.toEqual({ trace, notices: [] });
  expect(asked).toHaveLength(1);
});

describe('a miss within the bounds', () => {
  const cases: Array<[string, TimeWindow, string]> = [
    ['after the trace', hours(72, 73), '3 days before that range'],
    ['one hour after the trace', hours(1, 2), '1 hour before that range'],
    ['before the trace', hours(-3, -2), '2 hours after it'],
    ['seconds before the trace', hours(-1, -10 / 3600), '10 seconds after it'],
    ['around the trace', hours(-1, 1), 'within it, yet the server did not look there'],
  ];
  it.each(cases)('is widened and told: bounds %s', async (_, window, distance) => {
    const trace = chainTrace(['a']);
    const { lookup, asked } = await lookUp(window, undefined, trace);
    const { notices } = await lookup;
    expect(notices).toEqual([
      { severity: 'info', text: expect.stringContaining(`the trace started 2026-03-01T12:00, ${distance}.`) },
    ]);
    expect(asked).toEqual([
      { traceId: TRACE_ID, rawTraces: true, window },
      { traceId: TRACE_ID, rawTraces: true },
    ]);
  });

  it('names the range that was searched first', async () => {
    const { lookup } = await lookUp(hours(1, 2), undefined, chainTrace(['a']));
    expect((await lookup).notices[0].text).toContain('from 2026-03-01T13:00 to 2026-03-01T14:00');
  });

  it('everywhere too is a miss', async () => {
    const { lookup } = await lookUp(hours(1, 2), undefined, undefined);
    await expect(lookup).rejects.toMatchObject({ kind: 'trace-not-found' });
  });
});

describe('a trace that the bounds may have cut', () => {
  const cut = chainTrace(['b', 'c'], { parentOfFirst: 'a' });

  it('is fetched whole, and that is told', async () => {
    const whole = chainTrace(['a', 'b', 'c']);
    const { lookup } = await lookUp(hours(0, 1), cut, whole);
    await expect(lookup).resolves.toEqual({
      trace: whole,
      notices: [{ severity: 'info', text: expect.stringContaining('Only a part of this trace') }],
    });
  });

  it.each([
    ['the store has no more', cut],
    ['the store has none without bounds', undefined],
  ])('stays as it is when %s', async (_, anywhere) => {
    const { lookup } = await lookUp(hours(0, 1), cut, anywhere);
    await expect(lookup).resolves.toEqual({ trace: cut, notices: [] });
  });
});

it('does not take another failure for a miss', async () => {
  let count = 0;
  const backend = fakeBackend({
    fetchTrace: async () => {
      count++;
      throw new BackendError('server', { backend: 'fake', status: 500 });
    },
  });
  const lookup = lookUpTrace(backend, { traceId: TRACE_ID, window: hours(0, 1) }, context, String);
  await expect(lookup).rejects.toMatchObject({ kind: 'server' });
  expect(count).toBe(1);
});
