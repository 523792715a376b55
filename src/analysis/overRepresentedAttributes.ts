import type { Attributes, AttributeValue } from '../model/attributes';
import type { Resource, Trace } from '../model/trace';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import type { Sides } from './compareTraces';
import { valueIdentity } from './groupKey';

/** A key with more different values is taken for an identifier. */
export const MAX_VALUES_PER_KEY = 50;

/** From so many traces on, a key most of whose values occur in one trace only is taken for an identifier. */
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
  /** Keys that look like identifiers, whose values say nothing about a set. */
  readonly skippedKeys: readonly string[];
  /** Keys beyond `MAX_KEYS` were not looked at. */
  readonly isCut: boolean;
}

/**
 * Which attribute values occur in more traces of one side than of the other. Traces are counted, not spans: the spans
 * of one trace repeat each other. The difference of two shares says how typical a value is for a side; whether it may
 * be chance is for the reader to judge from the counts (8 of 10 against 1 of 10 is a finding, 1 of 1 against 0 of 1
 * hardly is).
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

  const skippedKeys: string[] = [];
  const found: OverRepresentedValue[] = [];
  const traceCount = { left: left.length, right: right.length };
  for (const [key, counts] of counter.countsByKey) {
    if (isIdentifier(counts)) {
      skippedKeys.push(key);
      continue;
    }
    for (const { value, traces } of counts.values.values()) {
      const difference = share(traces.right, traceCount.right) - share(traces.left, traceCount.left);
      if (difference !== 0) {
        found.push({ key, value, traces: { ...traces }, difference });
      }
    }
  }
  found.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  return {
    values: found.slice(0, MAX_OVER_REPRESENTED),
    traceCount,
    omittedValues: Math.max(0, found.length - MAX_OVER_REPRESENTED),
    skippedKeys,
    isCut: counter.isCut,
  };
}

interface ValueCount {
  readonly value: AttributeValue;
  readonly traces: { left: number; right: number };
  /** The turn of the trace that was counted last: a trace counts once, however many of its spans have the value. */
  lastTurn: number;
}

interface KeyCounts {
  readonly values: Map<string, ValueCount>;
  traceCount: number;
  lastTurn: number;
  hasTooManyValues: boolean;
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
      if (counts === undefined || counts.hasTooManyValues) {
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
      counts = { values: new Map(), traceCount: 0, lastTurn: 0, hasTooManyValues: false };
      this.countsByKey.set(key, counts);
    }
    return counts;
  }
}

function addValue(counts: KeyCounts, value: AttributeValue, turn: number, side: keyof Sides<number>): void {
  const identity = valueIdentity(value);
  const count = counts.values.get(identity);
  if (count === undefined) {
    if (counts.values.size >= MAX_VALUES_PER_KEY) {
      counts.hasTooManyValues = true;
      counts.values.clear();
      return;
    }
    const traces = { left: 0, right: 0 };
    traces[side] = 1;
    counts.values.set(identity, { value, traces, lastTurn: turn });
  } else if (count.lastTurn !== turn) {
    count.lastTurn = turn;
    count.traces[side]++;
  }
}

function isIdentifier({ hasTooManyValues, values, traceCount }: KeyCounts): boolean {
  if (hasTooManyValues || traceCount < MIN_TRACES_TO_JUDGE) {
    return hasTooManyValues;
  }
  let loneValues = 0;
  for (const { traces } of values.values()) {
    loneValues += traces.left + traces.right === 1 ? 1 : 0;
  }
  // A lone value among few is no identifier: the version that only the one bad trace has.
  return values.size >= MIN_TRACES_TO_JUDGE && loneValues > LARGEST_SHARE_OF_LONE_VALUES * values.size;
}

function share(count: number, of: number): number {
  return of > 0 ? count / of : 0;
}
