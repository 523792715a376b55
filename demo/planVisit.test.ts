import { planVisit, type VisitPlan } from './planVisit';

const NUMBERS = Array.from({ length: 2000 }, (_, index) => index + 1);

it('gives the same visit for the same seed and number, in whatever order visits are asked for', () => {
  const forwards = NUMBERS.map((number) => planVisit(7, number));
  const backwards = [...NUMBERS].reverse().map((number) => planVisit(7, number));
  expect(backwards.reverse()).toEqual(forwards);
});

it('gives other visits for another seed', () => {
  const differing = NUMBERS.filter(
    (number) => JSON.stringify(planVisit(7, number)) !== JSON.stringify(planVisit(8, number))
  );
  expect(differing.length).toBeGreaterThan(1990);
});

it.each<[string, (visit: VisitPlan) => boolean]>([
  ['browses', ({ kind }) => kind === 'browse'],
  ['fans out to five or more lookups', ({ items }) => items.length >= 5],
  ['finds something out of stock', ({ items }) => items.some(({ inStock }) => !inStock)],
  ['waits for a slow lookup', ({ items }) => items.some(({ lookupMs }) => lookupMs > 100)],
  ['is charged at the second attempt', ({ charges }) => charges.length === 2 && charges[1].outcome === 'approved'],
  ['is declined', ({ charges }) => charges[charges.length - 1].outcome === 'declined'],
  ['finds the bank away three times', ({ charges }) => charges.every((charge) => charge.outcome === 'unavailable')],
  ['has its receipt bounced', ({ emailBounces }) => emailBounces],
])('now and then a visit %s', (_what, happens) => {
  const share = NUMBERS.filter((number) => happens(planVisit(7, number))).length / NUMBERS.length;
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(0.6);
});

it('asks the bank again only after it was away, and at most three times', () => {
  for (const { charges } of NUMBERS.map((number) => planVisit(7, number))) {
    expect(charges.length).toBeLessThanOrEqual(3);
    expect(charges.slice(0, -1).every(({ outcome }) => outcome === 'unavailable')).toBe(true);
  }
});
