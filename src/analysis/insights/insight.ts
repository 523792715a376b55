/** What can be found in a trace; each may be switched off. In the order in which findings are told. */
export const INSIGHT_KINDS = [
  'error-origin',
  'n-plus-one',
  'retries',
  'sequential',
  'waiting-on-one-child',
  'longest-gap',
  'clock-skew',
  'orphans',
] as const;

export type InsightKind = (typeof INSIGHT_KINDS)[number];

/** A conclusion about one trace, with its evidence. It may be wrong: docs/insights.md says how. */
export interface Insight {
  readonly kind: InsightKind;
  /** A whole sentence, or two: what was found, how often, how long, where. */
  readonly text: string;
  /** The spans it is about, at most `MAX_SPAN_IDS`, the one to look at first in front. Never empty. */
  readonly spanIds: readonly string[];
  /** `warning`: something went wrong or the picture misleads. `info`: something could be better. */
  readonly severity: 'info' | 'warning';
}

/** Enough to find by its mark in a trace view; a loop of 4,312 calls needs no 4,312 marks, which would look like faults. */
export const MAX_SPAN_IDS = 5;

/** Findings of one kind in one trace: after the weightiest few nobody reads on. The last one tells of the others. */
export const MAX_PER_KIND = 3;

/** The first `MAX_PER_KIND` of a list that is sorted by weight, as findings. */
export function weightiest<T>(sorted: readonly T[], insightOf: (item: T) => Insight): readonly Insight[] {
  const left = sorted.length - MAX_PER_KIND;
  const shown = sorted.slice(0, MAX_PER_KIND).map(insightOf);
  if (left <= 0) {
    return shown;
  }
  const last = shown[MAX_PER_KIND - 1];
  const more = left === 1 ? 'There is 1 more finding of this kind' : `There are ${left} more findings of this kind`;
  return [...shown.slice(0, -1), { ...last, text: `${last.text} ${more}, of less weight.` }];
}
