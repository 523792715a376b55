import { compileSpanTest, compileSpanTests, type SpanConditions } from '../model/matchSpan';
import type { Trace } from '../model/trace';

export interface SplitConditions {
  /** What the server has applied already. */
  readonly server: SpanConditions;
  /** What it could not apply. */
  readonly here: SpanConditions;
}

/**
 * Those traces that hold one span which fulfils every condition of both sides. A condition of the server that no span of
 * a trace shows counts as fulfilled for that trace: the server may have looked where nothing of it is left, such as in
 * log fields that it does not hand out.
 */
export function matchTraces(traces: readonly Trace[], { server, here }: SplitConditions): readonly Trace[] {
  const matchesHere = compileSpanTest(here);
  const applied = compileSpanTests(server);
  return traces.filter(({ spans }) => {
    const shown = applied.filter((test) => spans.some(test));
    return spans.some((span) => matchesHere(span) && shown.every((test) => test(span)));
  });
}
