import type { Attributes, AttributeValue } from '../model/attributes';
import type { Resource, Trace } from '../model/trace';
import { runAtOnce, sortSteps, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import type { Sides } from './compareTraces';
import { valueIdentity } from './groupKey';

/** A key with more values that occur in one trace only is taken for an identifier. */
export const MAX_LONE_VALUES = 50;

/** From so many traces on, a key most of whose values occur in one trace only is taken for an identifier as well. */
const MIN_TRACES_TO_JUDGE = 5;
const LARGEST_SHARE_OF_LONE_VALUES = 0.8;

/** Keys that are looked at, in order of first appearance. */
export const MAX_KEYS = 1_000;

/** Values in the answer. */
export const MAX_OVER_REPRESENTED = 100;

/** How many traces of each side have a span (or a resource of one) with this value. */
export interface OverRepresentedValue {
  readonly key: string;
  /** As the first span spells it; `valueIdentity` tells which count as equal. */
  readonly value: AttributeValue;
  readonly traces: Sides<number>;
  /** Share of the right side's traces that have it − share of the left side's: −1 to 1, never 0. */
  readonly difference: number;
}

export interface OverRepresentation {
  /** The largest difference first, in either direction. */
  readonly values: readonly OverRepresentedValue[];
  readonly traceCount: Sides<number>;
  /** Values with a difference that did not fit into `values`. */
  readonly omittedValues: number;
  /** Keys that look like identifiers: their values that occur in one trace only say nothing about a set, and are left out. */
  readonly thinnedKeys: readonly string[];
  /** Keys beyond `MAX_KEYS` were not looked at. */
  readonly isCut: boolean;
}

/**
 * Which attribute values occur in more traces of one side than of the other. Traces are counted, not spans: the spans
 * of one trace repeat each other. The difference of two shares says how typical a value is for a side; whether it may
 * be chance is for the reader to judge from the counts (8 of 10 against 1 of 10 is a finding, 1 of 1 against 0 of 1
 * hardly is).
 *
 * Of a key that looks like an identifier only the values in one trace are left out. What is on a pod of its own nearly
 * everywhere, and in every slow trace on the same one, is the finding that people look for.
 *
 * Every value is counted, so memory grows with the attributes that are in memory already.
 */
export function overRepresentedAttributes(left: readonly Trace[], right: readonly Trace[]): OverRepresentation {
  return runAtOnce(overRepresentedSteps(left, right));
}

/** `overRepresentedAttributes` in steps. */
export function* overRepresentedSteps(left: readonly Trace[], right: readonly Trace[]): Steps<OverRepresentation> {
  const counter = new ValueCounter();
  for (const trace of left) {
    yield* counter.addTraceSteps(trace, 'left');
  }
  for (const trace of right) {
    yield* counter.addTraceSteps(trace, 'right');
  }

  const thinnedKeys: string[] = [];
  const found: OverRepresentedValue[] = [];
  const traceCount = { left: left.length, right: right.length };
  for (const [key, counts] of counter.countsByKey) {
    const isThinned = looksLikeIdentifier(counts);
    if (isThinned) {
      thinnedKeys.push(key);
    }
    const counted = [...counts.values.values()];
    for (let from = 0; from < counted.length; from += SPANS_PER_STEP) {
      addDifferences(found, key, counted.slice(from, from + SPANS_PER_STEP), traceCount, isThinned);
      yield;
    }
  }
  const sorted = yield* sortSteps(found, (a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  return {
    values: sorted.slice(0, MAX_OVER_REPRESENTED),
    traceCount,
    omittedValues: Math.max(0, sorted.length - MAX_OVER_REPRESENTED),
    thinnedKeys,
    isCut: counter.isCut,
  };
}

function addDifferences(
  found: OverRepresentedValue[],
  key: string,
  counted: readonly ValueCount[],
  traceCount: Sides<number>,
  isThinned: boolean
): void {
  for (const { value, left, right } of counted) {
    const difference = share(right, traceCount.right) - share(left, traceCount.left);
    if (difference !== 0 && !(isThinned && left + right === 1)) {
      found.push({ key, value, traces: { left, right }, difference });
    }
  }
}

interface ValueCount {
  readonly value: AttributeValue;
  left: number;
  right: number;
  /** The turn of the trace that was counted last: a trace counts once, however many of its spans have the value. */
  lastTurn: number;
}

interface KeyCounts {
  readonly values: Map<string, ValueCount>;
  /** Of `values`, those of one trace only. */
  loneValues: number;
  traceCount: number;
  lastTurn: number;
}

class ValueCounter {
  readonly countsByKey = new Map<string, KeyCounts>();
  isCut = false;
  /** A number per trace and side, as one trace may stand on both. */
  private turn = 0;

  *addTraceSteps({ spans }: Trace, side: keyof Sides<number>): Steps<void> {
    this.turn++;
    const seenResources = new Set<Resource>();
    for (let i = 0; i < spans.length; i++) {
      const { attributes, resource } = spans[i];
      this.addAttributes(attributes, side);
      if (!seenResources.has(resource)) {
        seenResources.add(resource);
        this.addAttributes(resource.attributes, side);
      }
      if (i % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }

  private addAttributes(attributes: Attributes, side: keyof Sides<number>): void {
    for (const { key, value } of attributes.entries) {
      const counts = this.countsOf(key);
      if (counts === undefined) {
        continue;
      }
      if (counts.lastTurn !== this.turn) {
        counts.lastTurn = this.turn;
        counts.traceCount++;
      }
      addValue(counts, value, this.turn, side);
    }
  }

  private countsOf(key: string): KeyCounts | undefined {
    let counts = this.countsByKey.get(key);
    if (counts === undefined && this.countsByKey.size >= MAX_KEYS) {
      this.isCut = true;
    } else if (counts === undefined) {
      counts = { values: new Map(), loneValues: 0, traceCount: 0, lastTurn: 0 };
      this.countsByKey.set(key, counts);
    }
    return counts;
  }
}

function addValue(counts: KeyCounts, value: AttributeValue, turn: number, side: keyof Sides<number>): void {
  const identity = valueIdentity(value);
  const count = counts.values.get(identity);
  if (count === undefined) {
    const [left, right] = side === 'left' ? [1, 0] : [0, 1];
    counts.values.set(identity, { value, left, right, lastTurn: turn });
    counts.loneValues++;
  } else if (count.lastTurn !== turn) {
    counts.loneValues -= count.left + count.right === 1 ? 1 : 0;
    count.lastTurn = turn;
    count[side]++;
  }
}

function looksLikeIdentifier({ values, loneValues, traceCount }: KeyCounts): boolean {
  // A lone value among few is no identifier: the version that only the one bad trace has.
  const isMostlyLone =
    traceCount >= MIN_TRACES_TO_JUDGE &&
    values.size >= MIN_TRACES_TO_JUDGE &&
    loneValues > LARGEST_SHARE_OF_LONE_VALUES * values.size;
  return isMostlyLone || loneValues > MAX_LONE_VALUES;
}

function share(count: number, of: number): number {
  return of > 0 ? count / of : 0;
}
