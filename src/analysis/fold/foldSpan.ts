import { Attributes, type Attribute, type AttributeValue } from '../../model/attributes';
import { nanoseconds } from '../../model/time';
import type { Span, SpanStatus } from '../../model/trace';
import { sliceSteps, type Steps } from '../../model/cooperative';
import { countOf, formatCount, formatDuration } from '../numberText';
import {
  FOLD_AMONG_ROOTS,
  FOLD_COUNT,
  FOLD_CRITICAL_PATH,
  FOLD_ERRORS,
  FOLD_FAILED,
  FOLD_HIDDEN_SPANS,
  FOLD_MAX,
  FOLD_MIN,
  FOLD_OPENS,
  FOLD_P50,
  FOLD_P95,
  FOLD_SHOWN_BESIDE,
  FOLD_SLOWEST,
  FOLD_LISTS,
  FOLD_LISTS_ROOTS,
  FOLD_TOTAL,
} from '../ownAttributes';
import { percentile } from '../percentile';
import type { TimeOnPath } from '../criticalPathSummary';
import type { Preorder } from '../preorder';
import { draftOf, type SpanDraft } from '../rebuildTrace';
import type { PlannedFold } from './foldPlan';

/**
 * Grafana 12.4's trace view draws this many spans, after 6 s; of 200,000 it overflows its stack (docs/decisions/0006).
 */
export const LARGEST_DRAWN = 100_000;

/** What a fold knows about its siblings. Durations in nanoseconds. */
export interface FoldSums {
  readonly errors: number;
  readonly total: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly start: number;
  readonly end: number;
  /** On the critical path, of all spans that are not shown. */
  readonly timeOnPath: number;
  /** Spans of status `error` among all that are not shown. */
  readonly hiddenErrors: number;
  /** Among all that are not shown. */
  readonly firstFailed: Span | undefined;
  /** Of the siblings that are not shown. */
  readonly slowest: Span;
}

/** In one go: few numbers a span, of which each is looked at in one fold only. */
export function sumUp({ members, hidden }: PlannedFold, { spans, ends }: Preorder, timeOnPath: TimeOnPath): FoldSums {
  const durations = new Float64Array(members.length);
  let errors = 0;
  let total = 0;
  let earliest = Infinity;
  let latest = 0;
  for (let i = 0; i < members.length; i++) {
    const { start, duration, status } = spans[members[i]];
    durations[i] = duration;
    errors += status.code === 'error' ? 1 : 0;
    total += duration;
    earliest = Math.min(earliest, start);
    latest = Math.max(latest, start + duration);
  }
  durations.sort();
  let slowest = spans[hidden[0]];
  let firstFailed: Span | undefined;
  let hiddenErrors = 0;
  let hiddenTime = 0;
  for (let i = 0; i < hidden.length; i++) {
    const top = hidden[i];
    slowest = spans[top].duration > slowest.duration ? spans[top] : slowest;
    for (let span = top; span < ends[top]; span++) {
      hiddenTime += timeOnPath[span];
      if (spans[span].status.code === 'error') {
        hiddenErrors++;
        firstFailed ??= spans[span];
      }
    }
  }
  return {
    errors,
    total,
    min: durations[0],
    p50: percentile(durations, 50),
    p95: percentile(durations, 95),
    max: durations[durations.length - 1],
    start: earliest,
    end: latest,
    timeOnPath: hiddenTime,
    hiddenErrors,
    firstFailed,
    slowest,
  };
}

/**
 * The span that stands for the others. It has the id of the first that is not shown, so that links to it lead to a span
 * that exists; its name, its attributes and its warning say what it is.
 */
export function* draftFoldSteps(fold: PlannedFold, sums: FoldSums, preorder: Preorder): Steps<SpanDraft> {
  const draft = draftOf(preorder.spans[fold.hidden[0]]);
  draft.name = foldName(fold, sums, draft.name);
  draft.kind = fold.kind === 'repeats' ? draft.kind : 'unspecified';
  draft.status = foldStatus(fold, sums);
  draft.start = nanoseconds(sums.start);
  draft.duration = nanoseconds(sums.end - sums.start);
  draft.attributes = yield* foldAttributesSteps(fold, sums, preorder);
  draft.events = [];
  draft.links = [];
  draft.traceState = undefined;
  draft.warnings = [foldWarning(fold)];
  return draft;
}

