import { throttleProgress } from './progress';

/** A clock that stands still but for what the test and `show` let pass. */
function throttled(costMs = 0) {
  let time = 0;
  const shown: number[] = [];
  const show = throttleProgress<number>(
    (value) => {
      shown.push(value);
      time += costMs;
    },
    () => time
  );
  const at = (ms: number, value: number) => {
    time = ms;
    show(value);
  };
  return { at, shown };
}

it('shows nothing at first, then now and then, each time the latest', () => {
  const { at, shown } = throttled();
  [0, 499, 500, 501, 999, 1000, 1400, 1600].forEach((ms) => at(ms, ms));
  expect(shown).toEqual([500, 1000, 1600]);
});

it('leaves the work more time than the showing takes', () => {
  const { at, shown } = throttled(1000);
  [500, 1600, 3400, 3500].forEach((ms) => at(ms, ms));
  expect(shown).toEqual([500, 3500]);
});
