import type { Span } from '../../model/trace';

/**
 * The most spans of a list, sorted by start, of which each begins after the one before has ended:
 *
 *     [----)                 in
 *       [------------)       ends later than the next: out
 *           [---)            in
 *                 [--)       in
 */
export function inSequence(sortedByStart: readonly Span[]): readonly Span[] {
  const sequence: Span[] = [];
  for (const span of sortedByStart) {
    const last = sequence.at(-1);
    if (last === undefined || span.start >= endOf(last)) {
      sequence.push(span);
    } else if (endOf(span) < endOf(last)) {
      sequence[sequence.length - 1] = span;
    }
  }
  return sequence;
}

export function endOf({ start, duration }: Pick<Span, 'start' | 'duration'>): number {
  return start + duration;
}

export function sumOfDurations(spans: readonly Span[]): number {
  return spans.reduce((sum, { duration }) => sum + duration, 0);
}