function foldName(fold: PlannedFold, sums: FoldSums, name: string): string {
  const { errors, p50, p95 } = sums;
  const head =
    fold.kind === 'repeats' ? `${name} × ${formatCount(fold.members.length)}` : countOf(fold.hiddenSpans, 'more span');
  const parts = [head, `p50 ${formatDuration(p50)}`, `p95 ${formatDuration(p95)}`];
  return [...parts, ...(errors > 0 ? [countOf(errors, 'error')] : [])].join(' · ');
}

/** Errors that are shown beside it are not said twice. */
function foldStatus(fold: PlannedFold, { hiddenErrors }: FoldSums): SpanStatus {
  return hiddenErrors === 0
    ? { code: 'unset' }
    : { code: 'error', message: `${formatCount(hiddenErrors)} of ${countOf(fold.hiddenSpans, 'folded span')} failed` };
}

function* foldAttributesSteps(fold: PlannedFold, sums: FoldSums, preorder: Preorder): Steps<Attributes> {
  const numbers: ReadonlyArray<readonly [key: string, value: number]> = [
    [FOLD_COUNT, fold.members.length],
    [FOLD_SHOWN_BESIDE, fold.members.length - fold.hidden.length],
    [FOLD_HIDDEN_SPANS, fold.hiddenSpans],
    [FOLD_ERRORS, sums.errors],
    [FOLD_MIN, sums.min],
    [FOLD_P50, sums.p50],
    [FOLD_P95, sums.p95],
    [FOLD_MAX, sums.max],
    [FOLD_TOTAL, sums.total],
    [FOLD_CRITICAL_PATH, sums.timeOnPath],
  ];
  const common = fold.kind === 'repeats' ? yield* commonAttributesSteps(fold.hidden, preorder.spans) : [];
  return Attributes.from([
    ...numbers.map(([key, value]) => ({ key, value })),
    ...waysIn(fold, sums, preorder),
    ...common,
  ]);
}

/** Ids of spans that links open (`frames/foldLinks.ts`); a key that is missing is a link that is not there. */
function waysIn(
  { parent, hidden }: PlannedFold,
  { slowest, firstFailed }: FoldSums,
  { spans, ends }: Preorder
): Attribute[] {
  const isDrawable = (parent === -1 ? spans.length : ends[parent] - parent) <= LARGEST_DRAWN;
  return [
    parent === -1
      ? { key: isDrawable ? FOLD_AMONG_ROOTS : FOLD_LISTS_ROOTS, value: spans[hidden[0]].spanId }
      : { key: isDrawable ? FOLD_OPENS : FOLD_LISTS, value: spans[parent].spanId },
    { key: FOLD_SLOWEST, value: slowest.spanId },
    ...(firstFailed === undefined ? [] : [{ key: FOLD_FAILED, value: firstFailed.spanId }]),
  ];
}

/** What all have, with the same plain value: such as the statement that 4,312 calls sent. */
function* commonAttributesSteps(indices: readonly number[], spans: readonly Span[]): Steps<Attribute[]> {
  let common = spans[indices[0]].attributes.entries
    .map((attribute, at) => ({ attribute, at }))
    .filter(({ attribute }) => isPlain(attribute.value));
  yield* sliceSteps(indices, (slice) => {
    for (let i = 0; i < slice.length && common.length > 0; i++) {
      const { attributes } = spans[slice[i]];
      // Filtered only when one differs: most calls are alike, and an unchanged list costs nothing.
      if (!common.every((each) => hasAttribute(attributes, each))) {
        common = common.filter((each) => hasAttribute(attributes, each));
      }
    }
  });
  return common.map(({ attribute }) => attribute);
}

/** Looks first where it stands in a span that is alike: equal attributes may be one object there. */
function hasAttribute(
  attributes: Attributes,
  { attribute, at }: { readonly attribute: Attribute; readonly at: number }
): boolean {
  return attributes.entries[at] === attribute || attributes.get(attribute.key) === attribute.value;
}

function isPlain(value: AttributeValue): boolean {
  return typeof value !== 'object' || value === null;
}

function foldWarning({ kind, members, hidden, hiddenSpans }: PlannedFold): string {
  const beside = members.length - hidden.length;
  return kind === 'repeats'
    ? `This span stands for ${countOf(members.length, 'call')} of the same shape, ${countOf(hiddenSpans, 'span')} with what ` +
        `they called${beside > 0 ? `; ${formatCount(beside)} of them ${beside === 1 ? 'is' : 'are'} also shown beside it` : ''}. ` +
        'It reaches from the first start to the last end and has the ID of the first; their events and links are not shown.'
    : `This span stands for ${countOf(hiddenSpans, 'span')} left out because the trace is large. It reaches from the ` +
        'first start to the last end and has the ID of the first; their events and links are not shown.';
}
