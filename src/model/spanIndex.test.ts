import fc from 'fast-check';
import { flatSpan } from '../../testkit/flatSpan';
import { SpanIndex } from './spanIndex';
import { SpanNode } from './spanNode';

const nodeOf = (spanId: string) => new SpanNode(flatSpan({ spanId }), 0n);

it('finds what a map finds, and the first of several with one id', () => {
  const anId = fc.oneof(fc.constantFrom('a', 'b', ''), fc.string({ unit: 'binary' }), fc.nat(500).map(String));
  fc.assert(
    fc.property(fc.array(anId), fc.array(anId), (ids, others) => {
      const nodes = ids.map(nodeOf);
      const first = new Map<string, SpanNode>();
      nodes.forEach((node) => first.has(node.spanId) || first.set(node.spanId, node));
      const index = new SpanIndex(nodes);
      expect(index.hasSharedIds).toBe(first.size < nodes.length);
      for (const id of [...ids, ...others]) {
        expect(nodes[index.positionOf(id)]).toBe(first.get(id));
      }
    })
  );
});

it('tells ids apart whose hashes agree', () => {
  // A well-known pair: the 32-bit FNV-1a of these two is the same.
  const [a, b] = ['costarring', 'liquid'].map(nodeOf);
  const index = new SpanIndex([a, b]);
  expect([index.positionOf('costarring'), index.positionOf('liquid'), index.hasSharedIds]).toEqual([0, 1, false]);
});

it('is empty without spans', () => {
  expect(new SpanIndex([]).positionOf('a')).toBe(-1);
});
