import { throttleProgress } from './progress';

/** A clock that stands still but for what the test and `show` let pass. */
function throttled(show: (pass: (ms: number) => void) => Promise<void> = async () => undefined) {
  let time = 0;
  const shown: number[] = [];
  const onProgress = throttleProgress<number>(
    (value) => {
      shown.push(value);
      return show((ms) => (time += ms));
    },
    () => time
  );
  const at = async (ms: number, value = ms) => {
    time = ms;
    onProgress(value);
    await Promise.resolve().then(() => undefined);
  };
  return { at, shown };
}

it('shows nothing at first, then now and then, each time the latest', async () => {
  const { at, shown } = throttled();
  for (const ms of [0, 499, 500, 501, 999, 1000, 1400, 1600]) {
    await at(ms);
  }
  expect(shown).toEqual([500, 1000, 1600]);
});

it('leaves the work more time than the showing takes', async () => {
  const { at, shown } = throttled(async (pass) => pass(1000));
  for (const ms of [500, 1600, 3400, 3500]) {
    await at(ms);
  }
  expect(shown).toEqual([500, 3500]);
});

it('shows one at a time', async () => {
  let finish = () => undefined as void;
  const { at, shown } = throttled(() => new Promise((resolve) => (finish = resolve)));
  await at(500);
  await at(5000);
  finish();
  await at(5001);
  await at(20_000);
  expect(shown).toEqual([500, 20_000]);
});

it('goes on after a failure', async () => {
  const { at, shown } = throttled(() => Promise.reject(new Error('no')));
  await at(500);
  await at(2000);
  expect(shown).toEqual([500, 2000]);
});
