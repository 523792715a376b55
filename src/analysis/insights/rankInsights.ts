import { INSIGHT_KINDS, type Insight } from './insight';

/** After so many nobody reads on. */
export const MAX_TOLD = 5;

/**
 * The findings worth a sentence above the trace, and how many more there are, told by marks on their spans. Those of
 * which no span is shown are among the first, whatever their weight: nothing else would tell them. The weightiest of each kind comes before
 * the second of any, so that one kind cannot push out the others; among these what misleads or failed comes before what
 * could be better.
 */
export function rankInsights(
  insights: readonly Insight[],
  isShown: (spanId: string) => boolean = () => true
): {
  readonly told: readonly Insight[];
  readonly more: number;
} {
  const placeInKind = new Map<Insight, number>();
  for (const kind of INSIGHT_KINDS) {
    insights.filter((insight) => insight.kind === kind).forEach((insight, place) => placeInKind.set(insight, place));
  }
  const placeOf = (insight: Insight) => placeInKind.get(insight) ?? 0;
  const ranked = [...insights].sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      Number(b.severity === 'warning') - Number(a.severity === 'warning') ||
      INSIGHT_KINDS.indexOf(a.kind) - INSIGHT_KINDS.indexOf(b.kind)
  );
  const told = ranked.filter(({ spanIds }, rank) => rank < MAX_TOLD || !spanIds.some(isShown));
  return { told, more: ranked.length - told.length };
}
