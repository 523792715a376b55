import { sliceSteps, SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import { EXCEPTION_EVENT } from '../../model/semconv';
import type { Span, Trace } from '../../model/trace';
import { traceTimeOnPathSteps } from '../criticalPathSummary';
import { countOf } from '../numberText';
import type { CallNumbers } from './callIdentity';
import type { Known } from './finder';
import { MAX_SPAN_IDS, weightiest, type Insight } from './insight';
import { endOf } from './sequence';
import { nameSpan, shorten } from './spanText';

const EXCEPTION_MESSAGE = 'exception.message';
const MAX_MESSAGE = 160;

/** Failed spans of one root, below which nothing failed. */
interface Failure {
  readonly root: Span;
  /** Never empty. */
  readonly origins: readonly Span[];
}

/**
 * Where the failure of a root began: from it downwards along failed spans to those below which nothing failed.
 *
 *     shop   GET /cart   !            shop: GET /cart failed …
 *     cart     load      !
 *     db         SELECT  ! "deadlock"   ← … where it began
 *     mail     notify                 not failed
 *
 * A call that failed and was made again with success explains nothing, unless there is no other. A root without failed
 * spans below is its own origin, which its status already says. Where no root failed, the failures begin at the topmost
 * failed spans, those aside that were made again with success.
 *
 * Of several origins the one is named that has the most of the critical path, with what is below it: that one kept the
 * trace waiting. Of equals it is the deepest, and of these the first.
 */
export function* findErrorOriginSteps(trace: Trace, known: Known): Steps<readonly Insight[]> {
  const failures = yield* failuresSteps(trace, known.numbers);
  const origins = failures.flatMap((failure) => failure.origins);
  // A path is only worth its time where there is a choice.
  const times = origins.length > 1 ? yield* timesWithinSteps(trace, origins, known) : undefined;
  const timeOf = (span: Span) => times?.[span.position] ?? 0;
  const heavier = (a: Span, b: Span) => ((timeOf(b) - timeOf(a) || b.depth - a.depth) > 0 ? b : a);
  const named = failures.map((failure) => ({ ...failure, first: failure.origins.reduce(heavier) }));
  return weightiest(
    named.sort((a, b) => timeOf(b.first) - timeOf(a.first)),
    insightOf
  );
}

function* failuresSteps({ spans, roots }: Trace, numbers: CallNumbers): Steps<Failure[]> {
  if (!spans.some(isFailed)) {
    return [];
  }
  const failures: Failure[] = [];
  const failedRoots = roots.filter(isFailed);
  const tops = failedRoots.length > 0 ? failedRoots : roots;
  for (let i = 0; i < tops.length; i++) {
    const root = tops[i];
    const origins = yield* originsSteps(isFailed(root) ? [root] : yield* topmostFailedSteps(root, numbers), numbers);
    if (origins.length > 0 && origins[0] !== root) {
      failures.push({ root, origins });
    }
    if ((i + 1) % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return failures;
}

/** From failed spans downwards, to those below which nothing failed. */
function* originsSteps(failed: readonly Span[], numbers: CallNumbers): Steps<readonly Span[]> {
  const origins: Span[] = [];
  const open = [...failed].reverse();
  let turns = 0;
  for (let span = popPastLeaves(open, origins); span !== undefined; span = popPastLeaves(open, origins)) {
    const causes = yield* causesSteps(span, numbers);
    if (causes.length === 0) {
      origins.push(span);
    }
    pushReversed(open, causes);
    if (++turns % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return origins;
}

/** The next that has children. Those before it, below which nothing can have failed, are origins. */
function popPastLeaves(open: Span[], origins: Span[]): Span | undefined {
  let span = open.pop();
  for (; span !== undefined && span.children.length === 0; span = open.pop()) {
    origins.push(span);
  }
  return span;
}

/** The failed spans below one that did not fail, without those below them. */
function* topmostFailedSteps(root: Span, numbers: CallNumbers): Steps<readonly Span[]> {
  const topmost: Span[] = [];
  const open = [root];
  let turns = 0;
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    if (pushSoundCallers(open, span.children)) {
      for (const failed of yield* lastingSteps(span, span.children.filter(isFailed), numbers)) {
        topmost.push(failed);
      }
    }
    if (++turns % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return topmost;
}

/** Of `children`, those that did not fail and have children themselves, as `pushReversed`. Whether any has failed. */
function pushSoundCallers(open: Span[], children: readonly Span[]): boolean {
  let hasFailed = false;
  for (let i = children.length - 1; i >= 0; i--) {
    if (isFailed(children[i])) {
      hasFailed = true;
    } else if (children[i].children.length > 0) {
      open.push(children[i]);
    }
  }
  return hasFailed;
}

/** For `open.pop()` to come to the first of them first. */
function pushReversed(open: Span[], spans: readonly Span[]): void {
  for (let i = spans.length - 1; i >= 0; i--) {
    open.push(spans[i]);
  }
}

/** The failed spans right below; a server that answered a failed call without calling it one is looked through. */
function* causesSteps(span: Span, numbers: CallNumbers): Steps<readonly Span[]> {
  const failed = span.children.filter(isFailed);
  if (failed.length === 0) {
    return span.kind === 'client'
      ? span.children.filter(({ kind, status }) => kind === 'server' && status.code === 'unset').flatMap(failedChildren)
      : [];
  }
  const lasting = yield* lastingSteps(span, failed, numbers);
  return lasting.length === 0 ? failed : lasting;
}

function failedChildren({ children }: Span): readonly Span[] {
  return children.filter(isFailed);
}

/** Those of `failed`, the failed calls of `parent` (some), that it did not make again later with success. */
function* lastingSteps(parent: Span, failed: readonly Span[], numbers: CallNumbers): Steps<readonly Span[]> {
  if (failed.length === parent.children.length) {
    return failed;
  }
  const { children } = parent;
  const { byCall, count } = yield* numbers.questionsBelowSteps(parent);
  const lastSuccess = new Float64Array(count).fill(-Infinity);
  let hasSuccess = false;
  for (let i = 0; i < children.length; i++) {
    if (byCall[i] !== -1 && !isFailed(children[i])) {
      lastSuccess[byCall[i]] = children[i].start;
      hasSuccess = true;
    }
  }
  return hasSuccess ? children.filter((call, i) => isFailed(call) && lastSuccess[byCall[i]] < endOf(call)) : failed;
}

/** Time on the critical path of each origin and what is below it, by position of the origin. */
function* timesWithinSteps(trace: Trace, origins: readonly Span[], known: Known): Steps<Float64Array> {
  const timeOnPath = known.timeOnPath ?? (yield* traceTimeOnPathSteps(trace));
  const { spans } = trace;
  const times = new Float64Array(spans.length);
  yield* sliceSteps(origins, (slice) => {
    for (const { position, depth } of slice) {
      // Spans come depth first: what is below an origin follows it, deeper. No origin is below another.
      let time = timeOnPath[position];
      for (let below = position + 1; below < spans.length && spans[below].depth > depth; below++) {
        time += timeOnPath[below];
      }
      times[position] = time;
    }
  });
  return times;
}

function insightOf({ root, origins, first }: Failure & { readonly first: Span }): Insight {
  const message = messageOf(first);
  const told = message === undefined ? '' : ` (“${shorten(message, MAX_MESSAGE)}”)`;
  const levels = `${countOf(first.depth - root.depth, 'level')} below`;
  const others = origins.length - 1;
  const more = others === 0 ? '' : ` ${countOf(others, 'other span')} failed on ${others === 1 ? 'its' : 'their'} own.`;
  const text = isFailed(root)
    ? `${nameSpan(root)} failed; the failure begins in ${nameSpan(first)}, ${levels}${told}.`
    : `${nameSpan(first)} failed, ${levels} ${nameSpan(root)}, which did not fail${told}.`;
  const shown = [first, ...origins.filter((span) => span !== first).slice(0, MAX_SPAN_IDS - 1)];
  return {
    kind: 'error-origin',
    text: `${text}${more}`,
    spanIds: shown.map(({ spanId }) => spanId),
    severity: isFailed(root) ? 'warning' : 'info',
  };
}

function messageOf({ status, events }: Span): string | undefined {
  const exception = events.find(({ name }) => name === EXCEPTION_EVENT);
  return status.message || exception?.attributes.getString(EXCEPTION_MESSAGE) || undefined;
}

function isFailed({ status }: Span): boolean {
  return status.code === 'error';
}
