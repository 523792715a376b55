import type { Preorder } from '../preorder';

/** Siblings that one span will stand for. Numbers are indices of the trace's spans. */
export interface PlannedFold {
  readonly kind: 'repeats' | 'rest';
  /** −1 above the roots. */
  readonly parent: number;
  /** In order: the siblings that the fold speaks of. */
  readonly members: readonly number[];
  /** In order: those of `members` that are not shown beside it. Never empty. */
  readonly hidden: readonly number[];
  /** `hidden` and all their descendants. */
  readonly hiddenSpans: number;
}

/** Which spans a folded trace shows, while that is being decided. What is hidden is hidden with all below it. */
export class FoldPlan {
  /** Spans of the folded trace: those that are shown, and one per fold. */
  size: number;
  private readonly planned: PlannedFold[] = [];
  private readonly swallowed = new Set<PlannedFold>();
  /**
   * Leads from a hidden span to the next that is shown, over several jumps that get shorter with use; a shown span leads
   * to itself. Without it, folds within folds would walk over the same spans again and again.
   */
  private readonly nextShown: Int32Array;
  /** By index of the parent, plus one. */
  private readonly foldsUnder: Int32Array;

  constructor(readonly preorder: Preorder) {
    const { length } = preorder.spans;
    this.size = length;
    this.nextShown = new Int32Array(length + 1).map((_, index) => index);
    this.foldsUnder = new Int32Array(length + 1);
  }

  /** Those that are not hidden by another. */
  get folds(): readonly PlannedFold[] {
    return this.planned.filter((fold) => this.isShown(fold.parent) && !this.swallowed.has(fold));
  }

  /** True above the roots. */
  isShown(span: number): boolean {
    return span < 0 || this.nextShown[span] === span;
  }

  /** Folds those of `hidden` that are shown; `members` are all that the fold speaks of. */
  foldRepeats(parent: number, members: readonly number[], hidden: readonly number[]): void {
    this.add({ kind: 'repeats', parent, members, hidden, hiddenSpans: this.countWithDescendants(hidden) });
  }

  /** Folds spans of different shapes, in order, and the folds beside them, into one. */
  foldRest(parent: number, spans: readonly number[], folds: readonly PlannedFold[]): void {
    const hidden =
      folds.length === 0 ? spans : [...spans, ...folds.flatMap((fold) => fold.hidden)].sort((a, b) => a - b);
    folds.forEach((fold) => this.swallowed.add(fold));
    this.size -= folds.length;
    this.foldsUnder[parent + 1] -= folds.length;
    this.add({ kind: 'rest', parent, members: hidden, hidden, hiddenSpans: this.countWithDescendants(hidden) });
  }

  private add(fold: PlannedFold): void {
    fold.hidden.forEach((span) => this.hide(span));
    this.planned.push(fold);
    this.foldsUnder[fold.parent + 1]++;
    this.size++;
  }

  private hide(top: number): void {
    const end = this.preorder.ends[top];
    for (let span = this.findShown(top); span < end; span = this.findShown(span + 1)) {
      this.nextShown[span] = span + 1;
      this.size -= 1 + this.foldsUnder[span + 1];
      this.foldsUnder[span + 1] = 0;
    }
  }

  private findShown(span: number): number {
    let shown = span;
    while (this.nextShown[shown] !== shown) {
      this.nextShown[shown] = this.nextShown[this.nextShown[shown]];
      shown = this.nextShown[shown];
    }
    return shown;
  }

  private countWithDescendants(spans: readonly number[]): number {
    return spans.reduce((count, span) => count + this.preorder.ends[span] - span, 0);
  }
}
