import { NANOS_PER_MILLI } from '../../model/time';
import type { Span, Trace } from '../../model/trace';
import { formatDuration, formatShare } from '../numberText';
import type { Insight } from './insight';
import { endOf } from './sequence';
import { nameSpan } from './spanText';

/** Of the trace. Some own work between calls is normal; a third of the whole time wants an explanation. */
export const MIN_SHARE = 1 / 3;
/** Below this, scheduling, garbage collection and clocks that count milliseconds leave such gaps everywhere. */
export const MIN_GAP = 10 * NANOS_PER_MILLI;
/** A span with one child or none tells little about itself, so silence in it means nothing. */
export const MIN_CHILDREN = 2;

interface Gap {
  readonly span: Span;
  readonly length: number;
  readonly before: Span | undefined;
  readonly after: Span | undefined;
}

/** The longest stretch of a span in which none of its children was running, over all spans that have several. */
export function findLongestGap(trace: Trace): readonly Insight[] {
  let longest: Gap | undefined;
  for (const span of trace.spans) {
    if (span.children.length >= MIN_CHILDREN && span.duration > (longest?.length ?? 0)) {
      const gap = longestGapIn(span);
      longest = longest === undefined || gap.length > longest.length ? gap : longest;
    }
  }
  return longest !== undefined && longest.length >= MIN_GAP && longest.length >= trace.duration * MIN_SHARE
    ? [insightOf(longest, trace)]
    : [];
}

function longestGapIn(span: Span): Gap {
  const end = endOf(span);
  let longest: Gap = { span, length: 0, before: undefined, after: undefined };
  let reached: number = span.start;
  let before: Span | undefined;
  for (const child of span.children) {
    if (Math.min(child.start, end) - reached > longest.length) {
      longest = { span, length: Math.min(child.start, end) - reached, before, after: child };
    }
    if (endOf(child) > reached) {
      reached = endOf(child);
      before = child;
    }
  }
  return end - reached > longest.length ? { span, length: end - reached, before, after: undefined } : longest;
}

function insightOf({ span, length, before, after }: Gap, trace: Trace): Insight {
  const where =
    before === undefined
      ? `before ${after === undefined ? 'its end' : nameSpan(after)}`
      : after === undefined
        ? `after ${nameSpan(before)}`
        : `between ${nameSpan(before)} and ${nameSpan(after)}`;
  return {
    kind: 'longest-gap',
    text:
      `In ${nameSpan(span)} nothing is recorded for ${formatDuration(length)} ${where}, ` +
      `${formatShare(length / trace.duration)} of the trace: its own work, waiting, or a call without instrumentation.`,
    spanIds: [span, before, after].flatMap((found) => found?.spanId ?? []),
    severity: 'info',
  };
}
