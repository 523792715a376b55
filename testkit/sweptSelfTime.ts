import type { Span } from '../src/model/trace';

/** The slow reference for self time, for spans of a few nanoseconds: each instant is held against every child. */
export function sweptSelfTime(span: Span): number {
  let own = 0;
  for (let instant = span.start as number; instant < span.start + span.duration; instant++) {
    const isCovered = span.children.some((child) => child.start <= instant && instant < child.start + child.duration);
    own += isCovered ? 0 : 1;
  }
  return own;
}
