import { BackendError } from '../backends/errors';
import type { SearchResult } from '../backends/backend';
import { summarizeTrace } from '../model/summary';
import type { Trace } from '../model/trace';
import { MAX_SPANS_READ, MAX_TRACES_READ, readTraces, type ReadTraces, type TraceReading } from './readTraces';
import { chainTrace } from './testing/spans';

const traces = (count: number, spans = 1): Trace[] =>
  Array.from({ length: count }, (_, index) => {
    const trace = chainTrace(Array.from({ length: spans }, (_span, at) => at.toString(16).padStart(16, 'a')));
    return { ...trace, traceId: index.toString(16).padStart(32, 'f') };
  });

const found = (all: readonly Trace[], rest: Partial<SearchResult> = {}): SearchResult => ({
  summaries: all.map(summarizeTrace),
  isLimited: false,
  notices: [],
  ...rest,
});

/** A store that answers by hand or at once, and remembers how many questions were open at the same time. */
function reading(all: readonly Trace[], overrides: Partial<TraceReading> = {}) {
  const progress: ReadTraces[] = [];
  const seen = { asked: 0, open: 0, mostOpen: 0 };
  const given: TraceReading = {
    found: found(all),
    fetchTrace: async ({ traceId }) => {
      seen.asked++;
      seen.mostOpen = Math.max(seen.mostOpen, ++seen.open);
      await Promise.resolve();
      seen.open--;
      const trace = all.find((one) => one.traceId === traceId);
      if (!trace) {
        throw new Error(`asked for ${traceId}`);
      }
      return trace;
    },
    describe: (error) => (error instanceof Error ? error.message : String(error)),
    onProgress: (soFar) => progress.push(soFar),
    ...overrides,
  };
  return { given, progress, seen };
}

const texts = ({ notices }: ReadTraces) => notices.map(({ text }) => text);

it('reads all, five at a time, in the order of the list', async () => {
  const all = traces(12);
  const { given, progress, seen } = reading(all);
  const read = await readTraces(given);
  expect(read).toEqual({ traces: all, notices: [] });
  expect(seen).toMatchObject({ asked: 12, mostOpen: 5 });
  expect(progress.map(({ traces: soFar }) => soFar.length)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(texts(progress[2])).toEqual(['3 of 12 traces read: what is shown is not complete yet.']);
});

it('keeps the order of the list whatever answers first', async () => {
  const all = traces(3);
  const waiting: Array<() => void> = [];
  const { given } = reading(all, {
    fetchTrace: ({ traceId }) =>
      new Promise((resolve) => waiting.push(() => resolve(all.find((one) => one.traceId === traceId)!))),
  });
  const read = readTraces(given);
  waiting.reverse().forEach((answer) => answer());
  expect((await read).traces).toEqual(all);
});

it('asks for nothing that the store has answered already', async () => {
  const all = traces(3);
  const { given, seen } = reading(all, { found: found(all, { traces: [all[2], all[0]] }) });
  expect((await readTraces(given)).traces).toEqual(all);
  expect(seen.asked).toBe(1);
});

it('reads no more than the bound of traces, and says so', async () => {
  const all = traces(MAX_TRACES_READ + 3);
  const { given, seen } = reading(all);
  const read = await readTraces(given);
  expect([read.traces.length, seen.asked]).toEqual([MAX_TRACES_READ, MAX_TRACES_READ]);
  expect(texts(read)).toEqual([
    expect.stringMatching(/^Only the first 100 of the 103 traces found were read: no more/),
  ]);
});

it('stops when it holds too many spans, and says so', async () => {
  const [large] = traces(1);
  const huge: Trace = { ...large, spans: new Array(MAX_SPANS_READ / 2).fill(large.spans[0]) };
  const all = Array.from({ length: 20 }, (_, index) => ({ ...huge, traceId: `${index}`.padStart(32, 'f') }));
  const { given, seen } = reading([], { found: found(traces(20), {}), fetchTrace: async () => all[seen.asked++] });
  const read = await readTraces(given);
  expect(seen.asked).toBeLessThan(10);
  expect(texts(read)).toEqual([expect.stringMatching(/^Only the first \d of the 20 .* spans.*200,000/)]);
});

describe('what cannot be read', () => {
  it('is left out and told', async () => {
    const all = traces(4);
    const { given } = reading(all.slice(1), { found: found(all) });
    const read = await readTraces(given);
    expect(read.traces).toEqual(all.slice(1));
    expect(texts(read)).toEqual([`1 of 4 traces is missing here: asked for ${all[0].traceId}`]);
  });

  it('fails the whole when it is everything, without asking on and on', async () => {
    const { given, seen } = reading(traces(30), {
      fetchTrace: async () => {
        seen.asked++;
        throw new BackendError('server', { backend: 'fake', status: 500 });
      },
    });
    await expect(readTraces(given)).rejects.toMatchObject({ kind: 'server' });
    expect(seen.asked).toBeLessThan(10);
  });

  it('counts those it no longer asked for', async () => {
    const all = traces(30);
    const { given } = reading(all, {
      fetchTrace: async ({ traceId }) => {
        if (traceId === all[0].traceId) {
          return all[0];
        }
        throw new Error('down');
      },
    });
    expect(texts(await readTraces(given))).toEqual(['29 of 30 traces are missing here: down']);
  });

  it('ends everything when it was cancelled', async () => {
    const { given } = reading(traces(3), {
      fetchTrace: async () => {
        throw new BackendError('cancelled', { backend: 'fake' });
      },
    });
    await expect(readTraces(given)).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
