import type { Trace } from '../../model/trace';
import { detectClockSkewSteps, type ClockSkew } from '../clockSkew';
import type { Clock } from '../clock';
import { sortSteps, type Steps } from '../../model/cooperative';
import { countOf, formatDuration } from '../numberText';
import { groupsBySteps } from './callIdentity';
import { MAX_SPAN_IDS, weightiest, type Insight } from './insight';
import { shorten } from './spanText';

/** Clocks that disagree so much that spans begin before they were called, one finding per pair of clocks. */
export function* findClockSkewSteps(trace: Trace): Steps<readonly Insight[]> {
  const pairs = yield* groupsBySteps(
    yield* detectClockSkewSteps(trace),
    ({ clock, parentClock, shift }) => JSON.stringify([clock.identity, parentClock.identity, shift > 0]),
    1
  );
  const byShift: ClockSkew[][] = [];
  for (const skews of pairs) {
    byShift.push(yield* sortSteps(skews, compareShifts));
  }
  byShift.sort(([a], [b]) => compareShifts(a, b));
  return weightiest(byShift, insightOf);
}

function compareShifts(a: ClockSkew, b: ClockSkew): number {
  return Math.abs(b.shift) - Math.abs(a.shift);
}

function insightOf(skews: readonly ClockSkew[]): Insight {
  const [{ clock, parentClock, shift }] = skews;
  const direction = shift > 0 ? 'behind' : 'ahead of';
  const seem = shift > 0 ? 'before it was made' : 'after it was answered';
  return {
    kind: 'clock-skew',
    text:
      `The clock of ${nameClock(clock)} is about ${formatDuration(Math.abs(shift))} ${direction} that of ` +
      `${nameClock(parentClock)}: ${countOf(skews.length, 'call')} ${skews.length === 1 ? 'seems' : 'seem'} to begin ${seem}.`,
    spanIds: skews.slice(0, MAX_SPAN_IDS).map(({ span }) => span.spanId),
    severity: 'warning',
  };
}

function nameClock({ serviceName, host }: Clock): string {
  return host === undefined ? shorten(serviceName) : `${shorten(serviceName)} on ${shorten(host)}`;
}
