import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { SpanIndex } from './spanIndex';

it('finds what a list finds: the first of several that are equal', () => {
  const anId = fc.oneof(fc.constantFrom('a', 'b', ''), fc.string({ unit: 'binary' }), fc.nat(500).map(String));
  checkProperty(
    fc.property(fc.array(anId), fc.array(anId), (ids, others) => {
      const index = new SpanIndex(ids);
      expect(index.hasSharedIds).toBe(new Set(ids).size < ids.length);
      for (const id of [...ids, ...others]) {
        expect(index.positionOf(id)).toBe(ids.indexOf(id));
      }
    })
  );
});

it('tells ids apart whose hashes agree', () => {
  // A well-known pair: the 32-bit FNV-1a of these two is the same.
  const index = new SpanIndex(['costarring', 'liquid']);
  expect([index.positionOf('costarring'), index.positionOf('liquid'), index.hasSharedIds]).toEqual([0, 1, false]);
});

it('is empty without spans', () => {
  expect(new SpanIndex([]).positionOf('a')).toBe(-1);
});
