import type { ServiceGraph } from '../model/serviceGraph';
import { nanoseconds } from '../model/time';
import { cutServiceGraph, focusServiceGraph, mergeRepeatedCalls } from './narrowServiceGraph';

/** `a>b 3, b>c` → calls, one each unless a number says how many. */
function graph(drawing: string): ServiceGraph {
  return {
    calls: drawing.split(', ').map((text) => {
      const [, caller, callee, calls = '1'] = /^(\w+)>(\w+)(?: (\d+))?$/.exec(text) ?? [];
      return { caller, callee, calls: Number(calls) };
    }),
  };
}

const edges = ({ calls }: ServiceGraph) => calls.map(({ caller, callee }) => `${caller}>${callee}`).join(' ');

const CHAIN = graph('web>shop, shop>cart, cart>db, cart>cache, mail>db, shop>pay, pay>bank, loop>loop');

describe('focusServiceGraph', () => {
  it.each([
    ['cart', 1, 'shop>cart cart>db cart>cache'],
    ['cart', 2, 'web>shop shop>cart cart>db cart>cache'],
    ['shop', 2, 'web>shop shop>cart cart>db cart>cache shop>pay pay>bank'],
    ['db', 20, 'web>shop shop>cart cart>db mail>db'],
    ['loop', 3, 'loop>loop'],
    ['gone', 1, ''],
  ])('around %s, %d away', (service, hops, expected) => {
    expect(edges(focusServiceGraph(CHAIN, service, hops))).toBe(expected);
  });

  it('ends in a circle', () => {
    expect(edges(focusServiceGraph(graph('a>b, b>c, c>a'), 'a', 20))).toBe('a>b b>c c>a');
  });

  it('keeps the numbers of the services that are left', () => {
    const services = ['cart', 'db', 'bank'].map((name) => ({ name, calls: 1 }));
    expect(focusServiceGraph({ ...CHAIN, services }, 'cart', 1).services?.map(({ name }) => name)).toEqual([
      'cart',
      'db',
    ]);
    expect(focusServiceGraph({ calls: [], services }, 'bank', 1).services).toHaveLength(1);
  });
});

describe('cutServiceGraph', () => {
  it('leaves alone what is small enough', () => {
    expect(cutServiceGraph(CHAIN, 10)).toEqual({ graph: CHAIN, omittedServices: 0, omittedCalls: 0 });
  });

  it('keeps the services on the strongest edges, with all calls between them, and counts the rest', () => {
    const cut = cutServiceGraph(graph('a>b 1, b>c 90, c>d 100, d>b 2, e>f 50'), 3);
    expect(edges(cut.graph)).toBe('b>c c>d d>b');
    expect(cut).toMatchObject({ omittedServices: 3, omittedCalls: 2 });
  });
});

describe('mergeRepeatedCalls', () => {
  it('adds up calls and errors and keeps the longer time', () => {
    const call = { caller: 'a', callee: 'b' };
    const merged = mergeRepeatedCalls({
      calls: [
        { ...call, calls: 1, p95: nanoseconds(5) },
        { ...call, calls: 2, errors: 1, p95: nanoseconds(3) },
        { caller: 'b', callee: 'a', calls: 4 },
      ],
    });
    expect(merged.calls).toEqual([
      { ...call, calls: 3, errors: 1, p95: 5 },
      { caller: 'b', callee: 'a', calls: 4 },
    ]);
  });
});
