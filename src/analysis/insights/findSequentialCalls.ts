import { NANOS_PER_MILLI } from '../../model/time';
import { sliceSteps, SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import type { Span, Trace } from '../../model/trace';
import { countOf, formatDuration, formatShare } from '../numberText';
import type { CallNumbers } from './callIdentity';
import type { Known } from './finder';
import { MIN_CALLS as LOOP_CALLS } from './findNPlusOne';
import { MAX_SPAN_IDS, weightiest, type Insight } from './insight';
import { isReadOnlyCall } from './readOnlyCall';
import { endOf, sumOfDurations } from './sequence';
import { nameSpan } from './spanText';

/** Of two calls in a row the second very often needs what the first brought. */
export const MIN_CALLS = 3;
/** A pause this long beside the call before it is work on its result: the next call may need it. */
export const MAX_PAUSE_SHARE = 0.1;
/** Saving less of the whole trace is not worth the trouble of concurrency. */
export const MIN_SAVED_SHARE = 0.1;
/** Below this a thread or a task costs as much as it saves. */
export const MIN_SAVED = NANOS_PER_MILLI;
const NAMES_TOLD = 4;

interface Run {
  readonly parent: Span;
  readonly calls: readonly Span[];
  /** Nanoseconds: all but the longest. */
  readonly saved: number;
}

/**
 * Outgoing calls, one right after the other, that change nothing and so could be made at the same time:
 *
 *     shop   GET /cart   [0---------30]              shop   GET /cart  [0-------12]
 *     shop     GET /user   [0----10]                 shop     GET /user  [0----10]
 *     shop     GET /stock          [10--18]   ──▶    shop     GET /stock [0--8]
 *     shop     GET /price              [18-30]       shop     GET /price [0-----12]
 *
 * Whether one needs the result of another is not in a trace; the text says so.
 */
export function* findSequentialCallsSteps(trace: Trace, { numbers }: Known): Steps<readonly Insight[]> {
  const runs: Run[] = [];
  const { spans, duration } = trace;
  for (let i = 0; i < spans.length; i++) {
    if (canHaveRun(spans[i].children)) {
      for (const calls of yield* runsBelow(spans[i])) {
        const saved = savedBy(calls);
        if (saved >= MIN_SAVED && saved >= duration * MIN_SAVED_SHARE && !(yield* isLoopSteps(calls, numbers))) {
          runs.push({ parent: spans[i], calls, saved });
        }
      }
    }
    if ((i + 1) % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  // A tenth of the trace each and one after the other within a parent: there are not many.
  return weightiest(
    runs.sort((a, b) => b.saved - a.saved),
    (run) => insightOf(run, trace)
  );
}

/** As few have, and to find out costs little. */
function canHaveRun(children: readonly Span[]): boolean {
  let count = 0;
  for (let i = 0; i < children.length && count < MIN_CALLS; i++) {
    count += canBeInRun(children[i]) ? 1 : 0;
  }
  return count >= MIN_CALLS;
}

function canBeInRun({ kind, status }: Span): boolean {
  return kind === 'client' && status.code !== 'error';
}

function* runsBelow(parent: Span): Steps<ReadonlyArray<readonly Span[]>> {
  const runs: Span[][] = [];
  let run: Span[] = [];
  const end = () => {
    if (run.length >= MIN_CALLS) {
      runs.push(run);
      run = [];
    } else {
      run.length = 0;
    }
  };
  yield* sliceSteps(parent.children, (slice) => {
    for (let i = 0; i < slice.length; i++) {
      const call = slice[i];
      // Work of the parent itself goes on beside calls and does not part them.
      if (call.kind === 'internal' || call.kind === 'unspecified') {
        continue;
      }
      const isReading = canBeInRun(call) && isReadOnlyCall(call);
      if (!isReading || (run.length > 0 && !follows(run[run.length - 1], call))) {
        end();
      }
      if (isReading) {
        run.push(call);
      }
    }
  });
  end();
  return runs;
}

function follows(before: Span, call: Span): boolean {
  const pause = call.start - endOf(before);
  return pause >= 0 && pause <= before.duration * MAX_PAUSE_SHARE;
}

/** A finding of its own: one call for all beats many at the same time. */
function* isLoopSteps(calls: readonly Span[], numbers: CallNumbers): Steps<boolean> {
  if (calls.length < LOOP_CALLS) {
    return false;
  }
  const kinds = new Set<number>();
  yield* sliceSteps(calls, (slice) => slice.forEach((call) => kinds.add(numbers.ofKind(call))));
  return kinds.size === 1;
}

function savedBy(calls: readonly Span[]): number {
  return sumOfDurations(calls) - longestOf(calls);
}

function longestOf(calls: readonly Span[]): number {
  return calls.reduce((longest, { duration }) => Math.max(longest, duration), 0);
}

function insightOf({ parent, calls, saved }: Run, trace: Trace): Insight {
  const names = calls.slice(0, NAMES_TOLD).map((call) => `${call.name.slice(0, 40)} ${formatDuration(call.duration)}`);
  const more = calls.length > NAMES_TOLD ? `, and ${calls.length - NAMES_TOLD} more` : '';
  return {
    kind: 'sequential',
    text:
      `${nameSpan(parent)} makes ${countOf(calls.length, 'reading call')} one after the other (${names.join(', ')}${more}). ` +
      `If none needs the result of another, making them at the same time would save about ${formatDuration(saved)} of ` +
      `${formatDuration(trace.duration)} (${formatShare(saved / trace.duration)}).`,
    spanIds: calls.slice(0, MAX_SPAN_IDS).map(({ spanId }) => spanId),
    severity: 'info',
  };
}
