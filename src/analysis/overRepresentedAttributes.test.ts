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
  MAX_OVER_REPRESENTED,
  MAX_VALUES_PER_KEY,
  overRepresentedAttributes,
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

  it('skips keys with too many values, and says so', () => {
    const spread = (count: number) => traceWith(...Array.from({ length: count }, (_, id) => ({ id })));
    expect(overRepresentedAttributes([spread(MAX_VALUES_PER_KEY)], []).skippedKeys).toEqual([]);
    const { values, skippedKeys } = overRepresentedAttributes([spread(MAX_VALUES_PER_KEY + 1)], []);
    expect(skippedKeys).toEqual(['id']);
    expect(values.map(({ key }) => key)).toEqual(['service.name']);
  });

  it('skips keys that are different in nearly every trace, and says so', () => {
    const numbered = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => traceWith({ order: from + index, route: `/${index % 2}` }));
    expect(overRepresentedAttributes(numbered(0, 3), numbered(3, 3)).skippedKeys).toEqual(['order']);
    // Too few to judge by: all values are told, with their counts.
    expect(overRepresentedAttributes(numbered(0, 2), numbered(2, 2)).skippedKeys).toEqual([]);
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
    const aSet = fc
      .array(arbitraryFlatSpans, { maxLength: 2 })
      .map((sets) => sets.map((s) => assembleTrace(s) as Trace));
    checkProperty(
      fc.property(aSet, aSet, (left, right) => {
        const { values } = overRepresentedAttributes(left, right);
        for (const { key, value, traces } of values) {
          const has = (trace: Trace) =>
            trace.spans.some((span) =>
              [...span.attributes.entries, ...span.resource.attributes.entries].some(
                (entry) => entry.key === key && valueIdentity(entry.value) === valueIdentity(value)
              )
            );
          expect(traces).toEqual({ left: left.filter(has).length, right: right.filter(has).length });
        }
      })
    );
  });
});
