import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryTimedTrace } from '../../testkit/arbitraryTimedTrace';
import { deepFreeze } from '../../testkit/deepFreeze';
import { flameToText, millis } from '../../testkit/flameToText';
import { seededTrace } from '../../testkit/seededTrace';
import { sweptSelfTime } from '../../testkit/sweptSelfTime';
import { traceFromText } from '../../testkit/traceFromText';
import type { Span, Trace } from '../model/trace';
import { compareTraces, type ComparedNode, type TraceComparison } from './compareTraces';
import { computeFlameTree, type FlameNode } from './flameTree';
import { computeSpanStatistics } from './spanStatistics';

const good = traceFromText(`
  shop  GET /cart   [0-----------10]
  cart    load        [2---8]
  db        SELECT      [3-5]
  auth    check             [8-9]
`);
const bad = traceFromText(`
  shop  GET /cart   [0-----------------30]
  cart    load        [2------------27]       !
  db        SELECT      [3---13]
  db        SELECT              [14--24]      !
  mail    send                        [28-29]
`);

const aSet = fc.array(arbitraryTimedTrace, { maxLength: 3 });

const drawn = ({ roots }: TraceComparison) =>
  flameToText(roots, ({ left, right }) => {
    const side = ({ count, errors, self, total }: typeof left) =>
      count === 0 ? '–' : `×${count} ${errors}! ${millis(self)} of ${millis(total)}`;
    return `${side(left)} | ${side(right)}`;
  });

describe('compareTraces', () => {
  it('matches what lies on the same path', () => {
    expect(drawn(compareTraces([good], [bad]))).toEqual([
      'shop GET /cart  ×1 0! 3 of 10 | ×1 0! 4 of 30',
      '  cart load  ×1 0! 4 of 6 | ×1 1! 5 of 25',
      '    db SELECT  ×1 0! 2 of 2 | ×2 1! 20 of 20',
      '  auth check  ×1 0! 1 of 1 | –',
      '  mail send  – | ×1 0! 1 of 1',
    ]);
  });

  it('tells the change per operation, the largest first', () => {
    const { operations } = compareTraces([good], [bad]);
    expect(
      operations.map(({ name, change }) => [name, millis(change.self), change.errors, change.count].join(' '))
    ).toEqual(['SELECT 18 1 1', 'load 1 1 0', 'check -1 0 -1', 'send 1 0 1', 'GET /cart 1 0 0']);
  });

  it('compares sets of different sizes per trace', () => {
    const { operations, traceCount } = compareTraces([good, good, good], [good]);
    expect(traceCount).toEqual({ left: 3, right: 1 });
    expect(operations.map(({ change }) => change)).toEqual(operations.map(() => ({ count: 0, errors: 0, self: 0 })));
    expect(operations.find(({ name }) => name === 'SELECT')).toMatchObject({ left: { count: 3 }, right: { count: 1 } });
  });

  it('takes an operation on several paths together in the table, apart in the tree', () => {
    const moved = traceFromText(`
      shop  GET /cart   [0-----------10]
      db      SELECT      [2---8]
    `);
    const comparison = compareTraces([good], [moved]);
    expect(comparison.operations.filter(({ name }) => name === 'SELECT')).toEqual([
      expect.objectContaining({ left: { count: 1, errors: 0, self: 2e6 }, right: { count: 1, errors: 0, self: 6e6 } }),
    ]);
    expect(drawn(comparison).filter((line) => line.includes('SELECT'))).toHaveLength(2);
  });

  it('copes with nothing on one side or on both', () => {
    expect(compareTraces([], []).roots).toEqual([]);
    expect(
      compareTraces([], [good]).operations.every(({ left, change }) => left.count === 0 && change.count === 1)
    ).toBe(true);
  });

  it('has on each side what that side has alone', () => {
    checkProperty(
      fc.property(aSet, aSet, (left, right) => {
        const comparison = compareTraces(deepFreeze(left), deepFreeze(right));
        for (const [side, traces] of [['left', left] as const, ['right', right] as const]) {
          const shown = flameToText(comparison.roots, (node) => JSON.stringify(node[side]));
          const alone = flameToText(computeFlameTree(traces).roots, ({ count, errors, self, total }: FlameNode) =>
            JSON.stringify({ count, errors, self, total })
          );
          expect(shown.filter((line) => !line.includes('"count":0')).sort()).toEqual(alone.sort());

          const groups = computeSpanStatistics(traces, [{ by: 'service' }, { by: 'operation' }]);
          const totals = comparison.operations.filter((operation) => operation[side].count > 0);
          expect(totals.length).toBe(groups.length);
          for (const { values, count, errors, self } of groups) {
            const [service, name] = values;
            const operation = totals.find((total) => total.serviceName === service && total.name === name);
            expect(operation?.[side]).toEqual({ count, errors, self });
          }
        }
      })
    );
  });

  it('tells the changes that counting span by span tells, the largest first', () => {
    checkProperty(
      fc.property(aSet, aSet, (left, right) => {
        const { operations } = compareTraces(deepFreeze(left), deepFreeze(right));
        const told = operations.map(({ serviceName, name, change }) => ({ serviceName, name, ...change }));
        const counted = countedChanges(left, right);
        // Of equal changes either may come first.
        const withoutOrder = (rows: readonly Change[]) => rows.map((row) => JSON.stringify(row)).sort();
        expect(withoutOrder(told)).toEqual(withoutOrder(counted));
        const sizes = (rows: readonly Change[]) =>
          rows.map(({ self, errors, count }) => [self, errors, count].map(Math.abs));
        expect(sizes(told)).toEqual(sizes(counted));
      })
    );
  });

  it('puts the longest path first, by what a trace of its side has of it', () => {
    checkProperty(
      fc.property(aSet, aSet, (left, right) => {
        const perTrace = ({ left: mine, right: other }: ComparedNode) =>
          Math.max(mine.total / Math.max(1, left.length), other.total / Math.max(1, right.length));
        const open = [compareTraces(left, right).roots];
        for (let siblings = open.pop(); siblings !== undefined; siblings = open.pop()) {
          const lengths = siblings.map(perTrace);
          expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
          open.push(...siblings.map(({ children }) => children));
        }
      })
    );
  });

  it('does not depend on the depth of the traces', () => {
    const chain = (seed: number) => seededTrace({ spans: 20_000, shape: 'chain', attributesPerSpan: 0, seed });
    expect(compareTraces([chain(1)], [chain(2)]).traceCount).toEqual({ left: 1, right: 1 });
  });
});

