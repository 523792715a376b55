import { throttle } from 'lodash';

/** Between two partial answers, so that a panel is not redrawn for every trace. */
export const PROGRESS_EVERY_MS = 500;

/**
 * Lets `show` run now and then: the first time after a pause, as most answers are whole by then, one at a time, and never
 * so often that showing takes more time than the work it tells about. What `show` cannot do is left to the whole answer,
 * which fails in the same way and says so.
 */
export function throttleProgress<T>(show: (value: T) => void | Promise<void>, now: () => number): (value: T) => void {
  let next = now() + PROGRESS_EVERY_MS;
  let isShowing = false;
  return (value) => {
    const started = now();
    if (isShowing || started < next) {
      return;
    }
    isShowing = true;
    const settle = () => {
      const ended = now();
      next = ended + Math.max(PROGRESS_EVERY_MS, 2 * (ended - started));
      isShowing = false;
    };
    const showing = show(value);
    if (showing === undefined) {
      settle();
    } else {
      showing.then(settle, settle);
    }
  };
}

/**
 * Lets `show` run now and then while `work` goes on, for parts that are shown in no time. The first ones may come at once
 * and the next take long: what was held back is shown after a while.
 */
export async function withProgress<T, R>(
  show: (part: T) => void,
  work: (onProgress: (part: T) => void) => Promise<R>
): Promise<R> {
  const later = throttle(show, PROGRESS_EVERY_MS, { leading: false });
  try {
    return await work(later);
  } finally {
    later.cancel();
  }
}
