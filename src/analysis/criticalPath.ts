import { nanoseconds, NANOS_PER_MILLI, type Nanoseconds } from '../model/time';
import type { Span, Trace } from '../model/trace';
import { runAtOnce, sortSteps, SPANS_PER_STEP, type Steps } from '../model/cooperative';
import { Clocks } from './clock';

/**
 * A child that ends less than this after its parent on the same clock was awaited: stores cut times off, some SDKs round
 * them to a millisecond, and instrumentations end the two spans of one moment in any order.
 */
const MIN_OUTLIVED: Nanoseconds = nanoseconds(NANOS_PER_MILLI);

/** A stretch of time in which one span was on the critical path; times from `Trace.epochUnixNano`, `start < end`. */
export interface CriticalSection {
  readonly span: Span;
  readonly start: Nanoseconds;
  readonly end: Nanoseconds;
}

export interface CriticalPath {
  readonly trace: Trace;
  /** By time, never at the same time; a gap between two is a time for which no span on the path can answer. */
  readonly sections: readonly CriticalSection[];
  /** Of all sections together; at most `trace.duration`, less by the gaps. */
  readonly time: Nanoseconds;
}

/**
 * The sections that decided when the trace ended. Read from its end backwards: the path is with the span that ended
 * last; from there it goes to the child that ended last before, and from the start of that child it is with the parent
 * again, until nothing is left before.
 *
 *     root  [----------------------)
 *     a        [----)                    ended when b began: root could only then call b
 *     b             [---------)
 *     c                [---)             b went on after it: c decided nothing
 *     path  rrraaaaabbbbbbbbbbrrrrr
 *
 * - A child that outlives its parent on the same clock was not awaited by it. On another clock it counts up to the
 *   parent's end, and one that starts before its parent from the parent's start on: that is a clock that runs
 *   differently more often than not. Only the span that ended last of all, and the spans above it, are taken as they
 *   are: that one decided the end, whoever had ended before.
 * - A producer does not wait for its consumers, so these count only where they, or what they called, ended last of all.
 * - Between a parent's end and a child that begins later (a queue) nobody is known to work: a gap.
 * - Several roots stand side by side: before a root began, the path is with the root that was running then, else with
 *   the one that had ended last.
 *
 * Every span is visited once and its children sorted once: `n log n`, without recursion.
 */
export function computeCriticalPath(trace: Trace): CriticalPath {
  return runAtOnce(criticalPathSteps(trace));
}

/** `computeCriticalPath` in steps. */
export function* criticalPathSteps(trace: Trace): Steps<CriticalPath> {
  const sections: CriticalSection[] = [];
  const time = yield* walkCriticalPathSteps(trace, (span, start, end) => {
    sections.push({ span, start: nanoseconds(start), end: nanoseconds(end) });
  });
  return { trace, sections: sections.reverse(), time: nanoseconds(time) };
}

/**
 * Hands over the sections of the path, latest first, and answers the time of all of them: for those who need no list of
 * them, which in a trace of 100,000 spans has as many objects.
 */
export function* walkCriticalPathSteps(
  trace: Trace,
  take: (span: Span, start: number, end: number) => void
): Steps<number> {
  const walk = new Walk(trace, take);
  while (walk.goOn(SPANS_PER_STEP)) {
    if (walk.unsorted !== undefined) {
      const sorted = yield* sortSteps(walk.unsorted.awaited, compareEnds);
      walk.unsorted.visit.byEnd = sorted;
      walk.unsorted = undefined;
    }
    yield;
  }
  return walk.covered;
}

class Walk {
  covered = 0;
  /** Too many children to sort in one step: to be done by the caller, before the walk goes on. */
  unsorted: { readonly visit: Visit; readonly awaited: readonly Span[] } | undefined = undefined;
  private readonly clocks = new Clocks();
  private readonly visits: Visit[];
  private time: number;

  constructor(
    trace: Trace,
    private readonly take: (span: Span, start: number, end: number) => void
  ) {
    const last = findLastSpan(trace);
    this.visits = last === undefined ? [] : visitsDownTo(last, trace.roots);
    this.time = last === undefined ? 0 : endOf(last);
  }

  /** So many turns more; false when nothing is left before. */
  goOn(turns: number): boolean {
    const { visits } = this;
    for (let turn = 0; turn < turns && visits.length > 0; turn++) {
      const visit = visits[visits.length - 1];
      visit.byEnd ??= this.sort(visit);
      if (visit.byEnd === undefined) {
        return true;
      }
      this.time = Math.min(this.time, visit.until);
      const child = takeAwaited(visit, visit.byEnd, this.time);
      const reached = child === undefined ? visit.from : Math.max(visit.from, Math.min(endOf(child), this.time));
      this.cover(visit.span, reached);
      if (child === undefined || reached <= visit.from) {
        visits.pop();
      } else if (child.children.length === 0) {
        // What a visit to it would come to.
        this.cover(child, Math.max(visit.from, child.start));
      } else {
        visits.push(visitOf(child, visit.from, this.time));
      }
    }
    return visits.length > 0;
  }

