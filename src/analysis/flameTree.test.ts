import fc from 'fast-check';
import { checkProperty } from '../../testkit/checkProperty';
import { arbitraryTimedTrace } from '../../testkit/arbitraryTimedTrace';
import { deepFreeze } from '../../testkit/deepFreeze';
import { flameToText, millis } from '../../testkit/flameToText';
import { seededTrace } from '../../testkit/seededTrace';
import { traceFromText } from '../../testkit/traceFromText';
import type { Span, Trace } from '../model/trace';
import { computeCriticalPath } from './criticalPath';
import { computeCriticalPathFlame } from './criticalPathFlame';
import { computeFlameTree, type FlameNode, type FlameTree } from './flameTree';
import { computeSelfTime } from './selfTime';

const drawn = (tree: FlameTree) =>
  flameToText(tree.roots, ({ count, errors, self, total }) =>
    [`×${count}`, errors > 0 && `${errors}!`, `self ${millis(self)}`, `total ${millis(total)}`]
      .filter(Boolean)
      .join(' ')
  );

const trace = traceFromText(`
  shop  GET /cart    [0-----------------20]
  db      SELECT        [2--6]              !
  cart    load             [5-----12]
  db        SELECT            [7-9]
  db      SELECT                   [14-18]
  mail  send              [4-----------19]   ?
`);

describe('computeFlameTree', () => {
  it('merges the spans of one path, most time first', () => {
    expect(drawn(computeFlameTree([trace]))).toEqual([
      'shop GET /cart  ×1 self 6 total 21',
      '  db SELECT  ×2 1! self 8 total 8',
      '  cart load  ×1 self 5 total 7',
      '    db SELECT  ×1 self 2 total 2',
      'mail send  ×1 self 15 total 15',
    ]);
  });

  it('merges many traces', () => {
    const other = traceFromText(`
      shop  GET /cart  [0-----10]
      auth    check      [2--8]
    `);
    const tree = computeFlameTree([trace, other]);
    expect([tree.traceCount, millis(tree.total)]).toEqual([2, '46']);
    expect(drawn(tree).slice(0, 3)).toEqual([
      'shop GET /cart  ×2 self 10 total 31',
      '  db SELECT  ×2 1! self 8 total 8',
      '  cart load  ×1 self 5 total 7',
    ]);
    expect(drawn(tree)).toContain('  auth check  ×1 self 6 total 6');
  });

  it('keeps a caller and its recursive call apart', () => {
    const tree = computeFlameTree([
      traceFromText(`
        s  a    [0---9]
        s    a    [2--6]
      `),
    ]);
    expect(drawn(tree)).toEqual(['s a  ×1 self 5 total 9', '  s a  ×1 self 4 total 4']);
  });

  it('is empty for no traces', () => {
    expect(computeFlameTree([])).toEqual({ traceCount: 0, total: 0, roots: [] });
  });

  it('agrees with collecting the spans of each path on its own', () => {
    checkProperty(
      fc.property(fc.array(arbitraryTimedTrace, { maxLength: 3 }), (traces) => {
        const paths = nodesByPath(computeFlameTree(deepFreeze(traces)).roots);
        const spans = traces.flatMap((each) => each.spans);
        expect([...paths.keys()].sort()).toEqual([...new Set(spans.map(pathOf))].sort());
        for (const [path, node] of paths) {
          const own = spans.filter((span) => pathOf(span) === path);
          const below = spans.filter((span) => pathOf(span).startsWith(path));
          expect(node.count).toBe(own.length);
          expect(node.errors).toBe(own.filter(({ status }) => status.code === 'error').length);
          expect(node.self).toBe(sumOf(own, computeSelfTime));
          expect(node.total).toBe(sumOf(below, computeSelfTime));
        }
      })
    );
  });

  it('copes with a chain of 50,000 and a star of 20,000', () => {
    const depth = (tree: FlameTree) => {
      let levels = 0;
      for (let node: FlameNode | undefined = tree.roots[0]; node; node = node.children[0]) {
        levels++;
      }
      return levels;
    };
    expect(depth(computeFlameTree([seededTrace({ spans: 50_000, shape: 'chain', attributesPerSpan: 0 })]))).toBe(
      50_000
    );
    expect(depth(computeFlameTree([seededTrace({ spans: 20_000, shape: 'star', attributesPerSpan: 0 })]))).toBe(2);
  });
});

describe('computeCriticalPathFlame', () => {
  it('has path time as self time and leaves out what is on no path', () => {
    const small = traceFromText(`
      shop  GET /cart    [0-----------------20]
      db      SELECT        [2--6]
      cart    load              [6-----12]
      db        SELECT          [6-----12]
      mail    send             [5----8]
    `);
    expect(drawn(computeCriticalPathFlame([computeCriticalPath(small)]))).toEqual([
      'shop GET /cart  ×1 self 10 total 20',
      '  cart load  ×0 self 0 total 6',
      '    db SELECT  ×1 self 6 total 6',
      '  db SELECT  ×1 self 4 total 4',
    ]);
  });

  it('adds up to the time of all paths', () => {
    checkProperty(
      fc.property(fc.array(arbitraryTimedTrace, { maxLength: 3 }), (traces) => {
        const paths = traces.map(computeCriticalPath);
        expect(computeCriticalPathFlame(paths).total).toBe(sumOf(paths, ({ time }) => time));
      })
    );
  });
});

function pathOf(span: Span): string {
  const own = `${span.resource.serviceName} ${span.name};`;
  return span.parent ? pathOf(span.parent) + own : own;
}

function nodesByPath(roots: readonly FlameNode[], above = ''): Map<string, FlameNode> {
  return new Map(
    roots.flatMap((node) => {
      const path = `${above}${node.serviceName} ${node.name};`;
      return [[path, node] as const, ...nodesByPath(node.children, path)];
    })
  );
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

it('does not mind a trace that is given twice', () => {
  const twice: Trace[] = [trace, trace];
  expect(computeFlameTree(twice).total).toBe(2 * computeFlameTree([trace]).total);
});
