/** Time as a task feels it. Branches fork it and join it again. */
export interface Clock {
  nowUnixNano(): bigint;
  wait(millis: number): Promise<void>;
  fork(): Clock;
  /** Continues when the last of the forks has come to its end. */
  join(forks: readonly Clock[]): void;
}

/** The wall clock. */
export const liveClock: Clock = {
  // performance.now has the microseconds that Date.now lacks.
  nowUnixNano: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1_000n,
  wait: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
  fork: () => liveClock,
  join: () => undefined,
};

/** A past that is made up: waiting takes no time, it only moves the hand. */
export class PastClock implements Clock {
  constructor(private now: bigint) {}

  nowUnixNano(): bigint {
    return this.now;
  }

  async wait(millis: number): Promise<void> {
    this.now += BigInt(Math.round(millis * 1_000_000));
  }

  fork(): PastClock {
    return new PastClock(this.now);
  }

  join(forks: readonly Clock[]): void {
    for (const fork of forks) {
      const end = fork.nowUnixNano();
      this.now = end > this.now ? end : this.now;
    }
  }
}
