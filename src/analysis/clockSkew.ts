import { Attributes } from '../model/attributes';
import { nanoseconds, NANOS_PER_MILLI, type Nanoseconds } from '../model/time';
import type { Resource, Span, Trace } from '../model/trace';
import { Clocks, type Clock } from './clock';
import { runAtOnce, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { formatDuration } from './numberText';
import { CLOCK_SHIFT, ORIGINAL_START } from './ownAttributes';
import { preorderSteps } from './preorder';
import { draftOf, rebuildTraceSteps, shiftEvents, type SpanDraft } from './rebuildTrace';

/**
 * Disagreements below this are left alone: clocks in one data centre agree to about a millisecond, and some SDKs (browsers
 * first of all) round the start of a span to one.
 */
export const MIN_SKEW: Nanoseconds = nanoseconds(NANOS_PER_MILLI);

/** A call to another clock that cannot have happened at the times it tells. */
export interface ClockSkew {
  /** The span that is called; `parent` is its caller. */
  readonly span: Span;
  readonly parent: Span;
  /** Of `span`. */
  readonly clock: Clock;
  readonly parentClock: Clock;
  /** What must be added to the times of `span` so that it fits its parent; negative is earlier. Never 0. */
  readonly shift: Nanoseconds;
  /** How many spans move along: `span` itself and what is below it on the same clock. */
  readonly spanCount: number;
}

export interface SkewCorrection {
  /** The trace itself when there is nothing to correct. */
  readonly trace: Trace;
  /** Depth first. */
  readonly corrections: readonly ClockSkew[];
}

/**
 * Calls from one clock to another that begin before they were made, or after they were answered:
 *
 *     client  [20-----40]             client  [20-----40]
 *     server  [10-20]          ──▶    server    [25-35]        + 15 ms
 *     db       [12-14]                db          [27-29]      same host: moves along
 *
 * - A child that begins before its parent: nobody answers a call that was not made yet.
 * - A server's span that begins when its client was done, and not with an error: the answer cannot come before the
 *   question. A client that gave up is another matter.
 *
 * Everything else outside the parent is left alone. A child that ends after its parent is how asynchronous work looks.
 */
export function detectClockSkew(trace: Trace): readonly ClockSkew[] {
  return runAtOnce(detectClockSkewSteps(trace));
}

/** `detectClockSkew` in steps. */
export function* detectClockSkewSteps(trace: Trace): Steps<readonly ClockSkew[]> {
  return (yield* clockShiftSteps(trace)).skews;
}

/**
 * The trace with such calls moved into their parents: the child is put in the middle of its parent, so that the way
 * there and the way back take equally long, or to its start when it took longer than the parent. Descendants on the
 * child's clock move along; those on another are judged anew, against the moved parent. Every moved span says so in a
 * warning and keeps its first start as an attribute (`ORIGINAL_START`). Durations, and the times within a span, stay.
 * Correcting twice changes nothing more.
 */
export function correctClockSkew(trace: Trace): SkewCorrection {
  return runAtOnce(correctClockSkewSteps(trace));
}

/** `correctClockSkew` in steps. */
export function* correctClockSkewSteps(trace: Trace): Steps<SkewCorrection> {
  const { skews, shifts, causes, parents } = yield* clockShiftSteps(trace);
  if (skews.length === 0) {
    return { trace, corrections: [] };
  }
  const drafts: SpanDraft[] = [];
  for (let i = 0; i < trace.spans.length; i++) {
    const draft = draftOf(trace.spans[i]);
    draft.parent = parents[i] === -1 ? undefined : drafts[parents[i]];
    if (shifts[i] !== 0) {
      move(draft, shifts[i], skews[causes[i]], trace.epochUnixNano);
    }
    drafts.push(draft);
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return { trace: yield* rebuildTraceSteps(trace, drafts), corrections: skews };
}

interface ClockShifts {
  readonly skews: readonly ClockSkew[];
  /** By index of the span: how far it moves, in nanoseconds. */
  readonly shifts: Float64Array;
  /** By index of the span: which of `skews` moves it. */
  readonly causes: Int32Array;
  readonly parents: Int32Array;
}

function* clockShiftSteps(trace: Trace): Steps<ClockShifts> {
  const { spans, parents } = yield* preorderSteps(trace);
  const clocks = new Clocks();
  const shifts = new Float64Array(spans.length);
  const causes = new Int32Array(spans.length).fill(-1);
  const skews: Array<{ -readonly [Key in keyof ClockSkew]: ClockSkew[Key] }> = [];
  // Depth first: a parent has moved before its children are looked at.
  for (let i = 0; i < spans.length; i++) {
    const span = spans[i];
    const parent = parents[i] === -1 ? undefined : spans[parents[i]];
    if (parent !== undefined && clocks.areSame(span.resource, parent.resource)) {
      shifts[i] = shifts[parents[i]];
      causes[i] = causes[parents[i]];
      if (causes[i] !== -1) {
        skews[causes[i]].spanCount++;
      }
    } else if (parent !== undefined) {
      const shift = shiftInto(parent, parent.start + shifts[parents[i]], span);
      if (shift !== 0) {
        shifts[i] = shift;
        causes[i] = skews.length;
        skews.push(skewOf(span, parent, shift, clocks));
      }
    }
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return { skews, shifts, causes, parents };
}

function skewOf(span: Span, parent: Span, shift: number, clocks: Clocks): ClockSkew {
  const clockOf = (resource: Resource): Clock => clocks.of(resource);
  return {
    span,
    parent,
    clock: clockOf(span.resource),
    parentClock: clockOf(parent.resource),
    shift: nanoseconds(shift),
    spanCount: 1,
  };
}

/** 0 when the child may have happened when it says. */
function shiftInto(parent: Span, parentStart: number, child: Span): number {
  const isBeforeCall = parentStart - child.start >= MIN_SKEW;
  const isAfterAnswer =
    parent.kind === 'client' &&
    child.kind === 'server' &&
    parent.status.code !== 'error' &&
    parent.duration > 0 &&
    child.start - (parentStart + parent.duration) >= MIN_SKEW;
  if (!isBeforeCall && !isAfterAnswer) {
    return 0;
  }
  const slack = Math.max(0, parent.duration - child.duration);
  return parentStart + Math.floor(slack / 2) - child.start;
}

function move(draft: SpanDraft, shift: number, skew: ClockSkew, epochUnixNano: bigint): void {
  const original = epochUnixNano + BigInt(draft.start);
  draft.start = nanoseconds(draft.start + shift);
  draft.events = shiftEvents(draft.events, shift);
  draft.attributes = Attributes.from([
    ...draft.attributes.entries,
    { key: ORIGINAL_START, value: original },
    { key: CLOCK_SHIFT, value: shift },
  ]);
  draft.warnings = [...draft.warnings, moveWarning(shift, skew)];
}

function moveWarning(shift: number, { clock, parentClock }: ClockSkew): string {
  const [by, direction] = [formatDuration(Math.abs(shift)), shift > 0 ? 'later' : 'earlier'];
  return (
    `Clock skew: the start is shown ${by} ${direction} than ${nameOf(clock)} told, because its clock disagrees with that ` +
    `of ${nameOf(parentClock)}. The original start is the attribute ${ORIGINAL_START}.`
  );
}

function nameOf({ serviceName, host }: Clock): string {
  return host === undefined ? serviceName : `${serviceName} on ${host}`;
}
