import { nanoseconds, type Nanoseconds } from '../../model/time';
import type { Trace } from '../../model/trace';
import { rangeSteps, runAtOnce, type Steps } from '../../model/cooperative';
import { traceTimeOnPathSteps, type TimeOnPath } from '../criticalPathSummary';
import { countOf, formatCount } from '../numberText';
import { OperationNumbers } from '../operationNumbers';
import { preorderSteps } from '../preorder';
import { draftOf, rebuildTraceSteps, type SpanDraft } from '../rebuildTrace';
import { FoldPlan } from './foldPlan';
import { foldRepeatsSteps } from './foldRepeats';
import { foldRestSteps } from './foldRest';
import { draftFoldSteps, sumUp } from './foldSpan';
import { keptSpansSteps, type KeepOptions } from './keptSpans';

export interface FoldOptions extends KeepOptions {
  /** Of the trace, where it is known already. */
  readonly timeOnPath?: TimeOnPath;
  /** Of the trace, where others ask for them, too. */
  readonly operations?: OperationNumbers;
}

/** A span that stands for others. */
export interface Fold {
  /** `repeats`: siblings of one shape. `rest`: siblings of several, left out only to come near the threshold. */
  readonly kind: 'repeats' | 'rest';
  /** Of the span that stands for them, which is also the id of the first span that is not shown. */
  readonly spanId: string;
  /** Undefined among the roots. */
  readonly parentSpanId: string | undefined;
  /** The siblings it speaks of; with `repeats` also those that are shown beside it. */
  readonly siblings: number;
  /** Siblings that failed. */
  readonly errors: number;
  /** All spans that are not shown because of it, descendants included. */
  readonly hidden: number;
  /** On the critical path, of all that is not shown. */
  readonly timeOnPath: Nanoseconds;
}

export interface FoldedTrace {
  readonly trace: Trace;
  /** Spans of the original that are in `trace` as themselves: `trace.spans.length - folds.length`. */
  readonly shown: number;
  /** Spans of the original: `shown` and what the folds hide. */
  readonly total: number;
  /** Most hidden spans first. */
  readonly folds: readonly Fold[];
  /** Of the spans of `trace`: of one that stands for others, that of all of them. Undefined where nobody has asked for it. */
  readonly timeOnPath: TimeOnPath | undefined;
}

/**
 * A large trace with few enough spans to draw: siblings that repeat become one span, the most repeated first and no more
 * than the threshold asks for.
 *
 *     shop  GET /cart     [0-----------------------20]       shop  GET /cart                      [0---20]
 *     db      SELECT item   [1-2]                             db      SELECT item × 4,312 · p50 …    [1-19]
 *     db      SELECT item       [2-3]                ──▶      db      SELECT item                      [7-9]  !
 *     db      SELECT item           [7-9]  !
 *     db      …
 *
 * Failed spans, the linked one, those of findings, and those that count on the critical path stay visible with their
 * ancestors (`keptSpans.ts`). A trace that is large without repeats is cut to its critical path and its longest spans
 * (`foldRest.ts`). Times, epoch and duration stay those of the whole trace, unless the spans that set them lie deeper than
 * the threshold has room for.
 */
export function foldTrace(trace: Trace, options: FoldOptions): FoldedTrace {
  return runAtOnce(foldTraceSteps(trace, options));
}

/** `foldTrace` in steps. */
export function* foldTraceSteps(trace: Trace, options: FoldOptions): Steps<FoldedTrace> {
  const total = trace.spans.length;
  if (total <= options.threshold) {
    return { trace, shown: total, total, folds: [], timeOnPath: options.timeOnPath };
  }
  const preorder = yield* preorderSteps(trace);
  const timeOnPath = options.timeOnPath ?? (yield* traceTimeOnPathSteps(trace));
  const isKept = yield* keptSpansSteps(timeOnPath, preorder, options);
  const operations = options.operations ?? new OperationNumbers(trace);
  const plan = new FoldPlan(preorder);
  yield* foldRepeatsSteps(plan, isKept, options.threshold, operations);
  yield* foldRestSteps(plan, isKept, timeOnPath, options.threshold);
  return yield* buildSteps(trace, plan, timeOnPath);
}

/** One sentence for people; undefined when nothing is folded. How to see all is for the caller to add. */
export function describeFolding({ trace, shown, total, folds }: FoldedTrace): string | undefined {
  if (folds.length === 0) {
    return undefined;
  }
  const rest = folds.filter(({ kind }) => kind === 'rest').reduce((sum, { hidden }) => sum + hidden, 0);
  const left = rest === 0 ? '' : `; ${formatCount(rest)} of them do not repeat and are left out for their number`;
  return (
    `Large trace: ${formatCount(shown)} of ${countOf(total, 'span')} are shown as they are, the others are folded into ` +
    `${countOf(trace.spans.length - shown, 'span')} that ${folds.length === 1 ? 'says' : 'say'} how many they stand for${left}.`
  );
}

function* buildSteps(trace: Trace, plan: FoldPlan, timeOnPath: TimeOnPath): Steps<FoldedTrace> {
  const { spans, parents } = plan.preorder;
  const draftByIndex: Array<SpanDraft | undefined> = new Array<undefined>(spans.length);
  const drafts: SpanDraft[] = [];
  /** As `drafts`. */
  const times: number[] = [];
  yield* rangeSteps(spans.length, (from, to) => {
    for (let i = from; i < to; i++) {
      if (plan.isShown(i)) {
        const draft = draftOf(spans[i]);
        draft.parent = parents[i] === -1 ? undefined : draftByIndex[parents[i]];
        draftByIndex[i] = draft;
        drafts.push(draft);
        times.push(timeOnPath[i]);
      }
    }
  });
  const shown = drafts.length;
  const folds: Fold[] = [];
  for (const planned of plan.folds) {
    const sums = sumUp(planned, plan.preorder, timeOnPath);
    const draft = yield* draftFoldSteps(planned, sums, plan.preorder);
    draft.parent = planned.parent === -1 ? undefined : draftByIndex[planned.parent];
    drafts.push(draft);
    times.push(sums.timeOnPath);
    folds.push({
      kind: planned.kind,
      spanId: draft.spanId,
      parentSpanId: draft.parent?.spanId,
      siblings: planned.members.length,
      errors: sums.errors,
      hidden: planned.hiddenSpans,
      timeOnPath: nanoseconds(sums.timeOnPath),
    });
    yield;
  }
  folds.sort((a, b) => b.hidden - a.hidden);
  const folded = yield* rebuildTraceSteps(trace, drafts);
  const shownTimes = new Float64Array(drafts.length);
  drafts.forEach(({ position }, index) => (shownTimes[position] = times[index]));
  return { trace: folded, shown, total: spans.length, folds, timeOnPath: shownTimes };
}
