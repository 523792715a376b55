import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { runAtOnce, runInSlices, sortSteps, SPANS_PER_STEP, type Steps } from './cooperative';

/** A clock that only the work moves on. */
function workOf(costs: readonly number[]) {
  const clock = { time: 0, pausedAt: [] as number[], wasClosed: false };
  function* steps(): Steps<string> {
    try {
      for (const cost of costs) {
        clock.time += cost;
        yield;
      }
      return 'done';
    } finally {
      clock.wasClosed = true;
    }
  }
  const options = {
    sliceMs: 10,
    now: () => clock.time,
    pause: () => {
      clock.pausedAt.push(clock.time);
      clock.time += 100;
      return Promise.resolve();
    },
  };
  return { clock, steps, options };
}

describe('runInSlices', () => {
  it('pauses when a slice is used up, and gives the next its full time', async () => {
    const { clock, steps, options } = workOf([4, 4, 4, 4, 4, 4, 1]);
    await expect(runInSlices(steps(), options)).resolves.toBe('done');
    expect(clock.pausedAt).toEqual([12, 124]);
  });

  it('does not pause for work that fits one slice', async () => {
    const { clock, steps, options } = workOf([3, 3, 3]);
    await runInSlices(steps(), options);
    expect(clock.pausedAt).toEqual([]);
  });

  it('stops between two steps when it is cancelled during a pause, with the reason, and closes the work', async () => {
    const { clock, steps, options } = workOf([20, 20, 20]);
    const cancel = new AbortController();
    const reason = new Error('another query');
    const pause = () => {
      cancel.abort(reason);
      return options.pause();
    };
    await expect(runInSlices(steps(), { ...options, pause, signal: cancel.signal })).rejects.toBe(reason);
    expect(clock.pausedAt).toEqual([20]);
    expect(clock.wasClosed).toBe(true);
  });

  it('does not begin what is cancelled already', async () => {
    const { clock, steps, options } = workOf([20]);
    await expect(runInSlices(steps(), { ...options, signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
    expect(clock.time).toBe(0);
  });

  it('rejects with what the work throws', async () => {
    const failing = (function* (): Steps<void> {
      yield;
      throw new Error('broken');
    })();
    await expect(runInSlices(failing, workOf([]).options)).rejects.toThrow('broken');
  });
});

describe('sortSteps', () => {
  it('sorts as Array.sort does, and as stable', () => {
    const manyNumbers = fc
      .array(fc.nat(9), { maxLength: 40 })
      .map((few) => Array.from({ length: 300 }, () => few).flat());
    checkProperty(
      fc.property(manyNumbers, (numbers) => {
        const items = numbers.map((number, index) => ({ number, index }));
        const compare = (a: { number: number }, b: { number: number }) => a.number - b.number;
        expect(runAtOnce(sortSteps(items, compare))).toEqual([...items].sort(compare));
      }),
      { numRuns: 30 }
    );
  });

  it('yields every few thousand items', () => {
    const steps = [
      ...sortSteps(
        Array.from({ length: 4 * SPANS_PER_STEP }, (_, index) => -index),
        (a, b) => a - b
      ),
    ];
    expect(steps.length).toBeGreaterThanOrEqual(4 + 2 * 4);
  });
});
