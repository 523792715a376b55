import fc, { type IRawProperty } from 'fast-check';

/**
 * `fc.assert` with one seed for all, so that a run says the same today and tomorrow. `npm run test:properties` looks
 * for what that seed does not show: PROPERTY_RUNS cases of each, from a seed of its own that a failure prints.
 */
export function checkProperty<Ts, IsAsync extends boolean>(
  property: IRawProperty<Ts, IsAsync>,
  { numRuns = 100 }: { readonly numRuns?: number } = {}
): IsAsync extends true ? Promise<void> : void {
  const asked = Number(process.env.PROPERTY_RUNS ?? 0);
  const parameters = asked > 0 ? { numRuns: Math.max(asked, numRuns) } : { numRuns, seed: 20_261_123 };
  return fc.assert(property as Parameters<typeof fc.assert>[0], parameters) as ReturnType<
    typeof checkProperty<Ts, IsAsync>
  >;
}
