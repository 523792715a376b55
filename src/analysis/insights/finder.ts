import type { Steps } from '../../model/cooperative';
import type { Nanoseconds } from '../../model/time';
import type { Span, Trace } from '../../model/trace';
import type { CallNumbers } from './callIdentity';
import type { Insight } from './insight';

/** What the finders of one trace share, as it takes time to work out. */
export interface Known {
  readonly numbers: CallNumbers;
  /** On the critical path, of every span that is on it; undefined where nobody has asked for the path yet. */
  readonly timeOnPath: ReadonlyMap<Span, Nanoseconds> | undefined;
}

/** Finds one kind of thing that stands out; the weightiest first. */
export type Finder = (trace: Trace, known: Known) => Steps<readonly Insight[]>;
