import type { Span, Trace } from '../../model/trace';
import { coveredLength } from '../intervals';
import { SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import { countOf, formatCount, formatDuration, formatShare } from '../numberText';
import { groupsBySteps, type CallNumbers } from './callIdentity';
import type { Known } from './finder';
import { MAX_SPAN_IDS, weightiest, type Insight } from './insight';
import { inSequence } from './sequence';
import { nameSpan } from './spanText';

/** A handful of equal calls is often meant: pages of a list, shards, a few known items. Ten in a row is a loop. */
export const MIN_CALLS = 10;
/** Calls that mostly overlap are a fan-out, which somebody has thought about. */
export const MIN_SEQUENTIAL_SHARE = 0.8;
/** Less of the caller's time is not worth a change. */
export const MIN_CALLER_SHARE = 0.1;
/** Of the trace, all places together: a loop in a corner of it makes no difference to who waits. */
export const MIN_TRACE_SHARE = 0.05;

interface Loop {
  readonly parent: Span;
  readonly calls: readonly Span[];
  /** Of the parent, in nanoseconds. */
  readonly time: number;
}

/** A span that makes the same kind of call again and again, one after the other: a query per row, a request per item. */
export function* findNPlusOneSteps({ spans, duration }: Trace, { numbers }: Known): Steps<readonly Insight[]> {
  const loops: Loop[] = [];
  for (let i = 0; i < spans.length; i++) {
    if (spans[i].children.length >= MIN_CALLS) {
      loops.push(...(yield* loopsBelow(spans[i], numbers)));
    }
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  const pattern = ({ parent, calls }: Loop) => `${numbers.ofOperation(parent)} ${numbers.ofKind(calls[0])}`;
  const patterns = yield* groupsBySteps(loops, pattern, 1);
  const byTime = patterns
    .map((places) => ({ places: places.sort((a, b) => b.time - a.time), time: sum(places, ({ time }) => time) }))
    .filter(({ time }) => time >= duration * MIN_TRACE_SHARE)
    .sort((a, b) => b.time - a.time);
  return weightiest(byTime, ({ places }) => insightOf(places));
}

/** By operation first: most siblings already differ in it, and it costs less. */
function* loopsBelow(parent: Span, numbers: CallNumbers): Steps<Loop[]> {
  const loops: Loop[] = [];
  for (const ofOperation of yield* groupsBySteps(parent.children, (call) => numbers.ofOperation(call), MIN_CALLS)) {
    // No part of them takes longer than all.
    if (coveredLength(parent, ofOperation) > parent.duration * MIN_CALLER_SHARE) {
      for (const calls of yield* groupsBySteps(ofOperation, (call) => numbers.ofKind(call), MIN_CALLS)) {
        loops.push(...loopOf(parent, calls));
      }
    }
    yield;
  }
  return loops;
}

function loopOf(parent: Span, calls: readonly Span[]): Loop[] {
  const sequential = inSequence(calls).length;
  const time = coveredLength(parent, calls);
  return sequential >= MIN_CALLS &&
    sequential >= calls.length * MIN_SEQUENTIAL_SHARE &&
    time > parent.duration * MIN_CALLER_SHARE
    ? [{ parent, calls, time }]
    : [];
}

function insightOf(places: readonly Loop[]): Insight {
  const [{ parent, calls, time }] = places;
  const share = formatShare(time / parent.duration);
  const elsewhere =
    places.length === 1
      ? ''
      : ` The same happens in ${countOf(places.length, 'place')}, with ${formatCount(sum(places, (place) => place.calls.length))} calls in all.`;
  return {
    kind: 'n-plus-one',
    text:
      `${nameSpan(parent)} calls ${nameSpan(calls[0])} ${formatCount(calls.length)} times in sequence, which takes ` +
      `${formatDuration(time)} of its ${formatDuration(parent.duration)} (${share}): one call for all of them may do.${elsewhere}`,
    spanIds: [parent, ...places.flatMap((place) => place.calls.slice(0, MAX_SPAN_IDS))]
      .slice(0, MAX_SPAN_IDS)
      .map(({ spanId }) => spanId),
    severity: 'info',
  };
}

function sum<T>(items: readonly T[], numberOf: (item: T) => number): number {
  return items.reduce((total, item) => total + numberOf(item), 0);
}
