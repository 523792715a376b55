import { correctClockSkewSteps } from '../analysis/clockSkew';
import type { Notice } from '../model/notice';
import type { Trace } from '../model/trace';
import { clockSkewSentence } from './messages';
import type { Run } from './run';
import { runCooperatively } from './runCooperatively';

/** Clocks set right in one trace or in many, where that is wanted, and one notice about all of them. */
export class ClockCorrections {
  private calls = 0;
  private spans = 0;

  constructor(
    private readonly run: Run,
    private readonly isWanted = run.settings.correctsClockSkew
  ) {}

  /** Moves calls that cannot have happened when they say; the trace itself when there are none. */
  async correct(trace: Trace): Promise<Trace> {
    if (!this.isWanted) {
      return trace;
    }
    const corrected = await runCooperatively(correctClockSkewSteps(trace), this.run);
    this.calls += corrected.corrections.length;
    this.spans += corrected.corrections.reduce((sum, { spanCount }) => sum + spanCount, 0);
    return corrected.trace;
  }

  /** About the traces so far. */
  get notices(): readonly Notice[] {
    return this.calls === 0 ? [] : [{ severity: 'warning', text: clockSkewSentence(this.calls, this.spans) }];
  }
}
