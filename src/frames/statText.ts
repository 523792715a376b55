import { NANOS_PER_MICRO, NANOS_PER_MILLI, NANOS_PER_SECOND, type Nanoseconds } from '../model/time';

/*
 * Texts that must fit into a circle of the node graph. Numbers would not do: the panel prints them with two decimals
 * whatever the column asks for (Grafana 12.4, panel/nodeGraph/utils.ts, statToString).
 */

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `1.5K calls`; without a plural s for one. */
export function countText(count: number, noun: string): string {
  return `${compact.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

interface RateUnit {
  readonly name: string;
  readonly seconds: number;
}

const RATE_UNITS: readonly RateUnit[] = [
  { name: 's', seconds: 1 },
  { name: 'min', seconds: 60 },
  { name: 'h', seconds: 3600 },
];

/** The first unit in which there is something before the point of a rate per second. */
export function rateUnit(rate: number): RateUnit {
  return RATE_UNITS.find(({ seconds }) => rate * seconds >= 1) ?? RATE_UNITS[RATE_UNITS.length - 1];
}

/** `3.4/s`, `12/min`, `<0.01/h`: a rate per second, counted in the unit. */
export function rateText(rate: number, { name, seconds }: RateUnit): string {
  const value = rate * seconds;
  const number = compact.format(value >= 10 ? Math.round(value) : Number(value.toPrecision(2)));
  return `${value < 0.01 ? '<0.01' : value < 1 ? Number(value.toFixed(2)) : number}/${name}`;
}

const seconds = threeDigits('s');
const millis = threeDigits('ms');
const micros = threeDigits('µs');
const nanos = threeDigits('ns');
const percent = threeDigits('%)', ' (');

/** `12.3ms`: the largest unit that leaves at least 1, three significant digits. */
export function durationText(duration: Nanoseconds): string {
  if (duration >= NANOS_PER_SECOND) {
    return seconds(duration / NANOS_PER_SECOND);
  }
  if (duration >= NANOS_PER_MILLI) {
    return millis(duration / NANOS_PER_MILLI);
  }
  return duration >= NANOS_PER_MICRO ? micros(duration / NANOS_PER_MICRO) : nanos(duration);
}

/** `12.3ms (40%)`: a duration and its share (0 to 1) of something longer. */
export function durationShareText(duration: Nanoseconds, share: number): string {
  return durationText(duration) + percent(share * 100);
}

/**
 * Three significant digits between two texts, for numbers from 0 on. Out of tables: printing a fraction costs more
 * than all else a node needs, and a big trace has hundreds of thousands of these texts.
 */
function threeDigits(after: string, before = ''): (value: number) => string {
  const text = (value: number) => before + value + after;
  let tables: readonly string[][] | undefined;
  return (value) => {
    tables ??= [1, 10, 100].map((divisor) => Array.from({ length: 1001 }, (_, index) => text(index / divisor)));
    if (value >= 100) {
      return value < 1000 ? tables[0][Math.round(value)] : text(Math.round(value));
    }
    return value >= 10 ? tables[1][Math.round(value * 10)] : tables[2][Math.round(value * 100)];
  };
}