interface Change {
  readonly serviceName: string;
  readonly name: string;
  readonly count: number;
  readonly errors: number;
  readonly self: number;
}

/** The reference: per operation, all spans of both sides are gone through. */
function countedChanges(left: readonly Trace[], right: readonly Trace[]): Change[] {
  const spansOf = (traces: readonly Trace[]) => traces.flatMap(({ spans }) => spans);
  const operations = new Map(
    spansOf([...left, ...right]).map(({ resource: { serviceName }, name }) => [
      `${serviceName} ${name}`,
      { serviceName, name },
    ])
  );
  return [...operations.values()]
    .map((operation) => {
      const perTrace = (traces: readonly Trace[], numberOf: (span: Span) => number) => {
        const spans = spansOf(traces).filter(
          ({ resource, name }) => resource.serviceName === operation.serviceName && name === operation.name
        );
        return traces.length === 0 ? 0 : spans.reduce((sum, span) => sum + numberOf(span), 0) / traces.length;
      };
      const change = (numberOf: (span: Span) => number) => perTrace(right, numberOf) - perTrace(left, numberOf);
      return {
        ...operation,
        count: change(() => 1),
        errors: change(({ status }) => (status.code === 'error' ? 1 : 0)),
        self: change(sweptSelfTime),
      };
    })
    .sort(
      (a, b) =>
        Math.abs(b.self) - Math.abs(a.self) ||
        Math.abs(b.errors) - Math.abs(a.errors) ||
        Math.abs(b.count) - Math.abs(a.count)
    );
}
