import { nanoseconds } from '../../model/time';
import type { Span, Trace } from '../../model/trace';
import { sliceSteps, sortSteps, SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import { countOf, formatCount, formatDuration } from '../numberText';
import { groupsBySteps, type CallNumbers } from './callIdentity';
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
  const failedOperations = new Set<number>();
  const failedQuestions: number[] = [];
  const timesAsked = new Map<number, number>();
  yield* sliceSteps(parent.children.filter(isFailed), (slice) => {
    for (const call of slice) {
      const question = numbers.ofQuestion(call);
      failedOperations.add(numbers.ofOperation(call));
      failedQuestions.push(question);
      timesAsked.set(question, (timesAsked.get(question) ?? 0) + 1);
    }
  });
  const asked: Array<{ readonly call: Span; readonly question: number }> = [];
  let failed = 0;
  yield* sliceSteps(parent.children, (slice) => {
    for (const call of slice) {
      if (isFailed(call)) {
        asked.push({ call, question: failedQuestions[failed++] });
      } else if (failedOperations.has(numbers.ofOperation(call))) {
        const question = numbers.ofKnownQuestion(call);
        const times = question === undefined ? undefined : timesAsked.get(question);
        if (question !== undefined && times !== undefined) {
          asked.push({ call, question });
          timesAsked.set(question, times + 1);
        }
      }
    }
  });
  const askedAgain = asked.filter(({ question }) => (timesAsked.get(question) ?? 0) >= MIN_ATTEMPTS);
  const groups = yield* groupsBySteps(askedAgain, ({ question }) => question, MIN_ATTEMPTS);
  yield* sliceSteps(groups, (slice) => {
    found.push(
      ...slice.flatMap((attempts) =>
        attemptsOf(
          parent,
          attempts.map(({ call }) => call)
        )
      )
    );
  });
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
