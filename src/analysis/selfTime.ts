import { nanoseconds, type Nanoseconds } from '../model/time';
import type { Span } from '../model/trace';
import { coveredLength } from './intervals';

/**
 * The time of a span that none of its children cover, never negative:
 *
 *     parent  [--------------)
 *     child      [----)
 *     child        [-----)
 *     child                [------)   what comes after the parent's end does not count
 *     self    ###         #
 *
 * Looks one level down only, so a walk over a whole trace is linear in its spans.
 */
export function computeSelfTime(span: Pick<Span, 'start' | 'duration' | 'children'>): Nanoseconds {
  return nanoseconds(span.duration - coveredLength(span, span.children));
}
