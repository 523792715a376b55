import { dateTime, type TimeRange } from '@grafana/data';

import { unixMillis } from '../model/time';
import { atLeastAnHour, panelWindow, withMargins } from './panelWindow';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 1, 12);

const range = (fromMs: number, toMs: number): TimeRange => ({
  from: dateTime(fromMs),
  to: dateTime(toMs),
  raw: { from: '', to: '' },
});

const cases: Array<[name: string, range: TimeRange | undefined, fromMs: number, toMs: number]> = [
  ["the panel's", range(NOW - 2 * HOUR, NOW), NOW - 2 * HOUR, NOW],
  ['the wrong way round', range(NOW, NOW - 2 * HOUR), NOW - 2 * HOUR, NOW],
  ['none', undefined, NOW - HOUR, NOW],
  ['an empty object, as a careless caller sends it', {} as TimeRange, NOW - HOUR, NOW],
  ['invalid dates', range(NaN, NaN), NOW - HOUR, NOW],
];

it.each(cases)('range: %s', (_, given, fromMs, toMs) => {
  const window = panelWindow(given, NOW);
  expect([unixMillis(window.fromUnixNano), unixMillis(window.toUnixNano)]).toEqual([fromMs, toMs]);
});

it.each([
  ['a few milliseconds', NOW, NOW + 2, NOW + 1 - HOUR / 2, NOW + 1 + HOUR / 2],
  ['no time at all', NOW, NOW, NOW - HOUR / 2, NOW + HOUR / 2],
  ['an hour', NOW, NOW + HOUR, NOW, NOW + HOUR],
  ['a day', NOW, NOW + 24 * HOUR, NOW, NOW + 24 * HOUR],
])('at least an hour: %s', (_, fromMs, toMs, wideFromMs, wideToMs) => {
  const window = atLeastAnHour(panelWindow(range(fromMs, toMs), NOW));
  expect([unixMillis(window.fromUnixNano), unixMillis(window.toUnixNano)]).toEqual([wideFromMs, wideToMs]);
});

it.each([
  ['none', 0, 0, NOW, NOW + 2 * HOUR],
  ['different ones', HOUR, 60_000, NOW - HOUR, NOW + 2 * HOUR + 60_000],
  ['negative ones', -60_000, -HOUR, NOW + 60_000, NOW + HOUR],
])('margins: %s', (_, beforeMs, afterMs, fromMs, toMs) => {
  const window = withMargins(panelWindow(range(NOW, NOW + 2 * HOUR), NOW), { beforeMs, afterMs });
  expect([unixMillis(window.fromUnixNano), unixMillis(window.toUnixNano)]).toEqual([fromMs, toMs]);
});

it('margins that turn a window around leave an hour around its middle', () => {
  const turned = withMargins(panelWindow(range(NOW, NOW + 2), NOW), { beforeMs: -HOUR, afterMs: -HOUR });
  const window = atLeastAnHour(turned);
  expect([unixMillis(window.fromUnixNano), unixMillis(window.toUnixNano)]).toEqual([
    NOW + 1 - HOUR / 2,
    NOW + 1 + HOUR / 2,
  ]);
});