  /** The path was with the span from `start` until now. */
  private cover(span: Span | undefined, start: number): void {
    if (start >= this.time) {
      return;
    }
    if (span !== undefined) {
      this.take(span, start, this.time);
      this.covered += this.time - start;
    }
    this.time = start;
  }

  private sort(visit: Visit): readonly Span[] | undefined {
    const awaited = awaitable(visit, this.clocks);
    if (areByEnd(awaited)) {
      return awaited.reverse();
    }
    if (awaited.length > SPANS_PER_STEP) {
      this.unsorted = { visit, awaited };
      return undefined;
    }
    return awaited.sort(compareEnds);
  }
}

/** A span while the path is with it or with a child of it. */
interface Visit {
  /** Undefined for what stands above the roots. */
  readonly span: Span | undefined;
  /** The stretch of the span that counts. */
  readonly from: number;
  readonly until: number;
  readonly children: readonly Span[];
  /** `children`, latest end first; sorted when first needed. */
  byEnd: readonly Span[] | undefined;
  /** All before this index of `byEnd` are done with. */
  next: number;
}

function visitOf(span: Span, from: number, until: number): Visit {
  return { span, from: Math.max(from, span.start), until, children: span.children, byEnd: undefined, next: 0 };
}

/** The visits that are open at the end of the trace: what stands above the roots, a root, … and the span itself. */
function visitsDownTo(span: Span, roots: readonly Span[]): Visit[] {
  const line: Span[] = [];
  for (let above: Span | undefined = span; above !== undefined; above = above.parent) {
    line.push(above);
  }
  const aboveRoots = { span: undefined, from: -Infinity, until: Infinity, children: roots, byEnd: undefined, next: 0 };
  const visits: Visit[] = [aboveRoots];
  for (let index = line.length - 1; index >= 0; index--) {
    visits.push(visitOf(line[index], visits[visits.length - 1].from, endOf(line[index])));
  }
  return visits;
}

/** The one highest up, then the first, of those that end at the same time. */
function findLastSpan(trace: Trace): Span | undefined {
  let last: Span | undefined;
  for (const span of trace.spans) {
    const later = last === undefined ? 1 : endOf(span) - endOf(last);
    if (later > 0 || (later === 0 && last !== undefined && span.depth < last.depth)) {
      last = span;
    }
  }
  return last;
}

/**
 * The child that the path goes to from `time` backwards: it ended last, at `time` or before; of several the one that
 * began first, and of these the longest. Those that are passed by can never be it later, as `time` only sinks.
 */
function takeAwaited(visit: Visit, byEnd: readonly Span[], time: number): Span | undefined {
  // Still running when the span itself ended: they count up to there. Roots have no parent to answer for the time.
  const canBeRunning = time === visit.until || visit.span === undefined;
  if (!canBeRunning) {
    while (visit.next < byEnd.length && endOf(byEnd[visit.next]) > time) {
      visit.next++;
    }
  }
  let ended = time;
  while (visit.next < byEnd.length) {
    let first: Span | undefined;
    for (; visit.next < byEnd.length && endOf(byEnd[visit.next]) >= ended; visit.next++) {
      const child = byEnd[visit.next];
      first = first === undefined || child.start < first.start ? child : first;
    }
    if (first !== undefined && first.start < ended) {
      return first;
    }
    ended = visit.next < byEnd.length ? endOf(byEnd[visit.next]) : ended;
  }
  return undefined;
}

/**
 * Nobody who sends a message waits for those who take it, nor for what goes on after its own end; both are on the path
 * only where they decide the end of the trace. Answers a list of the caller's own.
 */
function awaitable({ span, children }: Visit, clocks: Clocks): Span[] {
  if (span === undefined) {
    return [...children];
  }
  const lastEnd = endOf(span) + MIN_OUTLIVED;
  return children.filter(
    (child) =>
      !(span.kind === 'producer' && child.kind === 'consumer') &&
      !(endOf(child) >= lastEnd && clocks.areSame(child.resource, span.resource))
  );
}

/** Latest first. */
function compareEnds(a: Span, b: Span): number {
  return endOf(b) - endOf(a);
}

/** Calls made one after the other, as those of most loops, need no sorting; equal ends keep their order. */
function areByEnd(spans: readonly Span[]): boolean {
  for (let i = 1; i < spans.length; i++) {
    if (endOf(spans[i - 1]) >= endOf(spans[i])) {
      return false;
    }
  }
  return true;
}

function endOf(span: Span): number {
  return span.start + span.duration;
}
