/** Between two partial answers, so that a panel is not redrawn for every trace. */
const PROGRESS_EVERY_MS = 500;

/**
 * Lets `show` run now and then: the first time after a pause, as most answers are whole by then, and never so often that
 * showing takes more time than the work it tells about.
 */
export function throttleProgress<T>(show: (value: T) => void, now: () => number): (value: T) => void {
  let next = now() + PROGRESS_EVERY_MS;
  return (value) => {
    const started = now();
    if (started < next) {
      return;
    }
    show(value);
    const ended = now();
    next = ended + Math.max(PROGRESS_EVERY_MS, 2 * (ended - started));
  };
}
