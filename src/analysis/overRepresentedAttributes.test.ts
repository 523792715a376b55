import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryFlatSpans } from '../../testkit/arbitrarySpans';
import { deepFreeze } from '../../testkit/deepFreeze';
import { flatSpan } from '../../testkit/flatSpan';
import { traceFromText } from '../../testkit/traceFromText';
import { assembleTrace } from '../model/assembleTrace';
import { Attributes, type AttributeValue } from '../model/attributes';
import type { Trace } from '../model/trace';
import { valueIdentity } from './groupKey';
import {
  MAX_KEYS,
  MAX_LONE_VALUES,
  MAX_OVER_REPRESENTED,
  overRepresentedAttributes,
  type OverRepresentedValue,
} from './overRepresentedAttributes';

/** A trace of a span each; `service.name` is the same everywhere and so never in the answer. */
function traceWith(...attributes: Array<Record<string, AttributeValue>>): Trace {
  const spans = attributes.map((each, index) =>
    flatSpan({ spanId: (index + 1).toString(16).padStart(16, '0'), attributes: Attributes.of(each) })
  );
  return assembleTrace(spans) as Trace;
}

const lines = (left: Trace[], right: Trace[]) => {
  const { values, traceCount } = overRepresentedAttributes(deepFreeze(left), deepFreeze(right));
  return values.map(
    ({ key, value, traces, difference }) =>
      `${key}=${String(value)} ${traces.left}/${traceCount.left} ${traces.right}/${traceCount.right} ${difference}`
  );
};

describe('overRepresentedAttributes', () => {
  it('tells what is typical for one side, the largest difference first', () => {
    const fast = [traceWith({ version: '1' }), traceWith({ version: '1', tier: 'gold' }), traceWith({ version: '1' })];
    const slow = [traceWith({ version: '2' }), traceWith({ version: '2', tier: 'gold' })];
    expect(lines(fast, slow)).toEqual([
      'version=1 3/3 0/2 -1',
      'version=2 0/3 2/2 1',
      `tier=gold 1/3 1/2 ${1 / 2 - 1 / 3}`,
    ]);
  });

  it('counts a trace once, however many of its spans and resources have the value', () => {
    const one = traceFromText(`
      = shop {zone="eu"}
      shop  a    [0--9]  {zone="eu"}
      shop    b  [2-4]   {zone="eu"}
    `);
    expect(lines([one], [])).toEqual(['zone=eu 1/1 0/0 -1']);
  });

  it('takes a number and the text of its digits for one value', () => {
    expect(lines([traceWith({ code: 200 })], [traceWith({ code: '200' })])).toEqual([]);
  });

  it('finds no difference between a trace and itself', () => {
    const trace = traceWith({ a: 1 }, { b: [1, 2] });
    expect(lines([trace], [trace])).toEqual([]);
  });

  it('leaves out the values of one trace where there are too many, and says so', () => {
    const spread = (count: number) => traceWith(...Array.from({ length: count }, (_, id) => ({ id })));
    expect(overRepresentedAttributes([spread(MAX_LONE_VALUES)], []).thinnedKeys).toEqual([]);
    const { values, thinnedKeys } = overRepresentedAttributes([spread(MAX_LONE_VALUES + 1)], []);
    expect(thinnedKeys).toEqual(['id']);
    expect(values.map(({ key }) => key)).toEqual(['service.name']);
  });

  it('leaves out the values of one trace where nearly every trace has another, and says so', () => {
    const numbered = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => traceWith({ order: from + index, route: `/${index % 2}` }));
    const { values, thinnedKeys } = overRepresentedAttributes(numbered(0, 3), numbered(3, 3));
    expect(thinnedKeys).toEqual(['order']);
    expect(values.map(({ key }) => key)).toEqual([]);
    // Too few to judge by: all values are told, with their counts.
    expect(overRepresentedAttributes(numbered(0, 2), numbered(2, 2)).thinnedKeys).toEqual([]);
  });

  it.each([
    ['40 pods, each in one trace', 40],
    ['60 pods, each in one trace', 60],
  ])('finds the one pod that all bad traces are on, beside %s', (_, pods) => {
    const good = Array.from({ length: pods }, (_each, pod) => traceWith({ pod: `pod-${pod}` }));
    const bad = Array.from({ length: 20 }, () => traceWith({ pod: 'pod-bad' }));
    expect(lines(good, bad)).toEqual([`pod=pod-bad 0/${pods} 20/20 1`]);
    expect(lines(bad, good)).toEqual([`pod=pod-bad 20/20 0/${pods} -1`]);
    expect(overRepresentedAttributes(good, bad).thinnedKeys).toEqual(['pod']);
  });

  it('keeps a value that only the one bad trace has', () => {
    const normal = Array.from({ length: 9 }, () => traceWith({ version: '1' }));
    expect(lines(normal, [traceWith({ version: '2' })])).toEqual(['version=1 9/9 0/1 -1', 'version=2 0/9 1/1 1']);
  });

  it('is bounded, and says by how much', () => {
    const keys = (count: number) =>
      traceWith(Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 1])));
    const many = overRepresentedAttributes([keys(MAX_KEYS + 5)], [keys(0)]);
    expect([many.values.length, many.omittedValues, many.isCut]).toEqual([
      MAX_OVER_REPRESENTED,
      MAX_KEYS - MAX_OVER_REPRESENTED,
      true,
    ]);
    const few = overRepresentedAttributes([keys(5)], [keys(0)]);
    expect([few.values.length, few.omittedValues, few.isCut]).toEqual([5, 0, false]);
  });

  it('agrees with asking every trace for every value', () => {
    const aValue = fc.record({
      a: fc.integer({ max: 2, min: 0 }),
      pod: fc.integer({ max: 30, min: 0 }),
      id: fc.integer(),
    });
    const aTrace = fc.oneof(
      fc.array(aValue, { minLength: 1, maxLength: 2 }).map((each) => traceWith(...each)),
      // All sorts of values.
      arbitraryFlatSpans.filter(({ length }) => length > 0).map((spans) => assembleTrace(spans) as Trace)
    );
    const aSet = fc.array(aTrace, { maxLength: 8 });
    checkProperty(
      fc.property(aSet, aSet, (left, right) => {
        const { values, omittedValues, thinnedKeys } = overRepresentedAttributes(left, right);
        const expected = differencesOf(left, right);
        expect(values.map(textOf).sort()).toEqual(
          omittedValues === 0
            ? expected.map(textOf).sort()
            : values
                .map(textOf)
                .filter((text) => expected.some((each) => textOf(each) === text))
                .sort()
        );
        expect(values.length + omittedValues).toBe(expected.length);
        expect([...thinnedKeys].sort()).toEqual(thinnedOf(left, right));
        const sizes = values.map(({ difference }) => Math.abs(difference));
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      })
    );
  });
});

