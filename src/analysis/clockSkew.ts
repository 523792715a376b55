import { Attributes } from '../model/attributes';
import { nanoseconds, NANOS_PER_MILLI, type Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { Clocks, type Clock } from './clock';
import { rangeSteps, runAtOnce, sliceSteps, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { formatDuration } from './numberText';
import { CLOCK_SHIFT, ORIGINAL_START } from './ownAttributes';
import { preorderSteps, type Preorder } from './preorder';
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
  /**
   * How many spans this moves: `span` itself and what is below it on the same clock. Other calls of that clock from
   * `parent` that move along though they are not skewed are counted with the first that is.
   */
  readonly spanCount: number;
}

export interface SkewCorrection {
  /** The trace itself when there is nothing to correct. */
  readonly trace: Trace;
  /** Depth first by caller; the calls of one caller clock by clock. */
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
 * The trace with such calls moved into their parents. All calls from one parent to one clock get one shift, also those
 * that may have happened when they say: a clock that is wrong for one of them is wrong for all, and their order and the
 * gaps between them are what it does tell. From the first start to the last end they are put into the middle of the
 * parent, so that the way there and the way back take equally long, or to its start when they take longer:
 *
 *     client  [40----------100]         client  [40----------100]
 *     server  [0-10]             ──▶    server    [50-60]             both + 50 ms
 *     server    [20-40]                 server          [70-90]
 *
 * One shift does not fit where, from the start of the parent on, a call would still begin after it was answered, or
 * one that lay within the parent would no longer. More than a clock is wrong then (a start that was given by hand, say), so
 * only the calls that are skewed move, each into the middle by itself. Their order may change; the others stay right.
 *
 * Descendants on the child's clock move along; those on another are judged anew, against the moved parent. Every moved
 * span says so in a warning and keeps its first start as an attribute (`ORIGINAL_START`). Durations, and the times
 * within a span, stay. Correcting twice changes nothing more.
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
  yield* rangeSteps(trace.spans.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const draft = draftOf(trace.spans[i]);
      draft.parent = parents[i] === -1 ? undefined : drafts[parents[i]];
      if (shifts[i] !== 0) {
        move(draft, shifts[i], skews[causes[i]], trace.epochUnixNano);
      }
      drafts.push(draft);
    }
  });
  return { trace: yield* rebuildTraceSteps(trace, drafts), corrections: skews };
}

interface ClockShifts {
  readonly skews: readonly ClockSkew[];
  /** By index of the span: how far it moves, in nanoseconds. */
  readonly shifts: Float64Array;
  /** By index of the span: which of `skews` moves it; −1 for those that stay. */
  readonly causes: Int32Array;
  readonly parents: Int32Array;
}

function* clockShiftSteps(trace: Trace): Steps<ClockShifts> {
  const found = new FoundShifts(yield* preorderSteps(trace));
  const { length } = trace.spans;
  // Depth first: a parent has moved before its calls are looked at.
  for (let from = 0; from < length; from += SPANS_PER_STEP) {
    const to = Math.min(from + SPANS_PER_STEP, length);
    for (let caller = found.passSound(from, to); caller < to; caller = found.passSound(caller + 1, to)) {
      yield* found.moveCallsSteps(caller);
    }
    yield;
  }
  yield* found.countMovedSteps();
  return found;
}

/** The calls of one clock from one parent that is on another. */
interface CallsOfClock {
  /** Indexes of spans. */
  readonly calls: number[];
  isSkewed: boolean;
  /** Of the first and of the last of them. */
  start: number;
  end: number;
}

/** The shifts of a trace while they are being found, from its roots downwards. */
class FoundShifts implements ClockShifts {
  readonly skews: Array<{ -readonly [Key in keyof ClockSkew]: ClockSkew[Key] }> = [];
  readonly shifts: Float64Array;
  readonly causes: Int32Array;
  readonly parents: Int32Array;
  private readonly spans: readonly Span[];
  private readonly clocks = new Clocks();

  constructor({ spans, parents }: Preorder) {
    this.spans = spans;
    this.parents = parents;
    this.shifts = new Float64Array(spans.length);
    this.causes = new Int32Array(spans.length).fill(-1);
  }

  /**
   * Lets spans move with a parent on the same clock, from the index `from` on up to the first span whose calls have to be
   * looked at more closely; `to` when there is none before it.
   */
  passSound(from: number, to: number): number {
    for (let i = from; i < to; i++) {
      const parent = this.parents[i];
      if (parent !== -1 && this.clocks.areSame(this.spans[i].resource, this.spans[parent].resource)) {
        this.shifts[i] = this.shifts[parent];
        this.causes[i] = this.causes[parent];
      }
      const { children } = this.spans[i];
      // Where there are many calls, even looking for one that is skewed takes steps.
      if (children.length > SPANS_PER_STEP || this.isSkewedForSome(i, children)) {
        return i;
      }
    }
    return to;
  }

