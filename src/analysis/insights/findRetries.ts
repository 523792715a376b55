import { nanoseconds } from '../../model/time';
import type { Span, Trace } from '../../model/trace';
import { sliceSteps, sortSteps, SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import { countOf, formatCount, formatDuration } from '../numberText';
import type { CallNumbers } from './callIdentity';
import type { Known } from './finder';
import { MAX_SPAN_IDS, weightiest, type Insight } from './insight';
import { endOf, inSequence } from './sequence';
import { nameSpan } from './spanText';

/** The second attempt is the first retry. */
export const MIN_ATTEMPTS = 2;

interface Attempts {
  readonly parent: Span;
  readonly attempts: readonly Span[];
  readonly failures: number;
  /** Nanoseconds from the first attempt to the start of the last one: what the retries cost. */
  readonly lost: number;
}

/** A call that failed and was made again, to the same target, asking the same as far as the spans tell. */
export function* findRetriesSteps({ spans }: Trace, { numbers }: Known): Steps<readonly Insight[]> {
  const found: Attempts[] = [];
  for (let i = 0; i < spans.length; i++) {
    const { children } = spans[i];
    if (children.length >= MIN_ATTEMPTS && children.some(isFailed)) {
      yield* attemptsBelow(spans[i], numbers, found);
    }
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  return weightiest(yield* sortSteps(found, (a, b) => b.lost - a.lost), insightOf);
}

/** Adds to `found`. Only what a failed call asked can have been asked again. */
function* attemptsBelow(parent: Span, numbers: CallNumbers, found: Attempts[]): Steps<void> {
  const { children } = parent;
  const { byCall, count } = yield* numbers.questionsBelowSteps(parent);
  const timesAsked = new Int32Array(count);
  for (let i = 0; i < byCall.length; i++) {
    if (byCall[i] !== -1) {
      timesAsked[byCall[i]]++;
    }
  }
  yield;
  const attempts = new Map<number, Span[]>();
  yield* sliceSteps(children, (slice, from) => {
    for (let i = 0; i < slice.length; i++) {
      const question = byCall[from + i];
      if (question !== -1 && timesAsked[question] >= MIN_ATTEMPTS) {
        const calls = attempts.get(question);
        if (calls === undefined) {
          attempts.set(question, [slice[i]]);
        } else {
          calls.push(slice[i]);
        }
      }
    }
  });
  yield* sliceSteps([...attempts.values()], (slice) =>
    found.push(...slice.flatMap((calls) => attemptsOf(parent, calls)))
  );
}

function attemptsOf(parent: Span, calls: readonly Span[]): Attempts[] {
  if (!isFailed(calls[0]) || inSequence(calls).length < calls.length || !looksLikeRetries(calls)) {
    return [];
  }
  const lost = calls[calls.length - 1].start - calls[0].start;
  return [{ parent, attempts: calls, failures: calls.filter(isFailed).length, lost }];
}

/**
 * Begins with a failure, and every success follows one. In a loop over items some calls succeed on their own; there the
 * call after a failed one is the next item.
 */
function looksLikeRetries(attempts: readonly Span[]): boolean {
  return attempts.every((attempt, index) => isFailed(attempt) || (index > 0 && isFailed(attempts[index - 1])));
}

function insightOf({ parent, attempts, failures, lost }: Attempts): Insight {
  const last = attempts[attempts.length - 1];
  const outcome = isFailed(last) ? 'and it never succeeded' : 'and then succeeded';
  const pause = nanoseconds(lost - attempts.slice(0, -1).reduce((sum, span) => sum + span.duration, 0));
  return {
    kind: 'retries',
    text:
      `${nameSpan(parent)} called ${nameSpan(attempts[0])} ${formatCount(attempts.length)} times: ${countOf(failures, 'attempt')} ` +
      `failed, ${outcome}. The last attempt began ${formatDuration(lost)} after the first, ${formatDuration(pause)} of it ` +
      `between the attempts; all ended after ${formatDuration(endOf(last) - attempts[0].start)}.`,
    spanIds: attempts.slice(0, MAX_SPAN_IDS).map(({ spanId }) => spanId),
    severity: 'warning',
  };
}

function isFailed({ status }: Span): boolean {
  return status.code === 'error';
}