type Counted = Pick<OverRepresentedValue, 'key' | 'value' | 'traces'>;

const textOf = ({ key, value, traces }: Counted) =>
  JSON.stringify([key, valueIdentity(value), traces.left, traces.right]);

const entriesOf = (traces: readonly Trace[]) =>
  traces.flatMap(({ spans }) =>
    spans.flatMap((span) => [...span.attributes.entries, ...span.resource.attributes.entries])
  );

/** Each value that there is, looked for in every trace. */
function countsOf(left: readonly Trace[], right: readonly Trace[]): Counted[] {
  const entries = new Map(
    entriesOf([...left, ...right]).map((entry) => [entry.key + valueIdentity(entry.value), entry])
  );
  return [...entries.values()].map(({ key, value }) => {
    const has = (trace: Trace) =>
      entriesOf([trace]).some((entry) => entry.key === key && valueIdentity(entry.value) === valueIdentity(value));
    return { key, value, traces: { left: left.filter(has).length, right: right.filter(has).length } };
  });
}

const isLone = ({ traces }: Counted) => traces.left + traces.right === 1;

function thinnedOf(left: readonly Trace[], right: readonly Trace[]): string[] {
  const counts = countsOf(left, right);
  return [...new Set(counts.map(({ key }) => key))]
    .filter((key) => {
      const ofKey = counts.filter((count) => count.key === key);
      const lone = ofKey.filter(isLone).length;
      const having = [...left, ...right].filter((trace) => entriesOf([trace]).some((entry) => entry.key === key));
      return lone > MAX_LONE_VALUES || (having.length >= 5 && ofKey.length >= 5 && lone / ofKey.length > 0.8);
    })
    .sort();
}

function differencesOf(left: readonly Trace[], right: readonly Trace[]): Counted[] {
  const thinned = thinnedOf(left, right);
  const share = (count: number, of: readonly Trace[]) => (of.length === 0 ? 0 : count / of.length);
  return countsOf(left, right).filter(
    (count) =>
      share(count.traces.left, left) !== share(count.traces.right, right) &&
      !(isLone(count) && thinned.includes(count.key))
  );
}
