import type { OperationNumbers } from '../operationNumbers';
import type { Preorder } from '../preorder';

/** As deep as what a call sets off usually differs in kind. */
const DEPTH = 3;

/**
 * Numbers that are equal for spans of one shape. Spans are named by their index. Nothing is worked out before it is asked
 * for, as most spans have no siblings to be compared with.
 */
export class Shapes {
  /** Own shapes are below the number of spans, so the numbers of others begin there. */
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly preorder: Preorder,
    private readonly operations: OperationNumbers
  ) {}

  /** Equal for spans of the same service, name and kind. */
  own(span: number): number {
    return this.operations.at(span);
  }

  /**
   * The same for spans that are also alike below: down to three levels they have the same set of shapes below them. How
   * often one repeats there does not count, nor in which order: an order with three lines and one with five are alike.
   */
  deep(span: number): number {
    return this.downTo(DEPTH, span);
  }

  /** Recurses no deeper than `depth`. */
  private downTo(depth: number, span: number): number {
    const { spans, ends } = this.preorder;
    // The shape of a leaf is its own at every depth.
    if (depth === 0 || ends[span] === span + 1) {
      return this.own(span);
    }
    const text = `${this.own(span)}(${this.below(span, depth - 1)})`;
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = spans.length + this.numbers.size;
      this.numbers.set(text, number);
    }
    return number;
  }

  private below(parent: number, depth: number): string {
    const { ends } = this.preorder;
    const first = this.downTo(depth, parent + 1);
    let distinct: Set<number> | undefined;
    for (let child = ends[parent + 1]; child < ends[parent]; child = ends[child]) {
      const shape = this.downTo(depth, child);
      if (shape !== first || distinct !== undefined) {
        distinct = (distinct ?? new Set([first])).add(shape);
      }
    }
    return distinct === undefined ? `${first}` : [...distinct].sort((a, b) => a - b).join(',');
  }
}
