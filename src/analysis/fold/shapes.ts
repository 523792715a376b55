import { sliceSteps, SPANS_PER_STEP, type Steps } from '../../model/cooperative';
import type { OperationNumbers } from '../operationNumbers';
import type { Preorder } from '../preorder';

/** A number per span, equal for spans of the same service, name and kind. */
export function* ownShapeSteps({ spans }: Preorder, operations: OperationNumbers): Steps<Int32Array> {
  const shapes = new Int32Array(spans.length);
  yield* sliceSteps(spans, (slice, from) => {
    for (let i = 0; i < slice.length; i++) {
      shapes[from + i] = operations.of(slice[i]);
    }
  });
  return shapes;
}

/**
 * The same for spans that are also alike below: down to `depth` levels they have the same set of shapes below them. How
 * often one repeats there does not count, nor in which order: an order with three lines and one with five are alike.
 */
export function* deepShapeSteps({ spans, ends }: Preorder, own: Int32Array, depth: number): Steps<Int32Array> {
  // Own shapes are below the number of spans, so the numbers of others begin there.
  const numbers = new Map<string, number>();
  let shapes = own;
  for (let level = 0; level < depth; level++) {
    const deeper = new Int32Array(spans.length);
    for (let i = 0; i < spans.length; i++) {
      if (ends[i] === i + 1) {
        // The shape of a leaf is its own at every depth.
        deeper[i] = own[i];
      } else {
        const text = `${own[i]}(${shapesBelow(i, ends, shapes)})`;
        const number = numbers.get(text) ?? spans.length + numbers.size;
        numbers.set(text, number);
        deeper[i] = number;
      }
      if (i % SPANS_PER_STEP === 0) {
        yield;
      }
    }
    shapes = deeper;
  }
  return shapes;
}

function shapesBelow(parent: number, ends: Int32Array, shapes: Int32Array): string {
  const first = shapes[parent + 1];
  if (ends[parent + 1] === ends[parent]) {
    return `${first}`;
  }
  const distinct = new Set<number>();
  for (let child = parent + 1; child < ends[parent]; child = ends[child]) {
    distinct.add(shapes[child]);
  }
  return distinct.size === 1 ? `${first}` : [...distinct].sort((a, b) => a - b).join(',');
}
