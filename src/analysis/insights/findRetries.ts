import { nanoseconds } from '../../model/time';
import type { Span, Trace } from '../../model/trace';
import { countOf, formatCount, formatDuration } from '../numberText';
import { groupsBy, operation, sameCall } from './callIdentity';
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
export function findRetries(trace: Trace): readonly Insight[] {
  const found: Attempts[] = [];
  for (const parent of trace.spans) {
    if (parent.children.length >= MIN_ATTEMPTS && parent.children.some(isFailed)) {
      found.push(...retriesBelow(parent));
    }
  }
  return weightiest(found.sort((a, b) => b.lost - a.lost).map(insightOf));
}

function retriesBelow(parent: Span): Attempts[] {
  return groupsBy(parent.children, operation, MIN_ATTEMPTS)
    .filter((siblings) => siblings.some(isFailed))
    .flatMap((siblings) => groupsBy(siblings, sameCall, MIN_ATTEMPTS))
    .flatMap((group) => {
      const attempts = inSequence(group);
      if (attempts.length < MIN_ATTEMPTS || attempts.length < group.length || !looksLikeRetries(attempts)) {
        return [];
      }
      const lost = attempts[attempts.length - 1].start - attempts[0].start;
      return [{ parent, attempts, failures: attempts.filter(isFailed).length, lost }];
    });
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
