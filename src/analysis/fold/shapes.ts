import type { Span } from '../../model/trace';
import { SPANS_PER_STEP, type Steps } from '../cooperative';
import { operationIdentity } from '../operation';
import type { Preorder } from '../preorder';

/**
 * A number per span, equal for spans of the same shape: the same service, name and kind, and below them, down to `depth`
 * levels, the same set of shapes. How often a shape repeats below a span does not count, nor in which order: an order
 * with three lines and one with five are alike.
 */
export function* shapeSteps(preorder: Preorder, depth: number): Steps<Int32Array> {
  const { spans, ends } = preorder;
  const numbers = new Map<string, number>();
  const own = new Int32Array(spans.length);
  for (let i = 0; i < spans.length; i++) {
    own[i] = numberOf(numbers, ownShape(spans[i]));
    if (i % SPANS_PER_STEP === 0) {
      yield;
    }
  }
  let shapes = own;
  for (let level = 0; level < depth; level++) {
    const deeper = new Int32Array(spans.length);
    for (let i = 0; i < spans.length; i++) {
      // The shape of a leaf is its own at every depth.
      deeper[i] = ends[i] === i + 1 ? own[i] : numberOf(numbers, `${own[i]}(${shapesBelow(i, ends, shapes)})`);
      if (i % SPANS_PER_STEP === 0) {
        yield;
      }
    }
    shapes = deeper;
  }
  return shapes;
}

/** Starts with a letter: no text of a deeper shape does. */
function ownShape({ kind, name, resource }: Span): string {
  return `${kind} ${operationIdentity(resource.serviceName, name)}`;
}

function shapesBelow(parent: number, ends: Int32Array, shapes: Int32Array): string {
  const distinct = new Set<number>();
  for (let child = parent + 1; child < ends[parent]; child = ends[child]) {
    distinct.add(shapes[child]);
  }
  return [...distinct].sort((a, b) => a - b).join(',');
}

function numberOf(numbers: Map<string, number>, text: string): number {
  let number = numbers.get(text);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(text, number);
  }
  return number;
}