  /** Of every clock that is wrong for one of them. */
  *moveCallsSteps(caller: number): Steps<void> {
    let isSkewed = false;
    yield* sliceSteps(this.spans[caller].children, (slice) => {
      isSkewed ||= this.isSkewedForSome(caller, slice);
    });
    const clocks = isSkewed ? yield* this.callsByClockSteps(caller) : [];
    for (let i = 0; i < clocks.length; i++) {
      if (clocks[i].isSkewed) {
        yield* this.moveAlikeSteps(caller, clocks[i]);
      }
      if ((i + 1) % SPANS_PER_STEP === 0) {
        yield;
      }
    }
  }

  /** Once all are found. */
  *countMovedSteps(): Steps<void> {
    yield* rangeSteps(this.spans.length, (from, to) => {
      for (let i = from; i < to; i++) {
        if (this.causes[i] !== -1) {
          this.skews[this.causes[i]].spanCount++;
        }
      }
    });
  }

  private isSkewedForSome(caller: number, calls: readonly Span[]): boolean {
    const parent = this.spans[caller];
    const parentStart = this.startOf(caller);
    // Whose clock it is takes longer to tell, and most calls are possible.
    return calls.some(
      (call) =>
        !isPossible(parent, parentStart, call, call.start) && !this.clocks.areSame(call.resource, parent.resource)
    );
  }

  private *callsByClockSteps(caller: number): Steps<readonly CallsOfClock[]> {
    const byClock = new Map<string, CallsOfClock>();
    const { resource, children } = this.spans[caller];
    yield* sliceSteps(children, (slice) => {
      for (const call of slice) {
        if (!this.clocks.areSame(call.resource, resource)) {
          this.addCall(byClock, caller, call.position);
        }
      }
    });
    return [...byClock.values()];
  }

  private addCall(byClock: Map<string, CallsOfClock>, caller: number, call: number): void {
    const { identity } = this.clocks.of(this.spans[call].resource);
    let found = byClock.get(identity);
    if (found === undefined) {
      found = { calls: [], isSkewed: false, start: Infinity, end: -Infinity };
      byClock.set(identity, found);
    }
    const { start, duration } = this.spans[call];
    found.calls.push(call);
    found.isSkewed ||= !isPossible(this.spans[caller], this.startOf(caller), this.spans[call], start);
    found.start = Math.min(found.start, start);
    found.end = Math.max(found.end, start + duration);
  }

  /** With one shift for all of them where one fits. */
  private *moveAlikeSteps(caller: number, alike: CallsOfClock): Steps<void> {
    const shift = intoMiddle(this.spans[caller], this.startOf(caller), alike.start, alike.end - alike.start);
    const isShared = yield* this.fitsSteps(caller, alike, shift);
    const firstCause = this.skews.length;
    yield* sliceSteps(alike.calls, (slice) => {
      for (const call of slice) {
        const isSkewed = !isPossible(
          this.spans[caller],
          this.startOf(caller),
          this.spans[call],
          this.spans[call].start
        );
        if (isSkewed) {
          this.moveSkewed(caller, call, isShared ? shift : undefined);
        } else if (isShared) {
          this.shifts[call] = shift;
          this.causes[call] = firstCause;
        }
      }
    });
  }

  private *fitsSteps(caller: number, { calls, start, end }: CallsOfClock, shift: number): Steps<boolean> {
    const parent = this.spans[caller];
    let fits = true;
    if (end - start > parent.duration) {
      yield* sliceSteps(calls, (slice) => {
        fits &&= slice.every((call) => staysSound(parent, this.startOf(caller), this.spans[call], shift));
      });
    }
    return fits;
  }

  private moveSkewed(caller: number, call: number, sharedShift: number | undefined): void {
    const [parent, span] = [this.spans[caller], this.spans[call]];
    const shift = sharedShift ?? intoMiddle(parent, this.startOf(caller), span.start, span.duration);
    this.shifts[call] = shift;
    this.causes[call] = this.skews.length;
    this.skews.push({
      span,
      parent,
      clock: this.clocks.of(span.resource),
      parentClock: this.clocks.of(parent.resource),
      shift: nanoseconds(shift),
      spanCount: 0,
    });
  }

  /** Where it was moved to. */
  private startOf(caller: number): number {
    return this.spans[caller].start + this.shifts[caller];
  }
}

/** Whether the call may have happened if it began at `start`. */
function isPossible(parent: Span, parentStart: number, call: Span, start: number): boolean {
  const isBeforeCall = parentStart - start >= MIN_SKEW;
  const isAfterAnswer =
    parent.kind === 'client' &&
    call.kind === 'server' &&
    parent.status.code !== 'error' &&
    parent.duration > 0 &&
    start - (parentStart + parent.duration) >= MIN_SKEW;
  return !isBeforeCall && !isAfterAnswer;
}

/** Whether the call is possible with that shift, and still within its parent if it was. */
function staysSound(parent: Span, parentStart: number, call: Span, shift: number): boolean {
  const [parentEnd, end] = [parentStart + parent.duration, call.start + call.duration];
  const isPushedOut = call.start >= parentStart && end <= parentEnd && end + shift > parentEnd;
  return !isPushedOut && isPossible(parent, parentStart, call, call.start + shift);
}

/** The shift that puts a stretch of time into the middle of the parent, or to its start when it is longer. */
function intoMiddle(parent: Span, parentStart: number, start: number, duration: number): number {
  return parentStart + Math.floor(Math.max(0, parent.duration - duration) / 2) - start;
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
