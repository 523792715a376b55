import { fromMillis, toMillis, unixNanoFromMillis } from '../model/time';
import { sampleStep } from './sampleStep';

const MINUTE = 60_000;
const window = (minutes: number) => ({ fromUnixNano: 0n, toUnixNano: unixNanoFromMillis(minutes * MINUTE) });

test.each([
  ['as the panel wants, with plenty', 60, 2 * MINUTE, Infinity, 2 * MINUTE],
  ['no more than sixty', 60, 15_000, Infinity, MINUTE],
  ['ten traces a point', 60, 15_000, 200, 5 * MINUTE],
  ['a few points of a small sample', 60, 15_000, 3, 15 * MINUTE],
  ['no finer than the panel wants', 60, 20 * MINUTE, 200, 20 * MINUTE],
  ['as many as asked a point at least, where the nearest step is too short', 60, 15_000, 290, 5 * MINUTE],
  ['as many of a day', 24 * 60, MINUTE, 600, 30 * MINUTE],
])('%s', (_name, minutes, wantedMs, observations, stepMs) => {
  expect(toMillis(sampleStep(window(minutes), fromMillis(wantedMs), observations))).toBe(stepMs);
});
