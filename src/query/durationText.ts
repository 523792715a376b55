import parseDuration from 'parse-duration';
import { nanoseconds, type Nanoseconds } from '../model/time';

export type DurationText = { readonly value: Nanoseconds } | { readonly problem: string };

/** One number with its unit. `parse-duration` skips what it cannot read, so the shape of the text is checked here. */
const PART = /\s*(\d+(?:\.\d+)?|\.\d+)\s*(\p{L}+)/uy;

/**
 * Reads `1.5ms`, `300µs`, `5 sec`, `1h30m`. A number without a unit is refused rather than guessed: Jaeger refuses it,
 * Grafana elsewhere takes it for milliseconds, Zipkin for microseconds.
 */
export function parseDurationText(text: string): DurationText {
  // U+03BC is the Greek letter, U+00B5 the micro sign that `parse-duration` knows.
  const trimmed = text.trim().replace(/\u03bc/g, '\u00b5');
  let total = 0;
  let at = 0;
  while (at < trimmed.length) {
    PART.lastIndex = at;
    const match = PART.exec(trimmed);
    if (!match) {
      return { problem: shapeProblem(trimmed, at) };
    }
    const unit = unitProblem(trimmed, match);
    if (unit !== undefined) {
      return { problem: unit };
    }
    // Asked for one unit only: the package computes in milliseconds, which would cost the last digits of nanoseconds.
    const unitNanos = parseDuration(`1${match[2]}`, 'ns');
    if (unitNanos === null) {
      return { problem: `“${text.trim()}”: there is no unit “${match[2]}”. Use ns, us, ms, s, m, h or d.` };
    }
    total += Number(match[1]) * Math.round(unitNanos);
    at = PART.lastIndex;
  }
  if (trimmed === '') {
    return { problem: 'Write a number and a unit, such as 5ms or 1.5s.' };
  }
  const value = Math.round(total);
  return Number.isSafeInteger(value)
    ? { value: nanoseconds(value) }
    : { problem: `“${trimmed}” is longer than this search can express (104 days).` };
}

/** Units that `parse-duration` reads, but not as they are meant, or that hide what is wrong. */
function unitProblem(text: string, [, number, unit]: RegExpExecArray): string | undefined {
  if (unit === 'M') {
    // Grafana's own durations, as in `now-1M`, take it for a month.
    return `“${text}”: “M” is a month in Grafana and a minute elsewhere. Write ${number}m for minutes.`;
  }
  return /\d\s*e[+-]?\d/i.test(text)
    ? `“${text}”: write the number in full, such as 1000ms in place of 1e3ms.`
    : undefined;
}

function shapeProblem(text: string, at: number): string {
  const quoted = `“${text}”`;
  if (text.startsWith('-')) {
    return `${quoted}: a duration cannot be negative.`;
  }
  const number = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*$/.exec(text.slice(at))?.[1];
  if (number !== undefined) {
    return `${quoted}: write a unit behind ${number}, such as ${number}ms or ${number}s.`;
  }
  if (/\d,\d/.test(text)) {
    return `${quoted}: write decimals with a point, such as 1.5s.`;
  }
  return `${quoted} is no duration. Write a number and a unit, such as 5ms, 1.5s or 1h30m.`;
}
