import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { nanoseconds, unixMillis } from '../model/time';
import { epochMillis } from './epochMillis';

it('is unixMillis of the sum, for spans before and after the epoch', () => {
  const epoch = fc.bigInt({ min: 1_000_000_000_000_000_000n, max: 2_000_000_000_000_000_000n });
  checkProperty(
    fc.property(epoch, fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (epochUnixNano, offset) => {
      const exact = unixMillis(epochUnixNano + BigInt(offset));
      expect(epochMillis(epochUnixNano)(nanoseconds(offset))).toBe(exact);
    })
  );
});
