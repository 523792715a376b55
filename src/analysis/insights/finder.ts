import type { Steps } from '../../model/cooperative';
import type { Trace } from '../../model/trace';
import type { TimeOnPath } from '../criticalPathSummary';
import type { CallNumbers } from './callIdentity';
import type { Insight } from './insight';

/** What the finders of one trace share, as it takes time to work out. */
export interface Known {
  readonly numbers: CallNumbers;
  /** Undefined where nobody has asked for the path yet. */
  readonly timeOnPath: TimeOnPath | undefined;
}

/** Finds one kind of thing that stands out; the weightiest first. */
export type Finder = (trace: Trace, known: Known) => Steps<readonly Insight[]>;
